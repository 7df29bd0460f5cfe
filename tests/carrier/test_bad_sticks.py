"""What goes wrong with sticks: each a plain sentence, nothing lost, nothing on the stick changed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec.structs import replace

from desktop.casework.disputes import progress
from desktop.casework.exchange import carrier, parcels
from desktop.casework.exchange.carrier import CarrierTrouble
from desktop.casework.exchange.drives import mounted
from desktop.store import Surroundings, marks
from sync.protocol.carrier import Label, seal
from tests.carrier.test_by_stick import at_the_hub, there_and_back
from tests.store.test_full_disk import mount
from tests.stories.district import NEIGHBOUR, VILLAGE, District, Office, registered


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A real stick of half a megabyte."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small disk of one's own needs root")
    path = tmp_path / "小U盘"
    path.mkdir()
    mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", str(path))
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def trouble(act: object, *given: object) -> str:
    with pytest.raises(CarrierTrouble) as found:
        act(*given)  # type: ignore[operator]
    return found.value.message


def words_on(office: Office, stick: Path) -> str:
    """What reading the stick says of the first file."""
    return carrier.read(office.sit(), stick).lines[0].words


def contents(stick: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in stick.iterdir()}


def test_no_stick_at_all(village: Office, tmp_path: Path) -> None:
    waiting = village.store.waiting()
    assert trouble(carrier.write, village.sit(), tmp_path / "E") == (
        "U盘不见了，没写完。要传的都还在这台电脑上。插好U盘，再写一次。"
    )
    assert trouble(carrier.read, village.sit(), tmp_path / "E") == (
        "U盘不见了，没读完。读过的都收好了，没读的还在U盘上。插好U盘，再读一次。"
    )
    assert village.store.waiting() == waiting
    assert village.store.sticks.last() is None


def test_a_stick_pulled_out_while_it_is_written(village: Office, stick: Path) -> None:
    registered(village.sit())

    def pull(folder: Path) -> int:
        if stick.exists():
            stick.rename(stick.with_name("拔走的"))
        return 1 << 40

    around = village.folder.around
    village.store.sticks._around = Surroundings(around.clock_ms, around.random_bytes, pull)
    assert "U盘不见了，没写完。要传的都还在这台电脑上" in trouble(carrier.write, village.sit(), stick)
    assert village.store.sticks.last() is None
    assert list(stick.with_name("拔走的").iterdir()) == []


def test_a_stick_pulled_out_while_it_is_read_is_read_on_later(
    district: District, village: Office, township: Office, stick: Path, tmp_path: Path
) -> None:
    registered(village.sit())
    registered(township.sit(), "陈铁柱", "杨立本")
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    pulled = tmp_path / "拔走的"

    def pull(_changes: object) -> None:
        if stick.exists():
            stick.rename(pulled)

    village.store.changed.append(pull)
    assert "没读的还在U盘上" in trouble(carrier.read, village.sit(), stick)
    village.store.changed.remove(pull)
    assert carrier.read(village.sit(), pulled).is_good
    assert village.store.waiting() == 0


def test_a_full_stick(village: Office, small: Path) -> None:
    registered(village.sit())
    (small / "别人的照片.jpg").write_bytes(b"x" * (os.statvfs(small).f_bavail * os.statvfs(small).f_frsize))
    before = contents(small)
    assert trouble(carrier.write, village.sit(), small) == (
        "U盘满了，写不下，没写。要传的都还在这台电脑上。腾出 1 MB，或者换一个U盘。"
    )
    assert contents(small) == before
    assert village.store.sticks.last() is None


def test_a_stick_with_its_lock_on(village: Office, small: Path) -> None:
    registered(village.sit())
    mount("-o", "remount,ro", str(small))
    assert trouble(carrier.write, village.sit(), small) == (
        "这个U盘不让写，没写。要传的都还在这台电脑上。看看侧面的小开关是不是锁着，或者换一个。"
    )
    mount("-o", "remount,rw", str(small))
    assert carrier.write(village.sit(), small).changes


def test_a_receipt_can_be_read_from_a_locked_stick(district: District, village: Office, small: Path) -> None:
    registered(village.sit())
    carrier.write(village.sit(), small)
    at_the_hub(district, small)
    mount("-o", "remount,ro", str(small))
    assert carrier.read(village.sit(), small).is_good
    mount("-o", "remount,rw", str(small))


def test_nothing_on_it(village: Office, stick: Path) -> None:
    (stick / "照片.jpg").write_bytes(b"x")
    (stick / "枫桥-花所村1号-20261123-0001.fqd.part").write_bytes(b"FQDESK")
    assert trouble(carrier.read, village.sit(), stick).startswith("这里没有回执，也没有要带的件。什么也没有动。")


def test_only_the_desks_own_pouch_on_it(village: Office, stick: Path) -> None:
    carrier.write(village.sit(), stick)
    came = carrier.read(village.sit(), stick)
    assert "还没有回执。送到区里或镇里，收了再拿回来" in came.sentence
    assert not came.is_good


def test_another_desks_receipt(district: District, village: Office, stick: Path) -> None:
    neighbour = district.office(NEIGHBOUR)
    carrier.write(neighbour.sit(), stick)
    at_the_hub(district, stick)
    (stick / "枫桥-段沟村1号-20261123-0001.fqd").unlink()
    assert words_on(village, stick) == "是段沟村1号的回执，不是这台电脑的，没有动它。交给他们读"


def test_another_districts_file(village: Office, stick: Path, tmp_path: Path) -> None:
    folder = tmp_path / "别的区"
    folder.mkdir()
    elsewhere = District(folder, random=Random(99))
    stranger = elsewhere.office(VILLAGE)
    carrier.write(stranger.sit(), stick)
    assert "是别的区的，没收，也没有动它" in words_on(village, stick)
    assert "是别的区的，没收" in at_the_hub(village.district, stick)
    elsewhere.close()


def test_a_damaged_file(district: District, village: Office, stick: Path) -> None:
    written = carrier.write(village.sit(), stick).file
    written.write_bytes(written.read_bytes()[:-100])
    assert "坏了，或者没拷全，没收。原来的内容还在写它的那一边。" in words_on(village, stick)
    assert "坏了，或者没拷全，没收" in at_the_hub(district, stick)


def test_a_file_of_a_newer_program_and_one_of_no_program_of_ours(village: Office, stick: Path) -> None:
    newer = carrier.write(village.sit(), stick).file
    raw = bytearray(newer.read_bytes())
    raw[8] = 9
    newer.write_bytes(bytes(raw))
    (stick / "枫桥.fqd").write_bytes(b"PK\x03\x04")
    (stick / "大得很.fqd").write_bytes(b"x")
    os.truncate(stick / "大得很.fqd", 20 << 20)
    said = [line.words for line in carrier.read(village.sit(), stick).lines]
    assert [("新版程序" in s, "不是这个程序写的" in s) for s in said] == [(False, True), (True, False), (False, True)]


def test_a_forged_receipt(district: District, village: Office, stick: Path) -> None:
    written = carrier.write(village.sit(), stick)
    here = village.store.desk()
    kept = village.store.sticks.find(written.serial)
    assert kept
    key = X25519PrivateKey.from_private_bytes(kept.stick.key).public_key()
    label = Label("receipt", here.hub, here.device, written.serial)
    forged = seal(b"anything", label, key, random_bytes=village.random.randbytes)
    (stick / "回执.fqd").write_bytes(forged)
    assert "打不开，不是答复这台电脑的" in words_on(village, stick)
    (stick / "回执.fqd").write_bytes(
        seal(b"anything", replace(label, serial=99), key, random_bytes=village.random.randbytes)
    )
    assert "对不上这台电脑写过的件" in words_on(village, stick)


def test_a_revoked_desk_is_told(district: District, village: Office, stick: Path) -> None:
    registered(village.sit())
    district.hub.revoke(village.store.desk().device, "丢了")
    came = there_and_back(district, village, stick)
    assert "区里已经停用了这台电脑" in came.sentence
    assert village.store.waiting()


def test_a_desk_enrolled_before_there_were_sticks_gets_the_key_with_its_next_exchange(
    village: Office, stick: Path
) -> None:
    with village.store._database.writing() as connection:
        marks.put(connection, carrier="")
    assert "还没拿到写U盘要用的钥匙，没写。登记的都在本机。" in trouble(carrier.write, village.sit(), stick)
    village.has_line = True
    village.exchange()
    assert carrier.write(village.sit(), stick).file.exists()


def test_a_pull_that_would_take_much_away_asks_first(district: District, village: Office, stick: Path) -> None:
    made = [registered(village.sit(), f"王有{n}", f"李建{n}") for n in range(30)]
    there_and_back(district, village, stick)
    with district.hub.turn() as turn:
        for dispute in made:
            turn.write_own("dispute", dispute, {"place_code": NEIGHBOUR})
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    came = carrier.read(village.sit(), stick)
    assert came.pull_too_large
    assert "先停下来了。一件也没少" in came.sentence
    assert len(village.store.records("dispute")) == 30
    village.store.allow_large_pull()
    assert carrier.read(village.sit(), stick).is_good
    assert village.store.records("dispute") == []


def test_a_mass_of_struck_out_disputes_asks_first_on_this_road_too(village: Office, stick: Path) -> None:
    made = [registered(village.sit(), f"王有{n}", f"李建{n}") for n in range(60)]
    village.has_line = True
    village.exchange()
    for dispute in made:
        progress.void(village.sit(), dispute, reason="登记重了")
    assert "这里一次作废了 60 件（一共 60 件），先没写。一件也没少" in trouble(carrier.write, village.sit(), stick)
    assert list(stick.iterdir()) == []
    village.store.allow_struck()
    assert carrier.write(village.sit(), stick).changes


def test_nothing_on_a_stick_is_ever_changed(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    registered(village.sit())
    carrier.write(village.sit(), stick)
    before = contents(stick)
    carrier.read(township.sit(), stick)
    township.exchange()
    carrier.hand_over(township.sit(), stick)
    at_the_hub(district, stick)
    carrier.read(village.sit(), stick)
    after = contents(stick)
    assert {name: after[name] for name in before} == before


def test_a_township_passes_on_what_it_cannot_read(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    dispute = registered(village.sit())
    carrier.write(village.sit(), stick)
    came = carrier.read(township.sit(), stick)
    assert came.sentence.startswith("收下了 1 份别的电脑的件。下次和区里传的时候一起带去")
    assert "收下了，是花所村1号写的" in came.lines[0].words
    assert carrier.read(township.sit(), stick).lines[0].kind == "known"
    assert carrier.facts(township.sit()).parcels == 1
    township.has_line = False
    assert township.exchange().state == "none"
    assert carrier.facts(township.sit()).parcels == 1
    township.has_line = True
    assert township.exchange().state == "agreed"
    facts = carrier.facts(township.sit())
    assert (facts.parcels, facts.receipts) == (0, 1)
    written = carrier.write(township.sit(), stick)
    assert [path.name for path in written.receipts] == ["回执-花所村1号-20261123-0001.fqd"]
    assert "另有 1 份回执，交给原来的电脑" in written.sentence
    assert carrier.facts(township.sit()).receipts == 0
    assert {line.kind for line in carrier.read(village.sit(), stick).lines} >= {"taken", "parcel"}
    township.exchange()
    assert township.dispute(dispute)["title"]
    village.agrees()


def test_a_receipt_whose_stick_got_lost_is_written_again_when_the_pouch_comes_again(
    district: District, village: Office, township: Office, stick: Path, tmp_path: Path
) -> None:
    registered(village.sit())
    carrier.write(village.sit(), stick)
    carrier.read(township.sit(), stick)
    township.exchange()
    lost = tmp_path / "丢了的"
    lost.mkdir()
    assert len(carrier.hand_over(township.sit(), lost)) == 1
    assert len(carrier.hand_over(township.sit(), stick)) == 1
    assert carrier.hand_over(township.sit(), lost) == []
    assert carrier.read(village.sit(), stick).is_good


def test_a_parcel_the_district_cannot_take_is_said_and_not_sent_again(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    carrier.write(village.sit(), stick)
    carrier.read(township.sit(), stick)
    (parcel,) = township.store.sticks.parcels()
    with township.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE parcel SET file = x'4651'")
    parcels.pass_on(township.store, township)
    (said,) = carrier.facts(township.sit()).rejected
    assert "坏了，区里读不了。原来的内容还在那台电脑上。请那边重新写一份" in said
    assert parcel.name in said
    number = township.store.replica.next_number()
    parcels.pass_on(township.store, township)
    assert township.store.replica.next_number() == number + 1
    assert carrier.read(township.sit(), stick).lines[0].kind == "parcel"
    township.exchange()
    assert carrier.facts(township.sit()).rejected == ()
    assert carrier.facts(township.sit()).receipts == 1


def test_too_many_parcels_are_not_piled_up(
    village: Office, township: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "PARCELS_WAITING", 1)
    carrier.write(village.sit(), stick)
    carrier.write(village.sit(), stick)
    said = [line.words for line in carrier.read(township.sit(), stick).lines]
    assert "收下了" in said[0]
    assert "已经替别的电脑带着 1 份。先和区里传一次" in said[1]


def test_what_lies_on_a_stick_is_told_before_anything_is_done(
    district: District, village: Office, township: Office, stick: Path
) -> None:
    carrier.write(village.sit(), stick)
    at_the_hub(district, stick)
    on = carrier.look(village.sit(), stick)
    assert (on.receipts, on.own, on.parcels, on.receipts_elsewhere) == (1, 1, 0, 0)
    on = carrier.look(township.sit(), stick)
    assert (on.receipts, on.own, on.parcels, on.receipts_elsewhere) == (0, 0, 1, 1)


def test_a_stick_that_is_mounted_is_found(small: Path) -> None:
    assert small in mounted(small.parent)
    assert small in mounted(small.parent.parent)
    assert mounted(small / "没有") == []
