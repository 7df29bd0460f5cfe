"""Weeks without a line: what is entered reaches the district by stick, and what concerns the desk comes back."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from desktop.casework.disputes import clashes, progress
from desktop.casework.exchange import carrier, status
from desktop.casework.exchange.carrier import CarrierFacts
from desktop.casework.numbers.drawing import draw
from desktop.store import Edit
from desktop.store.restoring import restore
from sync.protocol import limits
from sync.server.commands.carrier import take
from tests.stories.district import NEIGHBOUR, VILLAGE, District, Office, registered


def at_the_hub(district: District, stick: Path) -> str:
    """The district's operator takes the stick; what was said."""
    said: list[str] = []
    take(district.hub, Namespace(file=stick, out=None), said.append)
    return "\n".join(said)


def there_and_back(district: District, office: Office, stick: Path) -> carrier.ReadStick:
    carrier.write(office.sit(), stick)
    at_the_hub(district, stick)
    return carrier.read(office.sit(), stick)


def facts(office: Office) -> CarrierFacts:
    return carrier.facts(office.sit())


def test_a_desk_lives_by_sticks_alone_for_weeks(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    made = []
    for week in range(4):
        made += [registered(village.sit(), f"王有{week}{n}", f"李建{week}{n}") for n in range(3)]
        progress.change(township.sit(), made[0], {"place_text": f"镇上第 {week} 周写的"}) if week else None
        township.exchange()
        district.wait(days=7)
        came = there_and_back(district, village, stick)
        assert came.agreed, came
        township.exchange()
        assert status.page(village.sit()).headline == "全部同步"
        assert village.dispute(made[0]).get("place_text") == (f"镇上第 {week} 周写的" if week else None)
    assert {str(r["id"]) for r in township.store.records("dispute")} == set(made)
    village.agrees()
    township.agrees()


def test_what_was_written_is_said_in_words_and_what_waits_is_known(
    district: District, village: Office, stick: Path
) -> None:
    assert facts(village).last == "还没有写过U盘。"
    registered(village.sit())
    written = carrier.write(village.sit(), stick)
    assert written.file.name == "枫桥-花所村1号-20261123-0001.fqd"
    assert written.changes >= facts(village).waiting > 0
    assert "处改动在里头。拔下来，送到区里或镇里。" in written.sentence
    assert facts(village).unanswered
    assert f"里头 {written.changes} 处还等着区里答复" in facts(village).last
    at_the_hub(district, stick)
    came = carrier.read(village.sit(), stick)
    assert came.sentence.startswith(f"读好了：区里收下 {written.changes} 处")
    assert "两边都是" in came.sentence
    assert facts(village).last == "第 1 号U盘件的回执读过了（11月23日 09:00）。"
    line = status.page(village.sit()).rounds[0]
    assert (line.state, line.sent) == ("agreed", written.changes)
    assert line.words == "U盘带去又带回，两边一致"


def test_a_stick_that_went_by_wire_meanwhile_is_harmless_whichever_comes_first(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    first = registered(village.sit())
    carrier.write(village.sit(), stick)
    village.has_line = True
    assert village.exchange().state == "agreed"
    assert facts(village).last.endswith("里头的区里都答复了，不用再等它。")
    assert "以前都收过了，没有新的" in at_the_hub(district, stick)
    came = carrier.read(village.sit(), stick)
    assert [line.kind for line in came.lines] == ["known", "known"]
    village.has_line = False
    second = registered(village.sit(), "张有财", "刘桂兰")
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    village.has_line = True
    assert village.exchange().state == "agreed"
    assert {line.kind for line in carrier.read(village.sit(), stick).lines} == {"known"}
    district.come_to_rest()
    assert {str(r["id"]) for r in township.store.records("dispute")} == {first, second}


def test_an_old_receipt_takes_nothing_away_that_has_come_back_since(
    district: District, village: Office, stick: Path
) -> None:
    dispute = registered(village.sit())
    there_and_back(district, village, stick)
    desk, line = village.sit(), str(dispute)
    hub = district.hub
    hub.change("dispute", line, {"place_code": NEIGHBOUR})
    carrier.write(desk, stick)
    at_the_hub(district, stick)
    hub.change("dispute", line, {"place_code": VILLAGE})
    village.has_line = True
    village.exchange()
    assert village.dispute(dispute)
    assert carrier.read(village.sit(), stick).lines[1].kind == "known"
    assert village.dispute(dispute)
    village.agrees()


def test_a_clash_that_comes_by_stick_is_shown_and_settled_like_any_other(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    dispute = registered(village.sit())
    there_and_back(district, village, stick)
    township.exchange()
    progress.change(township.sit(), dispute, {"summary": "镇上的说法。"})
    township.exchange()
    progress.change(village.sit(), dispute, {"summary": "村上的说法。"})
    there_and_back(district, village, stick)
    (row,) = clashes.page(village.sit(), dispute).rows
    clashes.settle(village.sit(), dispute, {row.key: "mine"})
    assert there_and_back(district, village, stick).agreed
    township.exchange()
    assert township.dispute(dispute)["summary"] == "村上的说法。"


def test_reading_the_same_receipt_again_says_kindly_that_it_is_known(
    district: District, village: Office, stick: Path
) -> None:
    registered(village.sit())
    there_and_back(district, village, stick)
    before = village.store.replica.proof()
    came = carrier.read(village.sit(), stick)
    assert came.sentence == "“回执-花所村1号-20261123-0001.fqd”里头的这台电脑早就有了，不用再读。"
    assert village.store.replica.proof() == before


def test_after_the_hub_was_restored_a_stick_says_to_write_another_and_nothing_is_missing(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    copy = district.back_up()
    made = [registered(village.sit())]
    there_and_back(district, village, stick)
    made.append(registered(village.sit(), "张有财", "刘桂兰"))
    district.restore(copy)
    came = there_and_back(district, village, stick)
    assert "区里的资料恢复过，要从头对一遍。登记的都在本机。再写一次U盘送去" in came.sentence
    assert there_and_back(district, village, stick).agreed
    district.come_to_rest()
    assert {str(r["id"]) for r in township.store.records("dispute")} == set(made)


def test_a_receipt_from_before_the_hub_was_restored_counts_for_nothing(
    district: District, village: Office, stick: Path
) -> None:
    copy = district.back_up()
    dispute = registered(village.sit())
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    district.restore(copy)
    village.has_line = True
    village.exchange()
    came = carrier.read(village.sit(), stick)
    assert "恢复资料以前写的，作废了" in came.sentence
    district.come_to_rest()
    assert district.hub.standing_for(VILLAGE)["dispute"][dispute]


def test_a_receipt_that_does_not_follow_on_what_was_read_counts_for_nothing(
    district: District, village: Office, stick: Path
) -> None:
    """The operator forgot new-epoch after a restore; the desk has just begun to read anew when the receipt comes."""
    copy = district.back_up()
    village.has_line = True
    registered(village.sit(), "张有财", "刘桂兰")
    village.exchange()
    dispute = registered(village.sit())
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    district.hub.close()
    for old in district.path.glob("hub.db*"):
        old.unlink()
    shutil.copyfile(copy, district.path / "hub.db")
    district.hub = district.open_hub()
    village.store.replica.begin_epoch(village.store.replica.standing().epoch)
    came = carrier.read(village.sit(), stick)
    assert "恢复资料以前写的，作废了" in came.sentence
    district.come_to_rest()
    assert district.hub.standing_for(VILLAGE)["dispute"][dispute]


def test_a_desk_that_went_back_to_a_backup_leaves_no_gap(district: District, village: Office, stick: Path) -> None:
    first = registered(village.sit())
    chosen = village.store.back_up()
    there_and_back(district, village, stick)
    second = registered(village.sit(), "张有财", "刘桂兰")
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    key = village.folder.unlock(village.clerk, "只为测试的密码", now_ms=village.clock_ms())
    village.store.close()
    restore(village.folder, chosen, key)
    village.open(key)
    came = carrier.read(village.sit(), stick)
    assert {line.kind for line in came.lines} == {"own", "unfit"}
    assert "对不上这台电脑写过的件" in came.sentence
    shutil.rmtree(stick)
    stick.mkdir()
    there_and_back(district, village, stick)
    there_and_back(district, village, stick)
    assert {str(r["id"]) for r in village.store.records("dispute")} == {first, second}
    village.agrees()


def test_a_copied_disk_cannot_use_the_other_ones_receipt_for_its_own_work(
    district: District, village: Office, stick: Path, tmp_path: Path
) -> None:
    village.store.close()
    copied = Office(district, VILLAGE, village.path.with_name("拷走的一份"))
    shutil.copytree(village.path, copied.path)
    for office in (village, copied):
        office.open()
    district.offices.append(copied)
    copied.has_line = False
    one = registered(village.sit(), "原盘甲", "原盘乙")
    other = registered(copied.sit(), "拷贝甲", "拷贝乙")
    carrier.write(village.sit(), stick)
    carrier.write(copied.sit(), tmp_path)
    at_the_hub(district, stick)
    lines = carrier.read(copied.sit(), stick).lines
    assert [line.kind for line in lines] == ["unfit", "own"]
    assert "打不开" in lines[0].words
    carrier.read(village.sit(), stick)
    assert there_and_back(district, copied, stick)
    for office in (village, copied):
        office.has_line = True
    district.come_to_rest()
    for office in (village, copied):
        assert {str(r["id"]) for r in office.store.records("dispute")} == {one, other}


def test_a_ledger_of_thousands_goes_in_several_sticks(
    district: District, village: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = village.sit()
    dispute = registered(desk)
    noise = village.random
    for _ in range(12):
        desk.save([Edit("dispute", dispute, {"summary": noise.randbytes(900).hex()})])
    with monkeypatch.context() as narrow:
        narrow.setattr(limits, "POUCH", 72 * 1024)
        first = carrier.write(desk, stick)
    assert 0 < first.changes < village.store.waiting()
    assert first.left == village.store.waiting() - first.changes
    assert "装不下，读了回执再写一份" in first.sentence
    at_the_hub(district, stick)
    assert carrier.read(desk, stick).is_good
    assert there_and_back(district, village, stick).agreed


def test_a_desk_that_has_only_sticks_is_lent_dossier_numbers_by_them(
    district: District, village: Office, stick: Path
) -> None:
    drawn = [draw(village.sit(), registered(village.sit())).text for _ in range(12)]
    there_and_back(district, village, stick)
    drawn += [draw(village.sit(), registered(village.sit())).text for _ in range(20)]
    assert drawn == [f"（2026）花所人调字第{n}号" for n in range(1, 33)]
    there_and_back(district, village, stick)
    before = len(village.store.records("number_lease"))
    there_and_back(district, village, stick)
    assert len(village.store.records("number_lease")) == before == 3
