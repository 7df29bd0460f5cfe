"""What goes wrong in offices: lines, clocks, disks, accounts, files brought twice. Nothing entered is lost."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from desktop.casework.disputes import clashes, progress
from desktop.casework.exchange import status
from desktop.casework.ledgers import reading
from desktop.casework.ledgers.report import ImportReport, Outcome
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.demo.ledger import write_village_ledger
from desktop.store import ClockDoubt
from desktop.store.restoring import restore
from sync.server.turn import HUB
from tests.stories.district import SECRET, VILLAGE, District, Office, registered


def sent(district: District) -> int:
    """How many changes of desks the hub has taken; what it writes itself aside."""
    return sum(line.author != HUB for line in district.hub.journal())


def imported(office: Office, file: Path) -> ImportReport:
    """A ledger file taken in at this office."""
    desk = office.sit()
    return take(desk, reading.read(file, ledger_context(desk, home=VILLAGE)))


def test_weeks_without_a_line_and_then_a_bad_one(district: District, village: Office, township: Office) -> None:
    village.has_line = False
    made = []
    for day in range(18):
        made.append(registered(village.sit(), f"王有{day}", f"李建{day}"))
        progress.change(village.sit(), made[day // 2], {"summary": f"第 {day} 天又去了一趟。"})
        district.wait(days=1)
    assert village.exchange().state == "none"
    facts = status.card(village.sit())
    assert facts.oldest is not None
    assert (district.now - facts.oldest).days == 18
    assert not facts.all_agreed
    village.has_line = True
    village.exchange_badly()
    assert status.page(village.sit()).headline == "全部同步"
    township.exchange_badly()
    district.come_to_rest()
    assert {str(r["id"]) for r in township.store.records("dispute")} == set(made)


def test_a_hub_restored_from_yesterdays_backup_gets_everything_back_and_asks_nothing_again(
    district: District, village: Office, township: Office
) -> None:
    old = registered(village.sit())
    district.come_to_rest()
    copy = district.back_up()
    district.wait(days=1)
    new = registered(village.sit(), "张有财", "刘桂兰")
    progress.change(township.sit(), old, {"summary": "镇上的说法。"})
    township.exchange()
    progress.change(village.sit(), old, {"summary": "村上的说法。", "risk": "高"})
    village.exchange()
    (row,) = clashes.page(village.sit(), old).rows
    clashes.settle(village.sit(), old, {row.key: "mine"})
    district.come_to_rest()
    before = {r: village.dispute(r) for r in (old, new)}
    district.restore(copy)
    registered(township.sit(), "陈铁柱", "杨立本")
    township.exchange()
    assert township.dispute(new)["title"] == before[new]["title"]
    district.come_to_rest()
    for office in (village, township):
        assert {r: office.dispute(r) for r in (old, new)} == before
        assert len(office.store.records("dispute")) == 3
        assert office.store.clashes() == []
    assert township.dispute(old)["summary"] == "村上的说法。"


@pytest.mark.parametrize("choice", ["mine", "theirs"])
@pytest.mark.parametrize("decider", ["village", "township"])
@pytest.mark.parametrize("sooner", ["village", "township"])
def test_what_was_settled_since_the_hubs_backup_stays_settled_whoever_comes_first(
    district: District, village: Office, township: Office, decider: str, sooner: str, choice: str
) -> None:
    offices = {"village": village, "township": township}
    old, open_still = registered(village.sit()), registered(village.sit(), "张有财", "刘桂兰")
    district.come_to_rest()
    copy = district.back_up()
    district.wait(days=1)
    for dispute in (old, open_still):
        progress.change(township.sit(), dispute, {"summary": "镇上的说法。"})
    township.exchange()
    for dispute in (old, open_still):
        progress.change(village.sit(), dispute, {"summary": "村上的说法。"})
    village.exchange()
    district.come_to_rest()
    (row,) = clashes.page(offices[decider].sit(), old).rows
    clashes.settle(offices[decider].sit(), old, {row.key: choice})
    district.come_to_rest()
    before = village.dispute(old)
    for office in offices.values():
        assert {clash.record for clash in office.store.clashes()} == {open_still}
    district.restore(copy)
    registered(offices[sooner].sit(), "陈铁柱", "杨立本")
    offices[sooner].exchange()
    district.come_to_rest()
    for office in offices.values():
        assert office.dispute(old) == before
        assert {clash.record for clash in office.store.clashes()} == {open_still}
        assert office.store.verify() == []


def copy_of(village: Office) -> Office:
    """A second PC from an image of the village's disk; both are switched on."""
    village.store.close()
    copied = Office(village.district, VILLAGE, village.path.with_name("拷走的一份"))
    shutil.copytree(village.path, copied.path)
    for office in (village, copied):
        office.open()
    village.district.offices.append(copied)
    assert copied.store.replica.standing().writer == village.store.replica.standing().writer
    return copied


def test_a_copied_disk_goes_on_under_a_new_writer(district: District, village: Office, township: Office) -> None:
    registered(village.sit())
    district.come_to_rest()
    copied = copy_of(village)
    first = registered(village.sit(), "张有财", "刘桂兰")
    second = registered(copied.sit(), "陈铁柱", "杨立本")
    district.come_to_rest()
    assert copied.store.replica.standing().writer != village.store.replica.standing().writer
    for office in (village, copied, township):
        assert {first, second} <= {str(r["id"]) for r in office.store.records("dispute")}
        assert office.store.refused_list() == []


def test_a_copied_disk_with_more_work_than_the_first_keeps_its_order(
    district: District, village: Office, township: Office
) -> None:
    copied = copy_of(village)
    registered(village.sit(), "张有财", "刘桂兰")
    dispute_id = registered(copied.sit(), "陈铁柱", "杨立本")
    for told in ("又来问了一次。", "约好下周再谈。"):
        progress.change(copied.sit(), dispute_id, {"summary": told})
    district.come_to_rest()
    for office in (village, copied, township):
        assert office.dispute(dispute_id)["summary"] == "约好下周再谈。"
        assert office.store.refused_list() == []
        assert office.store.clashes(open_only=False) == []


def test_a_pc_put_back_from_its_backup_gets_back_what_it_had_sent_and_sends_nothing_twice(
    district: District, village: Office, township: Office
) -> None:
    first = registered(village.sit())
    district.come_to_rest()
    waiting = registered(village.sit(), "张有财", "刘桂兰")
    copy = village.store.back_up()
    village.exchange()
    progress.change(village.sit(), waiting, {"summary": "备份以后改的。"})
    later = registered(village.sit(), "陈铁柱", "杨立本")
    village.exchange()
    numbered = sent(district)
    village.store.close()
    restore(village.folder, copy, village.folder.unlock(village.clerk, SECRET, now_ms=village.clock_ms()))
    village.open()
    assert village.store.record("dispute", later) is None
    district.come_to_rest()
    assert {str(r["id"]) for r in village.store.records("dispute")} == {first, waiting, later}
    assert village.dispute(waiting)["summary"] == "备份以后改的。"
    assert sent(district) == numbered
    assert village.store.clashes(open_only=False) == []


@pytest.mark.parametrize(("days", "word"), [(730, "快"), (-730, "慢")])
def test_a_clock_two_years_off_is_told_and_nothing_is_lost(
    district: District, village: Office, township: Office, days: int, word: str
) -> None:
    village.clock_error = timedelta(days=days, hours=1 if days > 0 else -1)
    dispute_id = registered(village.sit())
    assert village.exchange().state == "agreed"
    assert status.page(village.sit()).skew == f"这台电脑的时间比区里{word}了 730 天，登记的都在，把日期和时间调准。"
    township.exchange()
    progress.change(township.sit(), dispute_id, {"summary": "镇上后来改的。"})
    township.exchange()
    assert village.exchange().state == "agreed"
    village.clock_error = timedelta()
    progress.change(village.sit(), dispute_id, {"summary": "钟调准以后改的。"})
    district.come_to_rest()
    assert township.dispute(dispute_id)["summary"] == "钟调准以后改的。"
    assert village.store.clashes(open_only=False) == []
    assert status.page(village.sit()).skew == ""


def test_a_clock_set_back_behind_its_own_work_is_told(district: District, village: Office) -> None:
    village.store.check_clock()
    registered(village.sit())
    village.clock_error = timedelta(days=-730)
    with pytest.raises(ClockDoubt, match="电脑"):
        village.store.check_clock()


def test_a_clerk_whose_account_has_ended_keeps_what_was_written_and_has_three_ways_out(
    district: District, village: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    district.hub.end_account(village.clerk, "2026-11-22")
    for name, value in (("risk", "高"), ("amount_cents", 100), ("place_text", "村东头")):
        progress.change(village.sit(), dispute_id, {name: value})
    assert village.exchange().refused == 3
    lines = {refused.change_id: refused for refused in status.page(village.sit()).refused}
    first, second, third = sorted(lines)
    status.keep_here(village.sit(), lines[first])
    assert village.dispute(dispute_id)["risk"] == "低"
    assert status.page(village.sit()).headline == "有 2 件区里没收下，内容都在这台电脑上"
    status.ask_district(village.sit(), lines[second])
    village.exchange()
    assert [line.change_id for line in district.hub.refusals() if line.asked] == [second]
    district.hub.change("account", village.clerk, {"valid_to": None})
    status.send_again(village.sit(), lines[third])
    district.come_to_rest()
    held = village.dispute(dispute_id)
    assert (held["risk"], held["amount_cents"], held["place_text"]) == ("低", 100, "村东头")
    assert village.store.unsent() == 0


def test_a_ledger_brought_twice_and_to_two_offices_is_taken_once(
    district: District, village: Office, township: Office, tmp_path: Path
) -> None:
    file = tmp_path / "花所村 2026 年台账.xlsx"
    written = write_village_ledger(file, Random(3), count=30)
    report = imported(village, file)
    assert len(village.store.records("dispute")) == len(written) == report.counts()[Outcome.IMPORTED]
    district.come_to_rest()
    assert imported(village, file).counts()[Outcome.IMPORTED] == 0
    assert imported(township, file).counts()[Outcome.IMPORTED] == 0
    district.come_to_rest()
    assert len(township.store.records("dispute")) == len(written)
