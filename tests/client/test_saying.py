"""What a desk says and how briefly: nothing twice, nothing its hub cannot read, and everything in the end."""

from collections.abc import Mapping

import msgspec
import pytest
from sqlalchemy import text

from desktop.store import Edit
from sync.client.pace import PageSize
from sync.client.round import Round, run_round
from sync.protocol import coding
from sync.protocol.errors import Unreachable
from sync.protocol.messages import Answer, Ask
from sync.protocol.packing import pack, unpack
from tests.simulation.office_day import register
from tests.simulation.town import Seat, Town

LONG = "村组长到现场看过，双方对界石的位置说法不一，约好下周一再到地头量一次，请老支书和邻居都来作证。" * 8


class Listening:
    """A seat's road that keeps what crossed it, and loses what its script says."""

    def __init__(self, seat: Seat, *script: str) -> None:
        self._seat, self._script = seat, list(script)
        self.bodies: list[bytes] = []

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        self.bodies.append(body)
        act = self._script.pop(0) if self._script else "fine"
        if act == "cut":
            raise Unreachable("cut on the way there")
        if act == "no line":
            raise Unreachable("no line", was_connected=False)
        reply = self._seat.road.post(path, body, headers)
        if act == "lost":
            raise Unreachable("cut on the way back")
        return reply

    def round(self) -> Round:
        return run_round(self._seat.store.replica, self, clock_ms=self._seat.clock)


class OldHub(Listening):
    """A hub that knows nothing but plain zstd and whole batches, and says so by saying nothing."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        ask = unpack(body, Ask)
        assert ask.batch is None or all(link.salt and not link.seen and not link.edits for link in ask.batch.links)
        answer = unpack(super().post(path, body, headers), Answer)
        return pack(msgspec.structs.replace(answer, reads=[]))


def register_many(town: Town, seat: Seat, count: int = 12) -> None:
    for _ in range(count):
        register(town, seat)


def first_dispute(seat: Seat) -> str:
    return min(str(record["id"]) for record in seat.store.records("dispute"))


def tell_something_long(town: Town, seat: Seat, *others: Seat) -> str:
    dispute = first_dispute(seat)
    seat.store.save([Edit("dispute", dispute, {"summary": LONG})], by=seat.person)
    for one in (seat, *others):
        one.exchange()
    return dispute


def test_a_batch_whose_answer_was_lost_is_asked_about_and_not_sent_again(town: Town) -> None:
    seat = town.seats["village"]
    register_many(town, seat)
    road = Listening(seat, "lost")
    done = road.round()
    assert (done.agreed, done.applied) == (True, 36)
    assert len(road.bodies) == 2
    assert len(road.bodies[1]) < 250 < len(road.bodies[0])


def test_the_question_is_remembered_when_the_round_or_the_program_ended(town: Town) -> None:
    seat = town.seats["village"]
    register_many(town, seat)
    with pytest.raises(Unreachable):
        Listening(seat, "lost", "cut", "cut").round()
    seat.restart()
    road = Listening(seat)
    assert road.round().agreed
    assert [len(body) < 250 for body in road.bodies] == [True]


def test_a_batch_that_never_arrived_is_sent_again(town: Town) -> None:
    seat = town.seats["village"]
    register_many(town, seat)
    road = Listening(seat, "cut")
    assert road.round().applied == 36
    assert len(road.bodies) >= 3
    assert seat.store.waiting() == 0


def test_what_certainly_did_not_leave_is_not_asked_about_and_teaches_nothing(town: Town) -> None:
    seat, page = town.seats["village"], PageSize(size_bytes=50_000, changes=40)
    register(town, seat)
    road = Listening(seat, "no line")
    assert run_round(seat.store.replica, road, clock_ms=seat.clock, page=page).agreed
    assert len(road.bodies) == 2
    assert page == PageSize(size_bytes=50_000, changes=40)


def test_a_person_may_go_on_writing_while_an_answer_is_missing(town: Town) -> None:
    seat = town.seats["village"]
    register(town, seat)
    with pytest.raises(Unreachable):
        Listening(seat, "lost", "cut", "cut").round()
    register(town, seat)
    done = Listening(seat).round()
    assert (done.agreed, done.applied, done.requests) == (True, 6, 2)


def test_an_old_hub_is_told_everything_in_full_and_in_plain_zstd(town: Town) -> None:
    seat = town.seats["village"]
    OldHub(seat).round()
    register_many(town, seat)
    dispute = first_dispute(seat)
    for words in (LONG, LONG.replace("老支书", "村文书")):
        seat.store.save([Edit("dispute", dispute, {"summary": words})], by=seat.person)
    assert OldHub(seat, "lost").round().agreed
    assert seat.store.waiting() == 0


def test_a_large_batch_is_primed_with_what_was_sent_before(town: Town) -> None:
    seat = town.seats["village"]
    register_many(town, seat)
    seat.exchange()
    register_many(town, seat, 30)
    road = Listening(seat)
    assert road.round().agreed
    label, _ = coding.unlabelled(road.bodies[0])
    assert (label.way, label.writer) == (coding.PPMD, seat.store.replica.standing().writer)
    assert label.last > label.first > 0


def test_a_hub_that_holds_another_context_is_told_plainly_and_nothing_is_lost(town: Town) -> None:
    seat = town.seats["village"]
    register_many(town, seat)
    seat.exchange()
    with town.hub._database.write() as connection:
        connection.execute(text("UPDATE link SET change_id = 'erased' WHERE n = (SELECT max(n) FROM link)"))
    register_many(town, seat, 30)
    road = Listening(seat)
    assert road.round().applied == 90
    assert [coding.is_enveloped(body) for body in road.bodies[:2]] == [True, False]


def test_a_long_text_changed_a_little_costs_little(town: Town) -> None:
    seat = town.seats["village"]
    dispute = tell_something_long(town, seat)
    told = {"summary": LONG.replace("老支书", "村文书", 1) + "已经通知到。"}
    seat.store.save([Edit("dispute", dispute, told)], by=seat.person)
    road = Listening(seat)
    assert road.round().agreed
    assert len(road.bodies[0]) < 450
    assert town.hub.standing_for(seat.place)["dispute"][dispute]["summary"] == told["summary"]


def test_two_who_edit_one_long_text_apart_meet_in_a_clash_and_both_texts_are_kept(town: Town) -> None:
    village, township = town.seats["village"], town.seats["town"]
    dispute = tell_something_long(town, village, township)
    mine, theirs = LONG + "村里补的。", LONG.replace("界石", "界桩")
    village.store.save([Edit("dispute", dispute, {"summary": mine})], by=village.person)
    township.store.save([Edit("dispute", dispute, {"summary": theirs})], by=township.person)
    village.exchange()
    road = Listening(township)
    done = road.round()
    assert (done.agreed, done.clashes) == (True, 1)
    assert len(road.bodies) == 2
    (clash,) = township.store.clashes(dispute)
    assert (clash.agreed.values["summary"], clash.aside.values["summary"]) == (mine, theirs)
