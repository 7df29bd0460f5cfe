"""What must be true when the road is good again: all agree, nothing lost, nothing doubled, clashes visible."""

from __future__ import annotations

from sync.records import CHILDREN
from sync.records.codec import canonical
from sync.server.reports import JournalLine
from tests.simulation.attachments import every_file_is_there, files_come_to_rest
from tests.simulation.bad_luck import device_of, is_revoked
from tests.simulation.office_day import settle_one
from tests.simulation.overwrites import silent_overwrites
from tests.simulation.town import SEATS, SIBLING, VILLAGE, Seat, Town
from tests.simulation.trespass import Ledger, may_read, trespasses
from tests.stories.other_version import NEW_TYPE

ROUNDS = 12
KINDS = ("dispute", *(kind.name for kind in CHILDREN["dispute"]))


def come_to_rest(town: Town) -> None:
    """Good road: exchange until nobody has anything left to say."""
    for seat in town.seats.values():
        seat.road.trouble = 0.0
        seat.road.late.clear()
    for _ in range(ROUNDS):
        rounds = [seat.exchange_agreeing() for seat in town.seats.values()]
        if all(r.agreed and not r.applied and not r.received and not r.refused for r in rounds):
            return
    raise AssertionError("never came to rest")


def judge(town: Town) -> None:
    """All checks, in the order of the promise."""
    everybody_is_back_in_office(town)
    come_to_rest(town)
    files_come_to_rest(town)
    every_file_is_there(town)
    journal = {entry.change_id: entry for entry in town.hub.journal()}
    assert list(silent_overwrites(journal.values())) == []
    nobody_trespasses(town, journal)
    for seat in town.seats.values():
        nothing_is_lost(town, seat, journal)
        nothing_waits_for_what_is_there(town, seat)
        every_clash_is_visible(seat, journal)
    all_hold_the_same(town)
    settle_everything(town)
    assert town.hub.verify() == []
    for seat in town.seats.values():
        assert seat.store.verify() == []


def everybody_is_back_in_office(town: Town) -> None:
    """The hub's clock is right, roles are given back, PCs let in again, so that what is left can be decided."""
    town.hub_clock.error_ms = 0
    for seat in town.seats.values():
        if is_revoked(town, seat):
            town.hub.readmit(device_of(seat))
    for name in [*town.withdrawn]:
        del town.withdrawn[name]
    for name, (_, __, roles) in SEATS.items():
        town.hub.change("account", town.seats[name].person, {"roles": roles})


def nothing_waits_for_what_is_there(town: Town, seat: Seat) -> None:
    """Nothing is refused for want of a record the hub holds by now: such changes go out again by themselves."""
    with town.hub.turn() as turn:
        for refused in seat.store.refused_list():
            assert refused.code != "no_record" or turn.agreed.get(refused.record) is None, (seat.name, refused)


def nothing_is_lost(town: Town, seat: Seat, journal: dict[str, JournalLine]) -> None:
    """Everything a person wrote is in her log or, once it left her desk, with the hub; every change has one fate."""
    refused = {line.change_id: line.change for line in town.hub.refusals()}
    lines = [line for line in seat.store.history(sorted({r for r, _, __ in seat.remembered})) if line.mine]
    assert seat.store.waiting() == 0
    assert len({line.id for line in lines}) == len(lines)
    known = [*lines, *(entry.change for entry in journal.values() if entry.author == seat.person)]
    known += [change for change in refused.values() if change.by == seat.person]
    written = {(change.record, name, canonical(value)) for change in known for name, value in change.set.items()}
    for record, name, value in seat.remembered:
        assert (record, name, canonical(value)) in written
    for line in lines:
        if line.state == "agreed":
            assert line.id in journal
        else:
            assert line.state in ("refused", "dropped", "replaced")
            assert line.id not in journal or journal[line.id].change.set != line.set, "an id may be a twin's too"


def every_clash_is_visible(seat: Seat, journal: dict[str, JournalLine]) -> None:
    """Each set-aside change of this person is among the clashes she can see, and on every desk that holds it; it is
    open until somebody has decided about it or its writer has gone on."""
    decided = {one for entry in journal.values() for one in (*entry.change.decides, *entry.change.settles)}
    for entry in journal.values():
        if entry.aside and seat.store.record(entry.type, entry.record) is not None:
            known = {c.no: c.state for c in seat.store.clashes(entry.record, open_only=False)}
            assert entry.no in known, f"clash {entry.no} unknown at {seat.name}"
            is_decided = entry.no in decided or entry.change_id in decided
            assert is_decided or known[entry.no] != "settled", f"clash {entry.no} settled by nobody at {seat.name}"


def all_hold_the_same(town: Town) -> None:
    """Every record a desk holds is, field for field, what the hub holds, of another version's types too."""
    for seat in town.seats.values():
        theirs = town.hub.standing_for(seat.store.desk().place)
        held = {kind: {str(r["id"]): r for r in seat.store.records(kind)} for kind in KINDS}
        visits = (seat.store.record(NEW_TYPE, record) for record in theirs.get(NEW_TYPE, {}))
        held[NEW_TYPE] = {str(visit["id"]): visit for visit in visits if visit is not None}
        quarantined = {r.record for r in seat.store.refused_list()}
        for kind, records in held.items():
            expected = theirs.get(kind, {})
            ours = {r: {n: v for n, v in f.items() if n != "id"} for r, f in records.items()}
            for record in {*expected, *ours} - quarantined:
                assert ours.get(record) == expected.get(record), (seat.name, kind, record)


def nobody_trespasses(town: Town, journal: dict[str, JournalLine]) -> None:
    """Nobody wrote outside her place, and what is closed is only where somebody works whom it names."""
    ledger = Ledger({VILLAGE: SIBLING} if town.is_ended(VILLAGE) else {})
    assert list(trespasses(journal.values(), ledger)) == []
    for seat in town.seats.values():
        place = seat.store.desk().place
        for record in town.hub.standing_for(place).get("dispute", {}):
            if seat.store.record("dispute", record) is not None:
                assert may_read(ledger, record, place), (seat.name, record)


def settle_everything(town: Town) -> None:
    """People decide every open clash; then nowhere is one left."""
    for _ in range(ROUNDS):
        seat, clashes = next(((s, c) for s in town.seats.values() if (c := s.store.clashes())), (None, []))
        if seat is None:
            return
        for clash in clashes:
            settle_one(town, seat, clash)
        come_to_rest(town)
    raise AssertionError("clashes never end")
