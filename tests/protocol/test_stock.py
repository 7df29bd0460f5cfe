"""Pages of current state, there and back."""

from __future__ import annotations

from random import Random

import pytest

from sync.protocol.errors import Garbled
from sync.protocol.messages import Change, Entry
from sync.protocol.stock import Piece, State, Stocked, bind, press, unbind, unpress
from sync.records import RECORD_TYPES
from sync.records.ids import uuid7
from sync.records.sample import sample

PLACE = "620802107204"


def family(random: Random, at: int) -> list[State]:
    """A dispute with two parties and a session, made and changed at odd times."""

    def new_id() -> str:
        return uuid7(at, random.randbytes)

    dispute = new_id()
    states = [State("dispute", dispute, at, PLACE, at, at + 5, sample(RECORD_TYPES["dispute"], random, ids=new_id))]
    for name in ("party", "party", "session"):
        fields = sample(RECORD_TYPES[name], random, ids=new_id, dispute_id=dispute)
        states.append(State(name, new_id(), random.randrange(10**6), PLACE, at - 7, at, fields))
    return states


def test_a_page_holds_every_state_as_it_was() -> None:
    random = Random(1)
    states = [state for n in range(30) for state in family(random, 1_700_000_000_000 + n * 977)]
    entry = Entry(0, 9, "r", "dispute", "w.1", change=Change("dispute", "r", {"title": "两边不一样"}, "a", 7))
    found, entries = unpress(press(states, [entry]))
    assert sorted(found) == sorted(states)
    assert entries == [entry]
    kinds = [state.type for state in found]
    assert kinds.index("dispute") < kinds.index("party"), "parents come before their children"


def test_a_type_this_program_does_not_know_travels_all_the_same() -> None:
    states = [State("drone", "d1", 3, "*", 1, 2, {"height": 7}), State("drone", "d2", 1, "*", 1, 2, {})]
    assert unpress(press(states, [])) == (states, [])


def test_pieces_come_back_as_they_were_bound() -> None:
    answer = Stocked("e", 1, plan=["*/1/00000"], pos=1, pieces=[Piece("*/1/00000", 9, 7, 0, 5), Piece("x", 4, 7, 0, 4)])
    assert unbind(bind(answer, [b"12345", b"6789"])) == (answer, [b"12345", b"6789"])


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_a_torn_answer_is_garbled(length: int) -> None:
    whole = bind(Stocked("e", 1, pieces=[Piece("x", 9, 7, 0, 9)]), [b"123456789"])
    with pytest.raises(Garbled):
        unbind(whole[: min(length, len(whole) - 1)])


def test_a_child_without_its_parent_is_no_page() -> None:
    orphan = family(Random(1), 1_700_000_000_000)[1:]
    with pytest.raises(Garbled):
        unpress(press(orphan, []))
