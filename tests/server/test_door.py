"""Strangers and broken bytes stay outside, and the hub lives on."""

from __future__ import annotations

import json
import os

import msgspec
import pytest
import zstandard

from sync.protocol import chain, limits
from sync.protocol.messages import Answer, Batch, Compared, Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from tests.server.conftest import TOWN, VILLAGE, District
from tests.server.desk import Desk

HEADER = "Fengqiao-Desk"


def squeezed(raw: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(raw)


def bombs() -> dict[str, bytes]:
    """Bodies that are not what they should be."""
    deep = b"[" * 1_000_000
    return {
        "nothing": b"",
        "noise": os.urandom(3000),
        "not json": squeezed(b"\xff\xfe"),
        "another message": squeezed(b'{"name": 1}'),
        "a bomb": squeezed(b" " * (limits.INFLATED + 1)),
        "a bomb of unknown size": zstandard.ZstdCompressor(write_content_size=False).compress(b" " * (1 << 27)),
        "deep": squeezed(deep),
        "deep in a value": squeezed(
            b'{"writer":"w","number":1,"cursor":0,"room":1,"clock":1,"batch":{"writer":"w","first":1,"before":"",'
            b'"links":[["",{"type":"dispute","record":"r","by":"b","at":1,"set":{"a":'
            + b"[" * 900 + b"]" * 900
            + b"}}]]}}"
        ),
        "surrogates": squeezed(b'{"writer":"\\ud800","number":1,"cursor":0,"room":1,"clock":1}'),
        "a number too large": squeezed(
            json.dumps({"writer": "w", "number": 2**63, "cursor": 0, "room": 1, "clock": 1}).encode()
        ),
        "a cursor too large": squeezed(
            json.dumps({"writer": "w", "number": 1, "cursor": 2**70, "room": 1, "clock": 1}).encode()
        ),
        "a writer that is none": squeezed(b'{"writer":"\\u0000","number":1,"cursor":0,"room":1,"clock":1}'),
        "the hub's own writer": squeezed(b'{"writer":"hub","number":1,"cursor":0,"room":1,"clock":1}'),
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/exchange", "/compare", "/code", "/enrol"])
def test_a_broken_body_is_answered_and_forgotten(district: District, path: str) -> None:
    desk = district.desk(VILLAGE)
    for name, body in bombs().items():
        assert desk.post_raw(path, body)[0] in (400, 413), name
    assert desk.round().proof == desk.proof()


def test_a_body_over_the_bound_is_not_opened(district: District) -> None:
    desk = district.desk(VILLAGE)
    assert desk.post_raw("/exchange", b"x" * (limits.BODY + 1))[0] == 413


def test_unsigned_and_wrongly_signed_requests_stay_outside(district: District) -> None:
    desk, other = district.desk(VILLAGE), district.desk(TOWN)
    body = pack(desk.ask())
    good = chain.encode(desk.key.sign(chain.request_bytes("/exchange", body)))
    theirs = chain.encode(other.key.sign(chain.request_bytes("/exchange", body)))
    device = desk.identity.device
    for value in (
        None,
        "",
        "x",
        f"{device}.",
        f"{device}.{theirs}",
        f"{other.identity.device}.{good}",
        f"\x00.{good}",
    ):
        headers = {} if value is None else {HEADER: value}
        assert district.hub.handle("/exchange", body, headers)[0] == 400
    altered = bytes([*body[:-1], body[-1] ^ 1])
    assert district.hub.handle("/exchange", altered, {HEADER: f"{device}.{good}"})[0] == 400
    assert district.hub.handle("/compare", body, {HEADER: f"{device}.{good}"})[0] == 400
    assert district.hub.handle("/exchange", body, {HEADER: f"{device}.{good}"})[0] == 200


def test_an_altered_batch_is_refused_whole(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for _ in range(3):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    batch = desk.batch()
    assert batch is not None
    change = batch.links[1].change
    forged = msgspec.structs.replace(change, set={**change.set, "title": "改了"})
    links = [batch.links[0], type(batch.links[1])(batch.links[1].salt, forged), batch.links[2]]
    replace = msgspec.structs.replace
    for bent in (
        replace(batch, links=links),
        replace(batch, links=batch.links[:2]),
        replace(batch, links=[batch.links[1], batch.links[0], batch.links[2]]),
        replace(batch, signature=""),
        replace(batch, signature="é"),
        replace(batch, before="QQ"),
        replace(batch, links=[]),
        replace(batch, first=0),
        replace(batch, first=2**80),
        replace(batch, writer="another"),
        chain.sign(desk.key, "another hub", batch),
    ):
        assert desk.call("/exchange", desk.ask(bent))[0] == 400
    assert all(v.no for v in desk.round().verdicts)


def test_more_changes_than_a_batch_may_hold_are_refused_whole(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for _ in range(limits.CHANGES + 1):
        desk.change("dispute", district.new_id(), {"title": "短"}, clerk)
    assert desk.call("/exchange", desk.ask(desk.batch()))[0] == 400


def test_values_nested_as_deep_as_they_can_be_signed_do_not_trip_the_hub(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    for depth in (50, 500, 900, 940):
        value: list[object] = []
        for _ in range(depth):
            value = [value]
        desk.begin(f"w-{depth}")
        desk.change("dispute", district.new_id(), {"co_mediator_ids": value}, clerk)
        try:
            ask = desk.ask(desk.batch())
        except RecursionError:
            continue
        status, body = desk.call("/exchange", ask)
        assert status == 400 or unpack(body, Answer).verdicts[0].refused == "invalid"


def test_a_writer_belongs_to_the_device_that_first_used_it(district: District) -> None:
    desk, thief = district.desk(VILLAGE), district.desk(VILLAGE)
    desk.round()
    thief.writer = desk.writer
    thief.number = 100
    assert thief.answer(thief.ask()).halt == "forked"


def test_a_revoked_device_learns_nothing_more(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    desk.round()
    desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    district.hub.revoke(desk.identity.device, "丢了")
    answer = desk.answer(desk.ask(desk.batch()))
    assert answer == Answer("", answer.clock, halt="revoked")
    assert desk.compare("tallies") == Compared(halt="revoked")
    assert clerk not in {line.author for line in district.hub.journal()}


def test_what_goes_to_no_door_is_not_found(district: District) -> None:
    for path in ("/", "/exchange/", "/../hub.db", "/docs"):
        assert district.hub.handle(path, b"", {})[0] == 404


def played(desk: Desk, batch: Batch) -> Answer:
    return unpack(desk.call("/exchange", desk.ask(batch))[1], Answer)


def test_a_batch_recorded_from_another_desk_cannot_be_slipped_in(district: District) -> None:
    victim, clerk = district.clerk(VILLAGE)
    victim.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    recorded = victim.batch()
    assert recorded is not None
    thief = district.desk(VILLAGE)
    thief.writer = victim.writer
    assert thief.call("/exchange", thief.ask(recorded))[0] == 400
    assert all(v.no for v in played(victim, recorded).verdicts)


def test_whatever_is_typed_as_a_secret_is_only_a_wrong_code(district: District) -> None:
    for secret in ("", "\ud7ff" * 1000, "x" * 10_000, "\x00"):
        status, body = district.hub.handle("/enrol", pack(Enrol(secret, "电脑", "key")), {})
        assert status == 200
        assert unpack(body, Enrolled).refused
    assert district.hub.handle("/enrol", pack(Enrol("x" * 100_000, "电脑", "key")), {})[0] == 413
