"""All orders in which a create and up to five updates of two desks may reach the hub, gaps forced (peers.md §8).

Each change travels alone. One that comes before its turn in its own chain finds a gap and is not taken; one that
comes before the record it changes (a restored hub) is refused. Both are sent again at the end, as a desk would do.
`python -m tests.stories.send_orders` runs all of them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from sync.protocol.messages import Change, Verdict
from sync.server.hub import Hub
from tests.server.conftest import DISTRICT, PLACES, TOWN, VILLAGE, District
from tests.server.desk import Desk

FIELDS = ("summary", "place_text", "resp_unit", "resp_person", "leader_in_charge")
Order = tuple[int, ...]
Owners = tuple[int, ...]


@dataclass
class Pair:
    """A village that creates, a township that changes too, and their hub."""

    district: District
    desks: tuple[Desk, Desk]
    clerks: tuple[str, str]

    @classmethod
    def meet(cls, folder: Path) -> Pair:
        """Both enrolled at a fresh hub."""
        made: list[District] = []
        url = f"sqlite:///{folder / 'orders.db'}"
        hub = Hub.open(url, clock_ms=lambda: made[0].clock_ms(), random_bytes=Random(2).randbytes)
        made.append(District(hub, url, Random(3)))
        hub.initialise(DISTRICT, PLACES)
        village, by = made[0].clerk(VILLAGE)
        town, other = made[0].clerk(TOWN, "township")
        return cls(made[0], (village, town), (by, other))


def orders(updates: int) -> Iterator[tuple[Owners, Order]]:
    """Who makes each update, and in which order the create (0) and the updates arrive: all of them."""
    for owners in product((0, 1), repeat=updates):
        for order in permutations(range(updates + 1)):
            yield owners, order


def classes(updates: int) -> list[tuple[Owners, Order]]:
    """One of each class of orders that differ only in when a change came too early, which never does anything."""
    found: dict[tuple[Owners, Order], tuple[Owners, Order]] = {}
    for owners, order in orders(updates):
        found.setdefault((owners, _in_turn(owners, order)), (owners, order))
    return list(found.values())


def _in_turn(owners: Owners, order: Order) -> Order:
    sides, taken, sent = (0, *owners), [], {0: 0, 1: 0}
    for index in order:
        if sides[: index + 1].count(sides[index]) == sent[sides[index]] + 1:
            sent[sides[index]] += 1
            taken.append(index)
    return tuple(taken)


def play(pair: Pair, owners: Owners, order: Order, *, is_same_field: bool) -> None:
    """One order to its end. Raises AssertionError when anything is lost, doubled or different anywhere."""
    told = _tell(pair, owners, is_same_field)
    for index in order:
        _send_alone(pair, told[index])
    for _ in range(2):
        for side in (0, 1):
            _send_rest(pair, side, [one.change for one in told if one.side == side])
    _judge(pair, told, is_same_field)


@dataclass
class Told:
    """One change as its desk made it: whose it is, and where in that desk's chain it stands."""

    side: int
    n: int
    change: Change


def _tell(pair: Pair, owners: Owners, is_same_field: bool) -> list[Told]:
    for desk in pair.desks:
        cursor, epoch = desk.cursor, desk.epoch
        desk.begin(f"w{pair.district.random.getrandbits(60):x}")
        desk.cursor, desk.epoch = cursor, epoch
    record, (village, _) = pair.district.new_id(), pair.desks
    first = pair.district.dispute(pair.clerks[0], VILLAGE, **{name: f"{name} 起初" for name in FIELDS})
    told = [Told(0, 1, village.change("dispute", record, first, pair.clerks[0], was={}))]
    seen = [{name: first[name] for name in FIELDS} for _ in pair.desks]
    for number, side in enumerate(owners):
        name = FIELDS[0 if is_same_field else number]
        new, was = {name: f"第 {number} 次改"}, {name: seen[side][name]}
        seen[side] |= new
        made = pair.desks[side].change("dispute", record, new, pair.clerks[side], was=was, base=1)
        told.append(Told(side, len(pair.desks[side].links), made))
    return told


def _send_alone(pair: Pair, told: Told) -> None:
    desk = pair.desks[told.side]
    is_next = told.n == desk.sent + 1
    answer = desk.answer(desk.ask(desk.batch(told.n, 1)))
    assert (answer.halt == "forked") != is_next
    if is_next:
        desk.take(answer, desk.batch(told.n, 1))


def _send_rest(pair: Pair, side: int, changes: list[Change]) -> None:
    """What the hub has not accepted goes out again in its order, under a fresh writer, with its own ids."""
    desk, known = pair.desks[side], {line.id for line in _journal(pair, changes)}
    missing = [change for change in changes if change.id not in known]
    if missing:
        own, entries, cursor, epoch = desk.own, desk.entries, desk.cursor, desk.epoch
        desk.begin(f"w{pair.district.random.getrandbits(60):x}")
        desk.own, desk.entries, desk.cursor, desk.epoch = own, entries, cursor, epoch
        for change in missing:
            desk.offer_again(change)
    assert not desk.round().halt


def _journal(pair: Pair, changes: list[Change]) -> list[Verdict]:
    with pair.district.hub.turn() as turn:
        known = turn.journaled(change.id for change in changes)
    return [verdict for _, verdict in known.values()]


def _judge(pair: Pair, told: list[Told], is_same_field: bool) -> None:
    record, changes = told[0].change.record, [one.change for one in told]
    lines = _journal(pair, changes)
    assert {line.id for line in lines} == {change.id for change in changes}, "every change has its place"
    held = [msgspec.json.encode(desk.holds(record)) for desk in pair.desks]
    with pair.district.hub.turn() as turn:
        stand = turn.agreed.get(record)
    assert stand is not None
    agreed: dict[str, Any] = stand.fields
    assert [msgspec.json.decode(one) for one in held] == [agreed, agreed]
    by_side = {side: [c for one in told[1:] if one.side == side for c in [one.change]] for side in (0, 1)}
    if is_same_field:
        last = {FIELDS[0]: [part[-1].set[FIELDS[0]] for part in by_side.values() if part]}
        assert agreed[FIELDS[0]] in (last[FIELDS[0]] or [told[0].change.set[FIELDS[0]]])
        assert any(line.aside for line in lines) == all(by_side.values()), "who wrote apart is told so"
    else:
        expected = {**changes[0].set, **{n: v for change in changes[1:] for n, v in change.set.items()}}
        assert agreed == expected
        assert not any(line.aside for line in lines)


def play_all(pair: Pair, cases: Iterable[tuple[Owners, Order]]) -> int:
    """Each order once with different fields and once with one field for all; how many were played."""
    count = 0
    for owners, order in cases:
        for is_same_field in (False, True):
            play(pair, owners, order, is_same_field=is_same_field)
            count += 1
    return count


def main() -> int:
    """All classes of orders; how many there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.stories.send_orders")
    parser.add_argument("--updates", type=int, default=5)
    most, started, count, whole = parser.parse_args().updates, time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory(prefix="fengqiao-orders-") as folder:
        pair = Pair.meet(Path(folder))
        for updates in range(most + 1):
            count += play_all(pair, classes(updates))
            whole += 2 * sum(1 for _ in orders(updates))
            seconds = time.monotonic() - started
            print(f"up to {updates} updates: {whole} orders in {count} classes, {seconds:.0f} s", flush=True)
        assert pair.district.hub.verify() == []
    print("all end alike, nothing is lost")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
