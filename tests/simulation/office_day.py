"""Random office days: people register, change, mediate, settle and exchange, while everything goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from desktop.store import Edit
from sync.records import RECORD_TYPES, RecordType
from sync.records.ids import uuid7
from sync.records.sample import sample, sentence
from tests.simulation.sticks import carry_for_others, hand_in, read_stick, write_stick
from tests.simulation.town import ELSEWHERE, NOT_NOW, VILLAGE, Seat, Town

DISPUTE, PARTY, SESSION, AGREEMENT, FOLLOW_UP = (
    RECORD_TYPES[n] for n in ("dispute", "party", "session", "agreement", "follow_up")
)
YEARS_MS = 2 * 365 * 24 * 3600 * 1000


def play(town: Town, steps: int, acts: Mapping[Callable[[Town, Seat], None], int]) -> None:
    """A number of random steps."""
    for _ in range(steps):
        act = town.random.choices(list(acts), weights=list(acts.values()))[0]
        act(town, town.random.choice(list(town.seats.values())))


def morning(town: Town) -> None:
    """What everybody already has when the day begins: a few disputes with their papers, exchanged on a good road."""
    village = town.seats["village"]
    for _ in range(3):
        register(town, village)
    for dispute in village.store.records("dispute"):
        add_child_of(town, village, str(dispute["id"]), AGREEMENT)
        add_child_of(town, village, str(dispute["id"]), SESSION)
    for seat in town.seats.values():
        seat.exchange()


def save(seat: Seat, *edits: Edit) -> None:
    """Write as this seat's person, and remember what was new once the store says it is kept."""
    before = {edit.record: seat.store.record(edit.type, edit.record) or {} for edit in edits}
    seat.store.save(list(edits), by=seat.person)
    for edit in edits:
        new = ((n, v) for n, v in edit.set.items() if v != before[edit.record].get(n))
        seat.remembered.extend((edit.record, name, value) for name, value in new)


def new_id(town: Town) -> str:
    return uuid7(town.hub_clock.now_ms, town.random.randbytes)


def register(town: Town, seat: Seat) -> None:
    dispute, make = new_id(town), lambda: new_id(town)
    record = sample(DISPUTE, town.random, ids=make, place_code=VILLAGE, found_by=seat.person,
                    first_contact_id=seat.person, host_mediator_id=None, co_mediator_ids=None, org_id=None,
                    closed_session=town.random.random() < 0.15)  # fmt: skip
    edits = [Edit("dispute", dispute, record)]
    edits += [Edit("party", new_id(town), sample(PARTY, town.random, ids=make, dispute_id=dispute, seq=n,
                                                 guardian_party_id=None, rights_told_by=seat.person))
              for n in (1, 2)]  # fmt: skip
    save(seat, *edits)


def some_dispute(town: Town, seat: Seat) -> str | None:
    known = seat.store.records("dispute")
    return str(town.random.choice(known)["id"]) if known else None


def change_fields(town: Town, seat: Seat) -> None:
    if (dispute := some_dispute(town, seat)) is None:
        return
    choices: dict[str, Callable[[Random], Any]] = {
        "amount_cents": lambda r: r.randrange(5) * 1000, "people_count": lambda r: r.randrange(1, 5),
        "risk": lambda r: r.choice("低中高"), "summary": lambda r: sentence(r, 80),
        "resp_person": lambda r: r.choice(("张三", "李四")), "place_text": lambda r: sentence(r, 20),
    }  # fmt: skip
    names = town.random.sample(list(choices), k=town.random.randint(1, 3))
    save(seat, Edit("dispute", dispute, {n: choices[n](town.random) for n in names}))


def take_step(town: Town, seat: Seat) -> None:
    if (dispute := some_dispute(town, seat)) is None:
        return
    record = seat.store.record("dispute", dispute) or {}
    possible = [s for s in DISPUTE.steps if record.get("status") in s.source]
    if not possible:
        return
    step = town.random.choice(possible)
    fields = {n: sample(DISPUTE, town.random, ids=lambda: new_id(town)).get(n) for n in step.needs}
    ending = {"end_reason": "11", "end_date": "2026-11-23", "retention": "短期", "void_at": "2026-11-23T10:00:00+08:00",
              "refuse_reason": "05", "refuse_told_at": "2026-11-23T10:00:00+08:00", "end_note": "鉴定",
              "void_reason": "登记重了"}  # fmt: skip
    filled = {n: ending.get(n, v) for n, v in fields.items()}
    save(seat, Edit("dispute", dispute, {**filled, "status": step.target}))


def add_child(town: Town, seat: Seat) -> None:
    if (dispute := some_dispute(town, seat)) is None:
        return
    add_child_of(town, seat, dispute, town.random.choice((SESSION, AGREEMENT, FOLLOW_UP, PARTY)))


def add_child_of(town: Town, seat: Seat, dispute: str, kind: RecordType) -> None:
    record = sample(kind, town.random, ids=lambda: new_id(town), dispute_id=dispute, agreement_id=None,
                    guardian_party_id=None)  # fmt: skip
    save(seat, Edit(kind.name, new_id(town), {n: v for n, v in record.items() if n in kind.by_name}))


def mark_performed(town: Town, seat: Seat) -> None:
    agreements = seat.store.records("agreement")
    if not agreements:
        return
    agreement = town.random.choice(agreements)
    done = [{**o, "done_date": f"2026-11-{town.random.randint(1, 28):02d}"} for o in agreement["obligations"]]
    save(seat, Edit("agreement", str(agreement["id"]), {"obligations": done}))


def move_or_close(town: Town, seat: Seat) -> None:
    """A dispute goes to another township (only the district may), closes its doors, or opens them again."""
    if (dispute := some_dispute(town, seat)) is None:
        return
    fields = town.random.choice(({"place_code": ELSEWHERE}, {"place_code": VILLAGE}, {"closed_session": True},
                                 {"closed_session": False}))  # fmt: skip
    save(seat, Edit("dispute", dispute, fields))


def overstep(town: Town, seat: Seat) -> None:
    """What the hub must refuse: a finished record rewritten, a step that does not exist, an office not one's own."""
    sessions, disputes = seat.store.records("session"), seat.store.records("dispute")
    if sessions and town.random.random() < 0.5:
        save(seat, Edit("session", str(town.random.choice(sessions)["id"]), {"body": sentence(town.random, 50)}))
    elif disputes and town.random.random() < 0.5:
        save(seat, Edit("dispute", str(town.random.choice(disputes)["id"]), {"status": "80", "retention": "短期"}))
    else:
        save(seat, Edit("account", seat.person, {"roles": ["admin"]}))


def settle(town: Town, seat: Seat) -> None:
    clashes = seat.store.clashes()
    if clashes:
        settle_one(town, seat, town.random.choice(clashes))


def settle_one(town: Town, seat: Seat, clash: Any) -> None:
    side = town.random.choice((clash.agreed, clash.aside))
    values = {n: side.values.get(n) for n in clash.fields}
    seat.store.save([Edit(clash.type, clash.record, values, settles=(clash.no,))], by=seat.person)


def deal_with_refusals(town: Town, seat: Seat) -> None:
    for refused in seat.store.refused_list():
        way = town.random.choice(("drop", "resend", "ask", "leave"))
        if way == "drop":
            seat.store.drop_refused(refused.id)
        elif way == "resend":
            seat.store.resend(refused.record, seat.person)
        elif way == "ask":
            seat.store.ask_district(refused.id)


def exchange(town: Town, seat: Seat) -> None:
    seat.road.trouble = town.random.choice((0.0, 0.3, 0.6))
    try:
        seat.exchange()
    except NOT_NOW as problem:
        town.met[getattr(problem, "code", type(problem).__name__)] += 1
    seat.road.trouble = 0.0


def leap_clock(town: Town, seat: Seat) -> None:
    seat.clock.now_ms += town.random.choice((-YEARS_MS, YEARS_MS, 3600_000, -3600_000))


def restart_desk(town: Town, seat: Seat) -> None:
    seat.restart()


def restart_hub(town: Town, seat: Seat) -> None:
    town.restart_hub()


ACTS: dict[Callable[[Town, Seat], None], int] = {
    register: 2, change_fields: 14, take_step: 4, add_child: 3, mark_performed: 3, settle: 2, deal_with_refusals: 2,
    move_or_close: 1, overstep: 1, exchange: 14, leap_clock: 1, restart_desk: 1, restart_hub: 1,
    write_stick: 3, hand_in: 3, read_stick: 3, carry_for_others: 1,
}  # fmt: skip
