"""What seldom happens and must not hurt: restored files, twins, mad clocks, mass strikes, updates in mid-work."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database as Steps
from sqlite_utils.migrations import Migrations

from desktop.casework.disputes import progress, register
from desktop.casework.exchange import status
from desktop.store import NO_SUMMARY, Edit, NewerVersion, StoreKey, migrations, opening
from desktop.store.restoring import restore
from tests.simulation.versions import newer_program
from tests.stories.district import CHINA, QUICK, SECRET, TOWN, VILLAGE, District, Office, filled, registered
from tests.stories.other_version import GONE, MENDED_LATER, NEW_STATUS, NEW_TYPE, OtherHub

SPAWN: Any = multiprocessing.get_context("spawn")


def disputes(office: Office) -> set[str]:
    return {str(record["id"]) for record in office.store.records("dispute")}


def copy_of(village: Office) -> Office:
    """A second PC from an image of the village's disk; both are switched on."""
    village.store.close()
    copied = Office(village.district, VILLAGE, village.path.with_name("拷走的一份"))
    shutil.copytree(village.path, copied.path)
    for office in (village, copied):
        office.open()
    village.district.offices.append(copied)
    return copied


# -- the hub restored ---------------------------------------------------------------------------------------------


def test_after_a_restore_of_the_hub_the_answer_to_a_question_may_arrive_before_the_question(
    district: District, village: Office, township: Office
) -> None:
    copy = district.back_up()
    dispute_id = registered(village.sit())
    village.exchange()
    township.exchange()
    progress.change(township.sit(), dispute_id, {"risk": "高"})
    party = {"dispute_id": dispute_id, "seq": 3, "side": "第三人", "kind": "自然人", "name": "马德福"}
    party_id = township.new_id()
    township.store.save([Edit("party", party_id, party)], by=township.clerk)
    district.come_to_rest()
    district.restore(copy)
    early = township.exchange()
    assert early.refused == 2
    assert {c.code for c in township.store.refused_list()} == {"no_record", "no_parent"}
    assert township.dispute(dispute_id)["risk"] == "高", "nothing disappears from anybody's eyes"
    district.come_to_rest()
    for office in (village, township):
        assert office.dispute(dispute_id)["risk"] == "高"
        assert any(p["name"] == "马德福" for p in office.store.children("party", dispute_id))
        assert office.store.refused_list() == []
        assert office.store.clashes(open_only=False) == []


def test_a_restored_hub_is_told_to_the_person(district: District, village: Office) -> None:
    registered(village.sit())
    district.come_to_rest()
    district.restore(district.back_up())
    assert "区里的资料恢复过" in village.exchange().sentence
    assert "恢复过" not in village.exchange().sentence


def test_a_desk_the_restored_hub_has_never_heard_of_joins_again_with_all_it_has(
    district: District, village: Office
) -> None:
    copy = district.back_up()
    township = district.office(TOWN)
    sent = registered(township.sit())
    district.come_to_rest()
    district.restore(copy)
    waiting = registered(township.sit(), "张有财", "刘桂兰")
    result = township.exchange()
    assert result.sentence.startswith("区里不认得这台电脑了")
    assert township.rounds.due_at() is None
    assert disputes(township) == {sent, waiting}
    township.join_again()
    district.come_to_rest()
    for office in (village, township):
        assert disputes(office) == {sent, waiting}


# -- one identity twice -------------------------------------------------------------------------------------------


def test_two_desks_with_one_identity_working_at_the_same_time_lose_nothing(
    district: District, village: Office, township: Office
) -> None:
    shared = registered(village.sit())
    district.come_to_rest()
    copied, made = copy_of(village), {shared}
    for day in range(4):
        for office in (village, copied):
            made.add(registered(office.sit(), f"王有{day}", f"李建{office.path.name[0]}"))
            progress.change(office.sit(), shared, {"summary": f"{office.path.name} 第 {day} 天"})
        turns = (copied, village) if day % 2 else (village, copied)
        for office in turns:
            office.exchange_badly()
    logged = [line.figures["sentence"] for office in (village, copied) for line in office.store.rounds(200)]
    assert any("拷过一份" in sentence for sentence in logged)
    district.come_to_rest()
    for office in (village, copied, township):
        assert disputes(office) == made
    known = {line.change.set.get("summary") for line in district.hub.journal() if line.record == shared}
    assert {f"{o.path.name} 第 {day} 天" for o in (village, copied) for day in range(4)} <= known


def test_a_copied_disk_sees_what_the_other_copy_wrote_and_the_hub_set_aside(
    district: District, village: Office, township: Office
) -> None:
    shared = registered(village.sit())
    district.come_to_rest()
    copied = copy_of(village)
    progress.change(township.sit(), shared, {"amount_cents": 2000})
    progress.change(village.sit(), shared, {"amount_cents": 1000})
    township.exchange()
    village.exchange()
    progress.change(township.sit(), shared, {"people_count": 4})
    township.exchange()
    copied.exchange()
    copied.exchange()
    for office in (village, copied, township):
        assert [(clash.record, clash.fields) for clash in office.store.clashes()] == [(shared, ("amount_cents",))]


def test_what_a_copied_disk_wrote_never_takes_the_place_of_what_is_written_here_next(
    district: District, village: Office
) -> None:
    district.come_to_rest()
    copied = copy_of(village)
    made = {registered(copied.sit(), "陈铁柱", "杨立本")}
    copied.exchange()
    village.exchange()
    made.add(registered(village.sit(), "张有财", "刘桂兰"))
    district.come_to_rest()
    assert disputes(village) == disputes(copied) == made


def test_a_desk_put_back_to_last_weeks_backup_says_so_and_asks_nobody_anything(
    district: District, village: Office, township: Office
) -> None:
    copy = village.store.back_up()
    made = {registered(village.sit(), f"王有{n}", "李建军") for n in "一二三"}
    progress.change(village.sit(), min(made), {"risk": "高"})
    district.come_to_rest()
    district.wait(days=7)
    village.store.close()
    restore(village.folder, copy, village.folder.unlock(village.clerk, SECRET, now_ms=village.clock_ms()))
    village.open()
    assert disputes(village) == set()
    made.add(registered(village.sit(), "张有财", "刘桂兰"))
    district.come_to_rest()
    for office in (village, township):
        assert disputes(office) == made
        assert office.store.refused_list() == office.store.clashes(open_only=False) == []


def test_a_desk_put_back_whose_hub_is_put_back_too_offers_all_it_has_read_back(
    district: District, village: Office, township: Office
) -> None:
    hub_copy, desk_copy = district.back_up(), village.store.back_up()
    made = {registered(village.sit(), f"王有{n}", "李建军") for n in "一二三"}
    district.come_to_rest()
    village.store.close()
    restore(village.folder, desk_copy, village.folder.unlock(village.clerk, SECRET, now_ms=village.clock_ms()))
    village.open()
    village.exchange()
    assert disputes(village) == made, "its own words have come back from the hub"
    district.restore(hub_copy)
    district.come_to_rest()
    for office in (village, township):
        assert disputes(office) == made
        assert office.store.refused_list() == office.store.clashes(open_only=False) == []


# -- clocks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1970, 2090])
def test_a_desk_in_1970_or_2090_works_on_and_is_told(
    district: District, village: Office, township: Office, year: int
) -> None:
    village.clock_error = datetime(year, 1, 2, tzinfo=CHINA) - district.now
    dispute_id = register.register(village.sit(), filled(village.sit()), accept=False).id
    progress.change(village.sit(), dispute_id, {"risk": "高"})
    assert village.exchange().state == "agreed"
    assert "把日期和时间调准" in status.page(village.sit()).skew
    village.clock_error = timedelta()
    progress.change(village.sit(), dispute_id, {"risk": "中"})
    district.come_to_rest()
    assert township.dispute(dispute_id)["risk"] == "中"
    assert village.store.clashes(open_only=False) == village.store.refused_list() == []


@pytest.mark.parametrize("year", [1970, 2090])
def test_a_hub_in_1970_or_2090_takes_nothing_until_its_clock_is_right(
    district: District, village: Office, township: Office, year: int
) -> None:
    old = registered(village.sit())
    district.come_to_rest()
    district.hub_clock_error = datetime(year, 1, 2, tzinfo=CHINA) - district.now
    waiting = registered(village.sit(), "张有财", "刘桂兰")
    result = village.exchange()
    assert (result.state, result.refused) == ("trouble", 0)
    assert "时间差得太多" in result.sentence
    assert village.rounds.due_at() is not None, "it goes on by itself once the clock is right"
    district.hub_clock_error = timedelta()
    district.come_to_rest()
    assert disputes(township) == {old, waiting}
    assert max(line.received for line in district.hub.journal()) < district.clock_ms()


def test_a_hub_that_stood_still_for_months_is_believed_when_the_desks_agree(
    district: District, village: Office, township: Office
) -> None:
    district.wait(days=200)
    registered(village.sit())
    district.come_to_rest()
    assert len(disputes(township)) == 1


# -- much at once -------------------------------------------------------------------------------------------------


def test_many_disputes_struck_out_at_once_ask_first_here_and_at_the_district(
    district: District, village: Office, township: Office
) -> None:
    made = [registered(village.sit(), f"王有{n}", f"李建{n}") for n in range(60)]
    district.come_to_rest()
    for dispute_id in made:
        progress.void(village.sit(), dispute_id, "手滑")
    result = village.exchange()
    assert result.many_struck == (60, 60)
    assert "一次作废了 60 件" in result.sentence
    assert village.rounds.due_at() is None
    assert all(township.dispute(dispute_id)["status"] == "30" for dispute_id in made)
    village.rounds.allow_struck()
    result = village.exchange()
    assert (result.applied, result.refused) == (50, 10)
    assert "要先打电话问区里" in status.page(village.sit()).refused[0].why
    district.hub.allow_many(village.store.desk().device)
    for line in status.page(village.sit()).refused:
        status.send_again(village.sit(), line)
    district.come_to_rest()
    assert all(township.dispute(dispute_id)["status"] == "90" for dispute_id in made)


# -- updates ------------------------------------------------------------------------------------------------------


def more_steps(step: Callable[[Any], None]) -> Migrations:
    """All our migrations and one of the next version."""
    steps = Migrations("desk")
    with closing(sqlite3.connect(":memory:")) as nothing:
        for known in migrations.MIGRATIONS.pending(Steps(nothing)):
            steps(name=known.name)(known.fn)
    steps(name="9999_next")(step)
    return steps


def add_column(db: Any) -> None:
    """What the next version adds."""
    db.execute("ALTER TABLE round ADD COLUMN further TEXT")


def add_half_and_die(db: Any) -> None:
    """The power goes in the middle of it."""
    add_column(db)
    db.execute("UPDATE change SET state = 'dropped'")
    os._exit(9)


def update(office: Office, key: StoreKey, step: Callable[[Any], None]) -> None:
    """The next version of the program opens this desk's file."""
    how = opening.Opening(NO_SUMMARY, lambda done, total: None, steps=more_steps(step))
    opening.open_database(office.folder, key, how).close()


def update_and_die(path: Path, key: StoreKey, now_ms: int) -> None:
    """The same in a process that is cut off."""
    from desktop.store import Folder, Surroundings

    folder = Folder(path, Surroundings(lambda: now_ms, os.urandom, lambda _: 1 << 40), QUICK)
    how = opening.Opening(NO_SUMMARY, lambda done, total: None, steps=more_steps(add_half_and_die))
    opening.open_database(folder, key, how)


def test_a_power_cut_in_the_middle_of_a_migration_leaves_the_file_as_it_was(
    district: District, village: Office
) -> None:
    dispute_id = registered(village.sit())
    key = village.folder.unlock(village.clerk, SECRET, now_ms=village.clock_ms())
    village.store.close()
    process = SPAWN.Process(target=update_and_die, args=(village.path, key, village.clock_ms()))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert [path.name for path in (village.path / "backups").glob("update-*.db")], "a backup was made before"
    village.open(key)
    assert village.store.verify() == []
    assert village.store.waiting() > 0
    assert village.dispute(dispute_id)
    district.come_to_rest()


def test_an_update_between_a_question_and_its_lost_answer_sends_nothing_twice(
    district: District, village: Office, township: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute_id = registered(village.sit())
    key = village.folder.unlock(village.clerk, SECRET, now_ms=village.clock_ms())
    monkeypatch.setattr(village.road, "_draw", lambda: "answer lost")
    assert village.exchange().state == "none"
    numbered = len(district.hub.journal())
    assert any(line.record == dispute_id for line in district.hub.journal())
    village.store.close()
    update(village, key, add_column)
    with pytest.raises(NewerVersion, match="新版程序"):
        village.open(key)
    monkeypatch.setattr(opening.Opening, "__init__", _with_steps(opening.Opening.__init__, more_steps(add_column)))
    village.open(key)
    monkeypatch.setattr(village.road, "_draw", lambda: "fine")
    district.come_to_rest()
    assert len(district.hub.journal()) == numbered
    assert township.dispute(dispute_id)


def _with_steps(make: Callable[..., None], steps: Migrations) -> Callable[..., None]:
    def init(self: Any, *args: Any, **more: Any) -> None:
        make(self, *args, **{"steps": steps, **more})

    return init


# -- versions mixed -----------------------------------------------------------------------------------------------


def changed_hub(district: District, version: str) -> OtherHub:
    """The district goes on with a hub of another version on the same file."""
    district.hub.close()
    district.hub = OtherHub(f"sqlite:///{district.path / 'hub.db'}", district.clock_ms, version)  # type: ignore[assignment]
    return district.hub  # type: ignore[return-value]


def usual_hub(district: District) -> None:
    """Back to this version."""
    district.hub.close()
    district.hub = district.open_hub()


def test_fields_types_and_steps_of_a_newer_version_are_kept_and_never_erased(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    newer = changed_hub(district, "newer")
    newer.call("change", "dispute", dispute_id, {MENDED_LATER: "信字 7 号"})
    newer.call("change", "dispute", dispute_id, {"status": NEW_STATUS})
    visit = newer.call("add", NEW_TYPE, {"dispute_id": dispute_id, "note": "去过一次"})
    for office in (village, township):
        assert office.exchange().state == "agreed"
        assert office.dispute(dispute_id)["status"] == NEW_STATUS
    progress.change(village.sit(), dispute_id, {"risk": "高"})
    for office in (village, township, village):
        assert office.exchange().state == "agreed"
        assert office.store.verify() == []
    held = newer.call("standing_for", VILLAGE)
    assert held["dispute"][dispute_id][MENDED_LATER] == "信字 7 号"
    assert held["dispute"][dispute_id]["risk"] == "高"
    assert held[NEW_TYPE][visit]["note"] == "去过一次"
    assert newer.call("verify") == []
    newer.close()
    district.hub = district.open_hub()


def test_what_an_older_hub_does_not_know_yet_waits_in_quarantine_until_it_is_updated(
    district: District, village: Office, township: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    changed_hub(district, "older")
    progress.change(village.sit(), dispute_id, {GONE: "村东头第二家"})
    progress.change(village.sit(), dispute_id, {"risk": "高"})
    assert village.exchange().refused == 1
    (line,) = status.page(village.sit()).refused
    assert "等区里更新后再传" in line.why
    usual_hub(district)
    status.send_again(village.sit(), line)
    district.come_to_rest()
    assert township.dispute(dispute_id)[GONE] == "村东头第二家"
    assert township.dispute(dispute_id)["risk"] == "高"


def test_what_a_newer_program_left_unsent_is_shown_by_an_older_one_and_goes_when_the_hub_knows_it(
    district: District, village: Office
) -> None:
    dispute_id = registered(village.sit())
    district.come_to_rest()
    visit = village.new_id()
    with newer_program():
        fields = {"dispute_id": dispute_id, "note": "去过一次"}
        village.store.save([Edit(NEW_TYPE, visit, fields)], by=village.clerk)
    assert [line.title for line in status.page(village.sit()).waiting] == [NEW_TYPE]
    assert village.exchange().refused == 1
    (line,) = status.page(village.sit()).refused
    assert "等区里更新后再传" in line.why
    newer = changed_hub(district, "newer")
    status.send_again(village.sit(), line)
    assert village.exchange().state == "agreed"
    assert newer.call("standing_for", VILLAGE)[NEW_TYPE][visit]["note"] == "去过一次"
    assert village.store.refused_list() == village.store.verify() == []


def test_a_program_too_old_for_its_hub_is_told_to_update_and_works_on(
    district: District, village: Office
) -> None:
    changed_hub(district, "next protocol")
    dispute_id = registered(village.sit())
    result = village.exchange()
    assert result.sentence.startswith("程序太旧了")
    assert village.rounds.due_at() is None
    assert village.dispute(dispute_id)
    usual_hub(district)
    district.come_to_rest()
