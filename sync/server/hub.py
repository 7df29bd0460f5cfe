"""The hub as one object: what its routes, its command line and the tests call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync.protocol import limits
from sync.protocol.carrier import Parcel, Passed, Unfit
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Garbled
from sync.protocol.messages import Code, Enrol, Enrolled, MakeCode
from sync.protocol.packing import pack, unpack
from sync.records.field import Record
from sync.records.ids import uuid7
from sync.server import charter, district_tables, enrolment, merging, reports, shelving, verify
from sync.server.access import Halt
from sync.server.carrier import CarrierKey, Counter, Handled
from sync.server.charter import Charter, NotFounded
from sync.server.database import Database
from sync.server.exchange import Exchange, reads
from sync.server.files import FileDoor, faults
from sync.server.offices import import_rows, write_places
from sync.server.shelf import Shelf
from sync.server.stock import Stockroom
from sync.server.turn import HUB, Turn, day_of, moment_of

DOORS = {
    "/exchange": "POST",
    "/compare": "POST",
    "/parcel": "POST",
    "/stock": "POST",
    "/enrol": "POST",
    "/code": "POST",
    "/ca": "GET",
    "/hello": "GET",
}
"""Path -> HTTP method."""
_STRANGER = 16 * 1024
"""Bytes of a message, unpacked, from somebody nobody vouches for yet."""
_NO_CODE = {"revoked": "这台电脑已停用，不能开入网码。", "forked": "请先交换一次，再开入网码。"}
_DAY_MS = 24 * 3600 * 1000
_LEVEL = 6
"""zstd level of answers: a busy hub compresses more quickly than a desk."""


class Hub:
    """A district hub over a database that was founded.

    clock_ms: wall clock in ms. random_bytes: as os.urandom. new_id: makes UUIDv7 record ids.
    ca_pem: the certificate desks will pin; empty when nobody connects over TLS. shelf: where files lie; None for
    a hub that takes none.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock_ms: Callable[[], int],
        random_bytes: Callable[[int], bytes],
        new_id: Callable[[], str],
        ca_pem: bytes = b"",
        shelf: Shelf | None = None,
    ) -> None:
        self._database = database
        self._clock_ms = clock_ms
        self._random_bytes = random_bytes
        self._new_id = new_id
        self._ca_pem = ca_pem
        self._carrier_key = CarrierKey(database, random_bytes)
        self._exchange = Exchange(database, clock_ms, self._carrier_key.public, new_id)
        self._counter = Counter(database, self._exchange, self._carrier_key, random_bytes)
        self._shelf = shelf
        self.file_door = FileDoor(database, shelf, clock_ms) if shelf else None
        self._stockroom = Stockroom(database, self._exchange, clock_ms)

    @classmethod
    def open(
        cls,
        url: str | URL,
        *,
        clock_ms: Callable[[], int],
        random_bytes: Callable[[int], bytes],
        ca_pem: bytes = b"",
        shelf: Shelf | None = None,
    ) -> Hub:
        """The hub in the database at that URL, founded or not yet."""
        new_id = partial(_uuid_now, clock_ms, random_bytes)
        return cls(
            Database(url), clock_ms=clock_ms, random_bytes=random_bytes, new_id=new_id, ca_pem=ca_pem, shelf=shelf
        )

    def initialise(self, district: str, areas: Iterable[tuple[str, str, int]] = ()) -> None:
        """Make this database the hub of a district, with its places (code, name, level 1-5).

        Raises NotFounded when it is a hub already, ValueError on a bad code.
        """
        self._database.create()
        with self._database.write() as connection:
            charter.found(connection, district, self._random_bytes)
            with self._turn_on(connection) as turn:
                write_places(turn, areas)

    def add_tables(self) -> None:
        """Make the tables a newer program brings."""
        self._database.create()

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def handle(self, path: str, body: bytes, headers: Mapping[str, str], peer: str = "") -> tuple[int, bytes]:
        """The very code behind the routes: HTTP status and body for one request. `peer` is the caller's address."""
        if path not in DOORS:
            return 404, b"no such door"
        try:
            return 200, self._answer(path, body, headers, peer)
        except Garbled as problem:
            return 413 if str(problem) == "too large" else 400, str(problem).encode()
        except RecursionError:
            return 400, b"too deep"
        except (DBAPIError, PoolTimeout):
            return 503, b"busy"
        except NotFounded:
            return 503, b"no hub yet"

    def charter(self) -> Charter:
        """The hub's id, epoch and district."""
        with self._database.read() as connection:
            return charter.read_charter(connection)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """The floor: several of the hub's own changes in one transaction."""
        with self._database.write() as connection, self._turn_on(connection) as turn:
            yield turn

    @contextmanager
    def _turn_on(self, connection: Connection) -> Iterator[Turn]:
        turn = Turn(connection, charter.read_charter(connection).district, self._clock_ms())
        yield turn
        turn.flush()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the database, for `reports`."""
        with self._database.read() as connection:
            yield connection

    def add(self, kind: str, fields: Record, record: str = "") -> str:
        """A new record of the hub's own making; its id. Raises Refused."""
        record = record or self._new_id()
        with self.turn() as turn:
            turn.write_own(kind, record, fields)
        return record

    def change(self, kind: str, record: str, fields: Record) -> None:
        """Change some fields of a record. Raises Refused."""
        with self.turn() as turn:
            turn.write_own(kind, record, fields)

    def add_account(
        self, name: str, place: str, roles: Sequence[str], *, post: str = "", valid_from: str = ""
    ) -> str:
        """An account that may work at `place` from a day on (today when not said); its id. Raises Refused."""
        start = valid_from or day_of(self._clock_ms())
        fields: Record = {"name": name, "place_code": place, "roles": list(roles), "valid_from": start}
        return self.add("account", {**fields, "post": post} if post else fields)

    def end_account(self, account: str, last_day: str) -> None:
        """The account works until that day and no longer. Raises Refused."""
        self.change("account", account, {"valid_to": last_day})

    def make_code(self, place: str, by: str = HUB) -> str:
        """A one-time enrolment code, as printed, for a place of the district. Raises ValueError."""
        return self._new_code(place, by).code

    def revoke(self, device: str, reason: str) -> None:
        """No more exchange with this device. Raises Refused."""
        self.change("device", device, {"revoked_at": moment_of(self._clock_ms()), "revoked_reason": reason})

    def readmit(self, device: str) -> None:
        """A device that was revoked may exchange again, so that what is unsent on it can be saved. Raises Refused."""
        self.change("device", device, {"revoked_at": None, "revoked_reason": None})

    def allow_many(self, device: str) -> None:
        """For a day this device may strike out as many disputes as it wants. Raises Refused."""
        self.change("device", device, {"many_until": moment_of(self._clock_ms() + _DAY_MS)})

    def merge_place(self, old: str, new: str, first_day: str) -> merging.Merger:
        """From that day on `old` is part of `new`: records, people and desks go along. Raises Unclear and Refused."""
        with self.turn() as turn:
            return merging.merge(turn, old, new, first_day)

    def keep_years(self, retention: str, years: int | None) -> None:
        """After how many years disputes of a retention class leave the desks; None is never. Raises Refused."""
        with self.turn() as turn:
            shelving.set_years(turn, retention, years, self._new_id())

    def due_for_shelf(self) -> list[str]:
        """The disputes `shelve` would take off the desks today."""
        with self._database.read() as connection:
            return shelving.due(connection, self._clock_ms())

    def shelve(self) -> int:
        """Take what is old and done off the desks by the district's rule; how many disputes. Raises Refused."""
        with self.turn() as turn:
            found = shelving.due(turn.connection, self._clock_ms())
            shelving.shelve(turn, found)
            return len(found)

    def new_epoch(self) -> str:
        """To be called after the database was restored: all desks read anew and offer their changes again."""
        with self._database.write() as connection:
            return charter.renew_epoch(
                connection, self._random_bytes, self._clock_ms(), day_of(self._clock_ms())
            )

    def prepare_stock(self) -> int:
        """Make the pages of current state that new desks will ask for; how many were made."""
        return self._stockroom.prepare()

    def verify(self) -> list[str]:
        """What in the database does not follow from the journal; empty when all is well."""
        with self._database.read() as connection:
            return verify.faults(connection) + (faults(connection, self._shelf) if self._shelf else [])

    def journal(self) -> list[reports.JournalLine]:
        """Every accepted change, in order."""
        with self._database.read() as connection:
            return list(reports.journal(connection))

    def refusals(self) -> list[reports.RefusalLine]:
        """Every refused change, oldest first."""
        with self._database.read() as connection:
            return list(reports.refusals(connection))

    def refused_ids(self) -> list[str]:
        """Ids of every refused change."""
        return [line.change_id for line in self.refusals()]

    def standing_for(self, place: str) -> dict[str, dict[str, Record]]:
        """What a desk at that place should hold: type -> record id -> fields."""
        with self._database.read() as connection:
            return reports.standing_for(connection, place)

    def open_codes(self) -> list[enrolment.OpenCode]:
        """Enrolment codes that may still be used."""
        with self._database.read() as connection:
            return enrolment.open_codes(connection, self._clock_ms())

    def take_file(self, path: Path) -> int:
        """Take in a JSON Lines file of records, all or none; how many. Raises Unclear naming the line."""
        with self.turn() as turn:
            return import_rows(turn, path, self._new_id)

    def take_holidays(self, file: Path) -> int:
        """Take in a year's holidays from JSON; which year. Raises Unclear."""
        with self.turn() as turn:
            return district_tables.take_holidays(turn, file, self._new_id)

    def take_papers(self, folder: Path) -> int:
        """Take in a folder of paper templates; how many. Raises Unclear."""
        with self.turn() as turn:
            return district_tables.take_papers(turn, folder, self._new_id)

    def take_subsidies(self, file: Path) -> int:
        """Take in a CSV of subsidy rates; how many. Raises Unclear."""
        with self.turn() as turn:
            return district_tables.take_subsidies(turn, file, self._new_id)

    def take_pouch(self, raw: bytes) -> Handled:
        """Take in a carrier file a desk wrote, and seal its receipt. Raises Unfit."""
        return self._counter.take(raw)

    def _new_code(self, place: str, by: str) -> Code:
        with self.turn() as turn:
            secret, until = enrolment.make_secret(turn, place, by, self._random_bytes)
        return Code(EnrolmentCode.write(secret, self._ca_der()), day_of(until))

    def _answer(self, path: str, body: bytes, headers: Mapping[str, str], peer: str) -> bytes:
        if len(body) > limits.BODY:
            raise Garbled("too large")
        if path == "/exchange":
            return self._exchange.reply(path, body, headers)
        if path == "/compare":
            return pack(self._exchange.compared(path, body, headers), _LEVEL)
        if path == "/parcel":
            return pack(self._parcel(path, body, headers), _LEVEL)
        if path == "/stock":
            return self._stockroom.answer(path, body, headers)
        if path == "/enrol":
            return pack(self._enrol(unpack(body, Enrol, _STRANGER), peer), _LEVEL)
        if path == "/code":
            return pack(self._code(path, body, headers), _LEVEL)
        return self._ca_pem if path == "/ca" else self._hello()

    def _enrol(self, enrol: Enrol, peer: str) -> Enrolled:
        now = self._clock_ms()
        try:
            with self._database.read() as connection:
                enrolment.check_tries(connection, peer, now)
            with self.turn() as turn:
                taken = enrolment.take_in(turn, enrol, self._new_id)
                place = turn.agreed.of_type(taken.place, "place")
        except enrolment.WrongCode as wrong:
            with self._database.note() as connection:
                enrolment.count_wrong(connection, self.charter().district, peer, now)
            return Enrolled(refused=str(wrong))
        except enrolment.NotEnrolled as problem:
            return Enrolled(refused=str(problem))
        with self._database.read() as connection:
            own = charter.read_charter(connection)
            people = enrolment.people(connection, taken.place, day_of(now))
        name = str(place.fields["name"]) if place else ""
        known = (own.hub, own.epoch, taken.device, taken.number, taken.place, name)
        return Enrolled(*known, people, reads=reads(), carrier=self._carrier_key.public())

    def _parcel(self, path: str, body: bytes, headers: Mapping[str, str]) -> Passed:
        """Another desk's pouch, brought by an enrolled desk that cannot read it."""
        try:
            parcel, _ = self._exchange.admit(path, body, headers, Parcel)
            return Passed(self._counter.take(parcel.file, parcel.room).receipt)
        except Halt as halt:
            return Passed(halt=halt.code)
        except Unfit as unfit:
            return Passed(unfit=unfit.reason)

    def _code(self, path: str, body: bytes, headers: Mapping[str, str]) -> Code:
        try:
            ask, desk = self._exchange.admit(path, body, headers, MakeCode)
            with self._database.read() as connection:
                if not enrolment.may_make_codes(connection, desk.place, ask.by, day_of(self._clock_ms())):
                    return Code(refused="只有区里的管理员能开入网码。")
            return self._new_code(ask.place, ask.by)
        except Halt as halt:
            return Code(refused=_NO_CODE.get(halt.code, "请再试一次。"))
        except ValueError as problem:
            return Code(refused=str(problem))

    def _hello(self) -> bytes:
        own = self.charter()
        return msgspec.json.encode({"hub": own.hub, "district": own.district, "clock": self._clock_ms()})

    def _ca_der(self) -> bytes:
        if not self._ca_pem:
            return b""
        return x509.load_pem_x509_certificate(self._ca_pem).public_bytes(Encoding.DER)


def _uuid_now(clock_ms: Callable[[], int], random_bytes: Callable[[int], bytes]) -> str:
    return uuid7(clock_ms(), random_bytes)
