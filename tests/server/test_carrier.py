"""Pouches handed in at the hub: by hand, by another desk, twice, late, and crafted."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.protocol import limits
from sync.protocol.carrier import (
    Label,
    Parcel,
    Passed,
    Pouch,
    Receipt,
    Unfit,
    public_key,
    seal,
    sign_pouch,
    unpacked,
    unseal,
)
from sync.protocol.chain import encode
from sync.protocol.messages import Answer, Ask
from sync.protocol.packing import pack, unpack
from sync.server.commands import run
from sync.server.premises import Premises
from tests.server.conftest import NEIGHBOUR, TOWN, VILLAGE, District
from tests.server.desk import Desk

KEY = X25519PrivateKey.from_private_bytes(b"k" * 32)


def pouch(desk: Desk, *asks: Ask | bytes, serial: int = 1, **bent: Any) -> Pouch:
    bodies = [ask if isinstance(ask, bytes) else pack(ask) for ask in asks]
    known = {"hub": desk.identity.hub, "device": desk.identity.device, "serial": serial}
    return Pouch(**{**known, "receipt_key": KEY.public_key().public_bytes_raw(), "asks": bodies, **bent})


def file_of(desk: Desk, content: Pouch, *, signer: Desk | None = None, **label: Any) -> bytes:
    named = {"hub": content.hub, "device": content.device, "serial": content.serial, **label}
    signed = sign_pouch((signer or desk).key, content)
    reader = public_key(desk.identity.carrier)
    return seal(signed, Label(**{"kind": "pouch", **named}), reader, random_bytes=desk.random.randbytes)


def written(desk: Desk, *, serial: int = 1) -> bytes:
    """The pouch this desk would write now."""
    ask = Ask(desk.writer, 0, desk.cursor, limits.PAGE, desk.clock_ms(), desk.epoch, batch=desk.batch())
    return file_of(desk, pouch(desk, ask, serial=serial))


def opened(desk: Desk, receipt: bytes) -> list[Answer]:
    content = unseal(receipt, KEY, writer=public_key(desk.identity.carrier))
    return [unpack(body, Answer) for body in unpacked(content, Receipt).answers]


def reason(district: District, raw: bytes) -> str:
    with pytest.raises(Unfit) as found:
        district.hub.take_pouch(raw)
    return found.value.reason


def register(district: District, desk: Desk, by: str) -> str:
    record = district.new_id()
    desk.change("dispute", record, district.dispute(by, desk.place), by)
    return record


def test_a_pouch_is_taken_like_a_request_and_answered_for_its_writer_alone(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    record = register(district, desk, by)
    handled = district.hub.take_pouch(written(desk))
    assert (handled.applied, handled.refused, handled.fresh, handled.halt) == (1, 0, 1, "")
    verdicts, page = opened(desk, handled.receipt)
    assert [v.id for v in verdicts.verdicts] == [f"{desk.writer}.1"]
    assert record in {entry.record for entry in page.entries}
    assert all(entry.change for entry in page.entries)
    assert page.proof is not None
    with pytest.raises(Unfit):
        unseal(handled.receipt, X25519PrivateKey.generate(), writer=public_key(desk.identity.carrier))


def test_the_same_pouch_twice_gets_the_same_verdicts_and_changes_nothing(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    register(district, desk, by)
    raw = written(desk)
    first, second = district.hub.take_pouch(raw), district.hub.take_pouch(raw)
    assert (second.applied, second.fresh) == (1, 0)
    assert opened(desk, first.receipt)[0].verdicts == opened(desk, second.receipt)[0].verdicts
    assert len([line for line in district.hub.journal() if line.change.type == "dispute"]) == 1


def test_both_roads_at_once_are_harmless_and_neither_blocks_the_others_numbers(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    register(district, desk, by)
    early = written(desk)
    answer = desk.round()
    register(district, desk, by)
    late = written(desk, serial=2)
    assert opened(desk, district.hub.take_pouch(early).receipt)[0].verdicts[0].no == answer.verdicts[0].no
    assert district.hub.take_pouch(late).fresh == 1
    register(district, desk, by)
    after = desk.round()
    assert not after.halt
    assert [v.refused for v in after.verdicts] == ["", ""]
    assert desk.proof() == after.proof


def test_a_writer_first_seen_on_a_stick_goes_on_over_the_wire(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    register(district, desk, by)
    district.hub.take_pouch(written(desk))
    assert desk.number == 0
    assert desk.round().halt == ""


def test_a_pouch_from_before_a_restore_or_of_a_copied_disk_is_answered_with_the_reason(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    desk.round()
    record = register(district, desk, by)
    raw = written(desk)
    desk.links.clear()
    desk.change("dispute", record, district.dispute(by, VILLAGE), by)
    district.hub.take_pouch(raw)
    assert district.hub.take_pouch(written(desk, serial=2)).halt == "forked"
    district.hub.new_epoch()
    handled = district.hub.take_pouch(raw)
    assert handled.halt == "epoch"
    assert [a.halt for a in opened(desk, handled.receipt)] == ["epoch"]


def test_a_revoked_desk_learns_that_and_nothing_else(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    register(district, desk, by)
    district.hub.revoke(desk.identity.device, "丢了")
    (answer,) = opened(desk, district.hub.take_pouch(written(desk)).receipt)
    assert (answer.halt, answer.entries, answer.verdicts) == ("revoked", [], [])


def test_another_desk_passes_a_pouch_on_and_can_read_neither_it_nor_the_receipt(district: District) -> None:
    village, by = district.clerk(VILLAGE)
    town, _ = district.clerk(TOWN, "township")
    register(district, village, by)
    raw = written(village)
    town.number += 1
    status, body = town.call("/parcel", Parcel(town.writer, town.number, raw, 1 << 20))
    assert status == 200
    passed = unpack(body, Passed)
    assert opened(village, passed.receipt)[0].verdicts[0].no > 0
    with pytest.raises(Unfit):
        unseal(passed.receipt, X25519PrivateKey.from_private_bytes(town.key.private_bytes_raw()))
    assert district.hub.standing_for(VILLAGE)["dispute"]


def test_a_parcel_has_its_own_number_and_a_stranger_cannot_post_one(district: District) -> None:
    town, _ = district.clerk(TOWN, "township")
    parcel = Parcel(town.writer, 1, b"FQDESK", 1000)
    assert unpack(town.call("/parcel", parcel)[1], Passed).unfit == "torn"
    assert unpack(town.call("/parcel", parcel)[1], Passed).halt == "replayed"
    assert town.post("/parcel", pack(parcel), {"Fengqiao-Desk": "x.y"})[0] == 400
    district.hub.revoke(town.identity.device, "丢了")
    assert unpack(town.call("/parcel", Parcel(town.writer, 3, b"x", 1))[1], Passed).halt == "revoked"


def test_no_part_of_a_pouch_is_a_request_of_the_other_road(district: District) -> None:
    desk, _ = district.clerk(VILLAGE)
    body = msgspec.msgpack.encode(pouch(desk, desk.ask()))
    signature = sign_pouch(desk.key, pouch(desk, desk.ask()))[:64]
    header = {"Fengqiao-Desk": f"{desk.identity.device}.{encode(signature)}"}
    assert desk.post("/exchange", body, header)[0] == 400
    assert desk.post("/carrier", body, header)[0] == 404


def test_crafted_pouches_are_refused_and_nothing_of_them_is_taken(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    other, _ = district.clerk(NEIGHBOUR)
    register(district, desk, by)
    ask = desk.ask(desk.batch())
    good = pouch(desk, ask)
    assert reason(district, file_of(desk, good, signer=other)) == "stranger"
    assert reason(district, file_of(desk, pouch(desk, ask, device="nobody"))) == "stranger"
    assert reason(district, file_of(desk, pouch(desk, ask, hub="another"), hub="another")) == "hub"
    assert reason(district, file_of(desk, good, hub=desk.identity.hub, serial=9)) == "garbled"
    assert reason(district, file_of(desk, good, kind="receipt")) == "receipt"
    assert reason(district, file_of(desk, pouch(desk))) == "garbled"
    assert reason(district, file_of(desk, pouch(desk, *[b"x"] * 65))) == "garbled"
    assert reason(district, file_of(desk, pouch(desk, b"{}"))) == "garbled"
    assert reason(district, file_of(desk, pouch(desk, ask, receipt_key=b"short"))) == "garbled"
    assert reason(district, b"\0" * (limits.POUCH + 1)) == "foreign"
    bomb = zstandard.compress(b"[" * (limits.INFLATED * 2))
    deep = zstandard.ZstdCompressor().compress(b'{"writer":' + b"[" * 1_000_000)
    assert reason(district, file_of(desk, pouch(desk, bomb))) == "garbled"
    assert reason(district, file_of(desk, pouch(desk, deep))) == "garbled"


def test_another_places_batch_in_ones_own_pouch_is_refused(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    thief, _ = district.clerk(NEIGHBOUR)
    register(district, desk, by)
    stolen = Ask(desk.writer, 0, 0, limits.PAGE, 0, batch=desk.batch())
    assert reason(district, file_of(thief, pouch(thief, stolen))) == "garbled"
    assert "dispute" not in district.hub.standing_for(VILLAGE)


def test_the_key_comes_with_enrolment_and_to_desks_enrolled_before_with_an_answer(district: District) -> None:
    desk, _ = district.clerk(VILLAGE)
    assert public_key(desk.identity.carrier)
    assert desk.answer(desk.ask()).carrier == ""
    assert desk.answer(desk.ask(keyless=True)).carrier == desk.identity.carrier


def test_a_long_feed_comes_in_pages_up_to_the_room_there_is(district: District) -> None:
    desk, by = district.clerk(VILLAGE)
    for _ in range(12):
        register(district, desk, by)
    handled = district.hub.take_pouch(written(desk))
    answers = opened(desk, handled.receipt)
    assert answers[-1].proof is not None
    raw = written(desk, serial=2)
    town, _ = district.clerk(TOWN, "township")
    town.number += 1
    passed = unpack(town.call("/parcel", Parcel(town.writer, town.number, raw, 5_000))[1], Passed)
    short = opened(desk, passed.receipt)
    assert short[-1].more
    assert 0 < short[-1].cursor < answers[-1].cursor


class Operator:
    """Somebody at the hub's command line."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "区里"
        self.now_ms = 1_790_000_000_000
        self("init", "--district", "620802000000")

    def __call__(self, *words: object) -> tuple[int, str]:
        said: list[str] = []
        line = ["--folder", str(self.folder), *map(str, words)]
        code = run(line, clock_ms=self.clock_ms, random_bytes=Random(self.now_ms).randbytes, say=said.append)
        return code, "\n".join(said)

    def clock_ms(self) -> int:
        self.now_ms += 1
        return self.now_ms


def test_the_operator_takes_a_whole_stick_and_the_receipts_lie_beside_it(tmp_path: Path) -> None:
    operator = Operator(tmp_path)
    stick = tmp_path / "U盘"
    stick.mkdir()
    assert operator("carrier", "take", stick)[0] == 1
    assert "没有要收的件" in operator("carrier", "take", stick)[1]
    desk = enrolled(operator)
    raw = written(desk)
    (stick / "枫桥-花所村1号-20261123-0001.fqd").write_bytes(raw)
    (stick / "没拷全.fqd").write_bytes(raw[:-40])
    before = {p.name: p.read_bytes() for p in stick.iterdir()}
    code, said = operator("carrier", "take", stick)
    assert code == 1
    assert "没有要传的，只取回区里的" in said
    assert "坏了，或者没拷全，没收" in said
    (receipt,) = stick.glob("回执-*.fqd")
    assert opened(desk, receipt.read_bytes())[-1].proof is not None
    assert {name: (stick / name).read_bytes() for name in before} == before
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    assert operator("carrier", "take", stick / "枫桥-花所村1号-20261123-0001.fqd", "--out", elsewhere)[0] == 0
    assert len(list(elsewhere.iterdir())) == 1
    assert "U盘可能拔掉了" in operator("carrier", "take", tmp_path / "没有.fqd")[1]


def enrolled(operator: Operator) -> Desk:
    hub = Premises(operator.folder, clock_ms=operator.clock_ms, random_bytes=Random(5).randbytes).open()
    desk = Desk(hub.handle, hub.make_code("620802107204"), clock_ms=operator.clock_ms, random=Random(6))
    hub.close()
    return desk
