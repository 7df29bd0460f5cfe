"""The folder of one PC as the window needs it: who comes in, the first day, people, backups. No Qt widgets here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

from desktop.casework import calendar, holidays
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.exchange import enrolment
from desktop.casework.exchange.rounds import Exchange, RoundResult
from desktop.settings import Settings
from desktop.store import Damaged, Folder, Store, StoreKey, backup
from desktop.store.restoring import restore
from desktop.views.settings.house import BackupFacts
from desktop.views.unlock.door import Report, Visitor
from desktop.views.welcome.arrival import Newcomer, TakenIn
from sync.client.transport import HttpsTransport, Transport
from sync.records.ids import uuid7

_LOOK = "look.json"
_LOOK_KEYS = ("theme", "text_size")

Connect = Callable[[str, Path], Transport]


@dataclass(frozen=True, slots=True)
class Opened:
    """The open store, and the person who opened it."""

    store: Store
    key: StoreKey
    account: str
    name: str


@dataclass
class Premises:
    """The folder, the clock, the randomness, the way to the hub: all handed in. Answers `Door` and `Arrival`."""

    base: Folder
    now: Callable[[], datetime]
    random: Random
    connect: Connect = HttpsTransport
    place_name: str = ""
    settings: Settings = field(default_factory=Settings)
    _joined: enrolment.Joined | None = field(default=None, init=False)
    _opened: Opened | None = field(default=None, init=False)
    _line: Transport | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._calendar = calendar.load()
        self._summariser = Deadlines(self._calendar, self.settings).summariser()

    # -- the door -----------------------------------------------------------------------------------------------

    def visitors(self) -> list[Visitor]:
        """Who can come in; whoever sat here last stands first."""
        last = self._opened.account if self._opened else ""
        people = [
            Visitor(one.account, one.name, self._moment(one.locked_until_ms)) for one in self.base.people()
        ]
        return sorted(people, key=lambda one: one.account != last)

    def unlock(self, account: str, secret: str, report: Report) -> Opened:
        """Come in with one's secret. Raises LockError, OpenError, WriteError."""
        return self._enter(self._key(account, secret), account, report)

    def recover(self, code: str, account: str, secret: str, report: Report) -> Opened:
        """Come in with the recovery code, and set a new secret. Raises LockError, OpenError, WriteError."""
        key = self.base.recover(code)
        self.base.set_secret(key, account, self._name(account), secret)
        return self._enter(key, account, report)

    def restore(self, account: str, secret: str, report: Report) -> Opened:
        """Put the newest backup that reads well in place of the store, and come in. Raises Damaged when none does."""
        key = self._key(account, secret)
        problem: Damaged | None = None
        for chosen in backup.listed(self.base):
            try:
                restore(self.base, chosen, key)
            except Damaged as broken:
                problem = broken
            else:
                return self._enter(key, account, report)
        raise problem or Damaged("no backup")

    def is_restorable(self, error: Exception) -> bool:
        """Whether a backup would help."""
        return isinstance(error, Damaged) and bool(backup.listed(self.base))

    def _enter(self, key: StoreKey, account: str, report: Report) -> Opened:
        store = self._opened.store if self._opened else None
        if store is None:
            store = Store.open(self.base, key, summariser=self._summariser, progress=report)
            self.settings.load(store.setting)
            holidays.follow(store, self._calendar)
        self._opened = Opened(store, key, account, self._name(account))
        return self._opened

    # -- the first day ------------------------------------------------------------------------------------------

    def known_urls(self) -> Sequence[str]:
        """None yet: the address is on the district's paper."""
        return ()

    def enrol(self, url: str, code: str) -> TakenIn:
        """Show the one-time code to the district. Raises NotJoined."""
        self._joined = enrolment.enrol(self.base, url, code)
        people = tuple(Newcomer(one.id, one.name, one.post) for one in self._joined.people)
        return TakenIn(self._joined.place_name, people)

    def start(self, account: str, secret: str) -> str:
        """Make the store for its first person; the recovery code. Raises StoreError."""
        assert self._joined is not None
        person = next(one for one in self._joined.people if one.id == account)
        started = enrolment.start(self._joined, person, secret, summariser=self._summariser)
        key = self._key(account, secret)
        self._opened = Opened(started.store, key, account, person.name)
        holidays.follow(started.store, self._calendar)
        return started.recovery_code

    def first_round(self, stopped: Callable[[], bool]) -> RoundResult:
        """The first exchange."""
        return self.exchange().run(stopped)

    def opened(self) -> Opened:
        """What is open now."""
        assert self._opened is not None
        return self._opened

    # -- how the window looks before anybody came in ------------------------------------------------------------

    def recall_look(self) -> None:
        """Take colours and text size as they were last: they are no secret, and the door must be readable too."""
        with suppress(OSError, ValueError):
            kept = json.loads((self.base.path / _LOOK).read_text(encoding="utf-8"))
            self.settings.load(lambda key: kept.get(key) if key in _LOOK_KEYS else None)

    def keep_look(self) -> None:
        """Keep them beside the store for the next start. A disk that takes no writes is told elsewhere."""
        values = {key: self.settings.value(key) for key in _LOOK_KEYS}
        with suppress(OSError):
            (self.base.path / _LOOK).write_text(json.dumps(values), encoding="utf-8")

    # -- the desk -----------------------------------------------------------------------------------------------

    def desk(self) -> Desk:
        """The desk with the person who came in. Raises NotEnrolled."""
        opened, here = self.opened(), self.opened().store.desk()
        self.place_name = here.place_name
        record = opened.store.record("account", opened.account)
        known = {one.id: one for one in self._joined.people} if self._joined else {}
        roles = frozenset(known[opened.account].roles) if opened.account in known else frozenset[str]()
        return Desk(
            store=opened.store,
            account=Account.of(record) if record else Account(opened.account, opened.name, roles, here.place),
            place=here.place,
            device_number=here.number,
            now=self.now,
            ids=lambda: uuid7(self.base.around.clock_ms(), self.base.around.random_bytes),
            calendar=self._calendar,
            settings=self.settings,
            directory=Directory(opened.store),
        )

    def exchange(self) -> Exchange:
        """Rounds with the hub this desk enrolled at."""
        return Exchange(
            self.opened().store,
            self._connected,
            now=self.now,
            random=self.random,
            usual_minutes=lambda: self.settings.number("exchange_minutes"),
        )

    def leave(self) -> None:
        """Close the line and the store; the next one who comes in opens them anew."""
        self._hang_up()
        if self._opened:
            self._opened.store.close()
            self._opened = None

    # -- the house ----------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where everything of this PC lies."""
        return self.base.path

    def people(self) -> Sequence[Visitor]:
        """Who can open this PC."""
        return self.visitors()

    def candidates(self) -> Sequence[Newcomer]:
        """Accounts of this very place, in force, that cannot open this PC yet."""
        inside, today = {one.account for one in self.base.people()}, self.now().date().isoformat()
        store = self.opened().store
        records = store.records("account", {"place_code": store.desk().place})
        return [
            Newcomer(str(record["id"]), str(record["name"]), str(record.get("post") or ""))
            for record in records
            if record["id"] not in inside and _in_force(record, today)
        ]

    def add_person(self, person: Newcomer, secret: str) -> None:
        """Let a person in."""
        self.base.set_secret(self.opened().key, person.account, person.name, secret)

    def remove_person(self, account: str) -> None:
        """Shut the door for a person."""
        self.base.remove_person(self.opened().key, account)

    def change_secret(self, old: str, new: str) -> None:
        """A new secret for whoever sits here. Raises WrongSecret, LockedOut for a wrong old one."""
        opened = self.opened()
        key = self._key(opened.account, old)
        self.base.set_secret(key, opened.account, opened.name, new)

    def new_recovery_code(self) -> str:
        """A new recovery code; the old one opens nothing any more."""
        return self.base.new_recovery_code(self.opened().key)

    def backups(self) -> Sequence[BackupFacts]:
        """The backups there are, newest first."""
        return [self._facts(path) for path in backup.listed(self.base)]

    def back_up(self) -> BackupFacts:
        """Make one and check it. Raises NoSpace, Damaged."""
        return self._facts(self.opened().store.back_up())

    def restore_backup(self, chosen: BackupFacts) -> None:
        """Close the store and put the backup in its place. Raises NoSpace, Damaged: then the store stands."""
        key = self.opened().key
        self.leave()
        restore(self.base, chosen.path, key)

    def rejoin(self, code: str) -> str:
        """Join anew a district that has lost this PC; the name of the place. Raises NotJoined."""
        self._joined = enrolment.rejoin(self.opened().store, self.base, code)
        self._hang_up()
        return self._joined.place_name

    def verify(self) -> Sequence[str]:
        """What is wrong with the store, for support."""
        return self.opened().store.verify()

    def _hang_up(self) -> None:
        if isinstance(self._line, HttpsTransport):
            self._line.close()
        self._line = None

    def _connected(self) -> Transport:
        """One kept connection for all rounds."""
        if self._line is None:
            self._line = self.connect(self.opened().store.desk().hub_url, self.base.ca_file)
        return self._line

    def _facts(self, path: Path) -> BackupFacts:
        return BackupFacts(path, backup.made_at(path), path.stat().st_size)

    def _key(self, account: str, secret: str) -> StoreKey:
        return self.base.unlock(account, secret, now_ms=self.base.around.clock_ms())

    def _name(self, account: str) -> str:
        return next(one.name for one in self.base.people() if one.account == account)

    def _moment(self, ms: int) -> datetime | None:
        return datetime.fromtimestamp(ms / 1000, self.now().tzinfo) if ms else None


def _in_force(record: Mapping[str, object], today: str) -> bool:
    start, end = str(record.get("valid_from") or ""), str(record.get("valid_to") or "9999")
    return start <= today <= end and not record.get("void_at")
