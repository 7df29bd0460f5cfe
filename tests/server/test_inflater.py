"""PPMd payloads are opened in a process of their own: honest ones whole, hostile ones without harm."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from benchmarks import fuzz
from sync.protocol import chain, coding, limits
from sync.protocol.coding import Context, Label, Unprimed
from sync.protocol.errors import Garbled
from sync.protocol.messages import Answer
from sync.protocol.packing import raw, unpack
from sync.records.sample import sentence
from sync.server.inflater import Inflater
from tests.server.conftest import VILLAGE, District
from tests.server.desk import Desk


@pytest.fixture
def inflater() -> Iterator[Inflater]:
    made = Inflater(seconds=2.0)
    yield made
    made.close()


def label(body: bytes) -> Label:
    return Label(coding.PPMD, 0, len(body), zlib.crc32(body))


def test_what_a_desk_says_is_heard_byte_for_byte(inflater: Inflater) -> None:
    random = Random(5)
    for size in (0, 1, 2, 5, 100, 1023, 1024, 1025, 40_000):
        for body in (random.randbytes(size), b"\0" * size, sentence(random, 90).encode() * (size // 90)):
            for before in (b"", b"\0", sentence(random, 60).encode() * 50):
                assert inflater.inflate(before, coding.squeezed(before, body), label(body)) == body


def test_many_desks_at_once_each_hear_their_own(inflater: Inflater) -> None:
    bodies = [sentence(Random(n), 160).encode() * 40 for n in range(24)]

    def said(body: bytes) -> bytes:
        return inflater.inflate(b"", coding.squeezed(b"", body), label(body))

    with ThreadPoolExecutor(6) as desks:
        assert list(desks.map(said, bodies)) == bodies


def test_another_context_than_the_one_it_was_primed_with_is_noticed(inflater: Inflater) -> None:
    body = sentence(Random(1), 160).encode()
    payload = coding.squeezed(b"one context", body)
    with pytest.raises((Unprimed, Garbled)):
        inflater.inflate(b"another context", payload, label(body))
    assert inflater.inflate(b"one context", payload, label(body)) == body


def test_hostile_payloads_end_in_bounded_time_and_honest_ones_still_open(inflater: Inflater) -> None:
    ends = fuzz.run(seed=3, count=30, inflater=inflater)
    assert sum(ends.values()) == 30


def test_the_largest_body_a_stranger_may_claim_is_refused_in_time(inflater: Inflater) -> None:
    with pytest.raises((Unprimed, Garbled)):
        inflater.inflate(b"", Random(2).randbytes(1000), Label(coding.PPMD, 0, limits.PRIMED, 1))


def test_a_context_of_anothers_changes_or_of_endless_ones_is_not_built(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    other = district.desk(VILLAGE)
    for _ in range(30):
        desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE, summary="长" * 2000), clerk)
    desk.round()
    for _ in range(3):
        for record in {c.record for c in desk.own.values()}:
            held = desk.holds(record)["summary"]
            desk.change("dispute", record, {"summary": str(held)[:-1]}, clerk, was={"summary": held})
        desk.round()
    links = [(n, desk.own[chain.change_id(desk.writer, n)]) for n in range(1, len(desk.links) + 1)]
    said = raw(desk.ask())

    def answered(asker: Desk, context: Context | None, body: bytes) -> Answer:
        status, reply = asker.post_raw("/exchange", coding.in_ppmd(body, context))
        assert status == 200
        return unpack(reply, Answer)

    whole, part = coding.context_of(desk.writer, links), coding.context_of(desk.writer, links[:9])
    assert answered(desk, part, said).halt == ""
    assert answered(desk, whole, raw(desk.ask())).halt == "plain"
    assert answered(other, part, raw(other.ask())).halt == "plain"
    assert answered(other, None, raw(other.ask())).halt == ""
