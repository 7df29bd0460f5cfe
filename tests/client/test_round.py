"""One round over roads that fail in a set way: what is asked again, what is not, and when it gives up."""

from collections.abc import Callable, Mapping

import pytest

from desktop.store import Edit, marks
from sync.client.pace import PageSize
from sync.client.round import run_round
from sync.protocol.errors import Garbled, Halted, Unreachable
from tests.simulation.office_day import register, save
from tests.simulation.town import Seat, Town


class Scripted:
    """A road that does what its script says, crossing by crossing, and is good afterwards."""

    def __init__(self, seat: Seat, *script: str) -> None:
        self._road, self._script = seat.road, list(script)
        self.bodies: list[bytes] = []

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        self.bodies.append(body)
        act: Callable[[], bytes] = {
            "fine": lambda: self._road.post(path, body, headers),
            "cut": lambda: _raise(Unreachable("cut")),
            "lost": lambda: (self._road.post(path, body, headers), _raise(Unreachable("lost")))[1],
            "torn": lambda: self._road.post(path, body, headers)[:-7],
        }[self._script.pop(0) if self._script else "fine"]
        return act()


class Smallest(PageSize):
    """Never dares more than one change at a time."""

    def learn(self, moved_bytes: int, seconds: float) -> None:
        pass


def _raise(problem: Exception) -> bytes:
    raise problem


def test_a_noop_is_one_round_trip(town: Town) -> None:
    seat = town.seats["village"]
    seat.exchange()
    done = seat.exchange()
    assert (done.requests, done.agreed) == (1, True)


def test_pushing_a_little_and_reading_it_back_is_one_round_trip(town: Town) -> None:
    seat = town.seats["village"]
    register(town, seat)
    done = seat.exchange()
    assert (done.requests, done.applied, done.agreed) == (1, 3, True)


@pytest.mark.parametrize(("trouble", "requests"), [("cut", 3), ("lost", 2), ("torn", 2)])
def test_after_one_failure_the_same_round_goes_on(town: Town, trouble: str, requests: int) -> None:
    """It first asks what became of the batch, and sends it again only when it never arrived."""
    seat, page = town.seats["village"], PageSize(size_bytes=64 * 1024, changes=100)
    register(town, seat)
    done = run_round(seat.store.replica, Scripted(seat, trouble), clock_ms=seat.clock, page=page)
    assert done.agreed
    assert done.requests == requests
    assert seat.store.waiting() == 0


def test_three_failures_end_the_round_and_what_waits_still_waits(town: Town) -> None:
    seat = town.seats["village"]
    register(town, seat)
    with pytest.raises(Unreachable):
        run_round(seat.store.replica, Scripted(seat, "cut", "cut", "cut"), clock_ms=seat.clock)
    assert seat.store.waiting() == 3
    assert seat.exchange().agreed


def test_an_answer_torn_three_times_is_garbled_and_loses_nothing(town: Town) -> None:
    seat = town.seats["village"]
    register(town, seat)
    with pytest.raises(Garbled):
        run_round(seat.store.replica, Scripted(seat, "torn", "torn", "torn"), clock_ms=seat.clock)
    done = seat.exchange()
    assert done.agreed
    assert len({entry.change_id for entry in town.hub.journal()}) == len(town.hub.journal())


def test_pages_of_one_change_also_arrive(town: Town) -> None:
    village, town_desk = town.seats["village"], town.seats["town"]
    for _ in range(3):
        register(town, village)
    small = Smallest(size_bytes=1, changes=1)
    done = run_round(village.store.replica, village.road, clock_ms=village.clock, page=small)
    assert done.applied == 9
    assert done.requests >= 9
    assert run_round(town_desk.store.replica, town_desk.road, clock_ms=town_desk.clock, page=small).agreed


def test_a_revoked_desk_is_told_so_and_gets_nothing(town: Town) -> None:
    seat = town.seats["village"]
    register(town, town.seats["district"])
    town.seats["district"].exchange()
    town.hub.revoke(seat.store.desk().device, "电脑丢了")
    with pytest.raises(Halted) as halted:
        seat.exchange()
    assert halted.value.code == "revoked"


def test_a_store_that_differs_is_found_out_and_only_that_record_is_mended(town: Town) -> None:
    """What a bug or a bad disk might do: a record agreed at the hub is missing here, so the proofs differ."""
    seat = town.seats["village"]
    dispute = str(seat.store.records("dispute")[0]["id"])
    seat.store.replica.replace_records([dispute], [])
    assert seat.store.record("dispute", dispute) is None
    done = seat.exchange()
    assert done.agreed
    assert done.repaired >= 1
    assert seat.store.record("dispute", dispute) is not None
    assert seat.store.verify() == []


def test_a_record_that_is_as_old_as_ours_may_be_is_found_out_too(town: Town) -> None:
    """As many records on both sides, but one of them as it was before: a line of the feed has never come."""
    village, district = town.seats["village"], town.seats["district"]
    dispute = str(village.store.records("dispute")[0]["id"])
    save(district, Edit("dispute", dispute, {"resp_person": "王五"}))
    district.exchange()
    with village.store._database.writing() as connection:
        marks.put(connection, cursor=district.store.replica.standing().cursor)
    done = village.exchange()
    assert (done.agreed, done.repaired) == (True, 1)
    assert (village.store.record("dispute", dispute) or {})["resp_person"] == "王五"


def test_a_person_who_writes_during_the_round_does_not_spoil_the_proof(town: Town) -> None:
    seat = town.seats["village"]
    register(town, seat)
    dispute = str(seat.store.records("dispute")[0]["id"])

    class Interrupted(Scripted):
        def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
            if not self.bodies:
                seat.store.save([Edit("dispute", dispute, {"resp_person": "路上写的"})], by=seat.person)
            return super().post(path, body, headers)

    done = run_round(seat.store.replica, Interrupted(seat), clock_ms=seat.clock)
    assert done.agreed
    assert seat.store.waiting() == 0
