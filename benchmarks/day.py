"""A day's bytes: 200 new disputes with parties and sessions and 100 edits, against zstd-19 of what changed.

`python -m benchmarks day` prints the bytes of a real round (real store, real hub, request bodies as sent)
beside the floor: the changed fields and record ids alone, as one zstd-19 block. Then batches of one change and of ten,
a long text changed a little, and the processor time of both sides.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import zstandard

from desktop.store import Edit
from sync.client.pace import PageSize
from sync.client.round import run_round
from sync.records import RECORD_TYPES
from sync.records.ids import uuid7
from sync.records.sample import sample, sentence
from sync.server import inflater
from tests.simulation.town import VILLAGE, Seat, Town, make_template, open_town

CLAIM = 0.75
OLD, NEW, EDITS = 300, 200, 100


def record_edits(town: Town, seat: Seat) -> list[Edit]:
    """One new dispute with two parties and one session, filled as the sample data of the declaration fills it."""
    random = town.random

    def make() -> str:
        return uuid7(town.hub_clock(), random.randbytes)

    dispute = make()
    fields = sample(RECORD_TYPES["dispute"], random, ids=make, place_code=VILLAGE, found_by=seat.person,
                    first_contact_id=seat.person, host_mediator_id=None, co_mediator_ids=None, org_id=None,
                    closed_session=False)  # fmt: skip
    parties = [make(), make()]
    edits = [Edit("dispute", dispute, fields)]
    edits += [Edit("party", p, sample(RECORD_TYPES["party"], random, ids=make, dispute_id=dispute, seq=n,
                                      guardian_party_id=None, rights_told_by=seat.person))
              for n, p in enumerate(parties, 1)]  # fmt: skip
    body = "\n".join(sentence(random, 160) for _ in range(6))
    session = sample(RECORD_TYPES["session"], random, ids=make, dispute_id=dispute, body=body, recorder=seat.person,
                     kind="调解", parties_present=parties)  # fmt: skip
    return [*edits, Edit("session", make(), session)]


def change(random: Random, dispute: str) -> Edit:
    """An edit of three fields of a known dispute."""
    fields: dict[str, Any] = {"amount_cents": random.randrange(10**6), "resp_person": random.choice("张李王") + "某",
                              "summary": sentence(random, 160)}  # fmt: skip
    return Edit("dispute", dispute, fields)


def work(town: Town, seat: Seat) -> list[Edit]:
    """Everything written on the day, after an older stock that is already exchanged."""
    for _ in range(OLD):
        seat.store.save(record_edits(town, seat), by=seat.person)
    run_round(seat.store.replica, seat.road, clock_ms=seat.clock)
    known = [str(r["id"]) for r in seat.store.records("dispute")]
    day = [record_edits(town, seat) for _ in range(NEW)]
    day += [[change(town.random, town.random.choice(known))] for _ in range(EDITS)]
    for edits in day:
        seat.store.save(edits, by=seat.person)
    return [edit for edits in day for edit in edits]


def floor_bytes(edits: list[Edit]) -> int:
    """zstd-19 of the changed fields and record ids alone."""
    lines = [json.dumps([e.record, e.set], ensure_ascii=False, separators=(",", ":"), sort_keys=True) for e in edits]
    parameters = zstandard.ZstdCompressionParameters.from_level(19, enable_ldm=True, window_log=24)
    return len(zstandard.ZstdCompressor(compression_params=parameters).compress("\n".join(lines).encode()))


@dataclass
class Timed:
    """A seat's road that adds up the processor seconds the hub spends, its decoding processes left out."""

    seat: Seat
    hub_seconds: float = 0.0

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        began = time.process_time()
        try:
            return self.seat.road.post(path, body, headers)
        finally:
            self.hub_seconds += time.process_time() - began


def decoding_seconds() -> float:
    """Processor seconds of decoding processes that have ended; those at rest are ended first."""
    inflater.shared().close()
    times = os.times()
    return times.children_user + times.children_system


def say_a_little(town: Town, seat: Seat) -> None:
    """Batches as they go on an ordinary day, one after another."""
    known = [str(r["id"]) for r in seat.store.records("dispute")]
    long = "\n".join(sentence(town.random, 160) for _ in range(10))
    mended = f"{long[:300]}又{long[300:]}"
    seat.store.save([Edit("dispute", known[0], {"summary": long})], by=seat.person)
    run_round(seat.store.replica, seat.road, clock_ms=seat.clock)
    acts = {
        "one change": [change(town.random, known[1])],
        "a new dispute with parties and session": record_edits(town, seat),
        "ten changes": [change(town.random, known[n]) for n in range(2, 12)],
        f"a word in a text of {len(long.encode()):,} B": [Edit("dispute", known[0], {"summary": mended})],
    }
    for name, edits in acts.items():
        seat.store.save(edits, by=seat.person)
        done = run_round(seat.store.replica, seat.road, clock_ms=seat.clock)
        print(f"  {name}: {done.sent_bytes:,} B up, {done.received_bytes:,} B down")


def main() -> bool:
    """Print the figures; True when the claim does not hold."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-day-") as base:
        template = Path(base) / "template"
        template.mkdir()
        with open_town(template, make_template(template), Path(base) / "town", seed=1) as town:
            seat = town.seats["village"]
            edits = work(town, seat)
            page, road = PageSize(size_bytes=1024 * 1024, changes=500), Timed(seat)
            before, began = decoding_seconds(), time.process_time()
            done = run_round(seat.store.replica, road, clock_ms=seat.clock, page=page)
            spent, decoding = time.process_time() - began, decoding_seconds() - before
            assert done.agreed
            assert done.refused == 0
            say_a_little(town, seat)
    floor = floor_bytes(edits)
    ratio = done.sent_bytes / floor
    print(f"day: {len(edits)} records written, {done.requests} requests")
    print(f"  sent {done.sent_bytes:,} B, answers {done.received_bytes:,} B")
    print(f"  floor (zstd-19 of changed fields and ids) {floor:,} B")
    print(f"  sent / floor = {ratio:.3f}, all / floor = {(done.sent_bytes + done.received_bytes) / floor:.3f}"
          f"  (claim: sent at most {CLAIM})")  # fmt: skip
    desk_seconds = spent - road.hub_seconds
    print(f"  processor: desk {desk_seconds:.2f} s, hub {road.hub_seconds:.2f} s and decoding {decoding:.2f} s")
    return ratio > CLAIM
