"""A small district of invented people: a hub in this process, and offices whose clerks do real casework.

Every PC has a clock of its own that may be wrong, and a road of its own that may be bad. The work goes through
`desktop.casework`, the rounds through `desktop.casework.exchange`, the hub answers with its own code.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.casework import calendar
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes import register
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.disputes.draft import Draft
from desktop.casework.exchange.rounds import Exchange, RoundResult
from desktop.settings import Settings
from desktop.store import Argon, Folder, Store, StoreKey, Surroundings
from sync.client import enrolment
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Unreachable
from sync.protocol.messages import Enrolled
from sync.records.field import Record
from sync.records.ids import uuid7
from sync.server.hub import Hub
from tests.simulation.road import Road

CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
DISTRICT, TOWN, VILLAGE, NEIGHBOUR = "620802000000", "620802107000", "620802107204", "620802107205"
PLACES = [
    (DISTRICT, "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村委会", 5), (NEIGHBOUR, "段沟村委会", 5),
]  # fmt: skip
CLERKS = {
    VILLAGE: ("马秀兰", ["village", "mediator"]), NEIGHBOUR: ("张秉义", ["village", "mediator"]),
    TOWN: ("赵文博", ["township", "mediator"]), DISTRICT: ("何建国", ["district"]),
}  # fmt: skip
SECRET = "只为测试的密码"
QUICK = Argon(memory_kib=8, passes=1, lanes=1)
CALENDAR = calendar.load()


@dataclass
class District:
    """The hub and the offices that were opened, with the one true time."""

    path: Path
    now: datetime = MONDAY
    random: Random = field(default_factory=lambda: Random(7))
    clerks: dict[str, str] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    hub_clock_error: timedelta = timedelta()
    home_of: Callable[[Path], str] = lambda path: ""
    """By what a PC knows its file from a copy; nothing, as on a disk that was cloned whole."""

    def __post_init__(self) -> None:
        self.hub = self.open_hub()
        self.hub.initialise(DISTRICT, PLACES)
        for place, (name, roles) in CLERKS.items():
            account = self.clerks[place] = self.hub.add_account(name, place, roles, post=PLACES_NAMED[place])
            if "mediator" in roles:
                self._committee(place, name, account)

    def office(self, place: str) -> Office:
        """A PC at a place, enrolled, with everything it may know already on it."""
        office = Office(self, place, self.path / f"{PLACES_NAMED[place]} 电脑 {len(self.offices)}")
        self.offices.append(office)
        office.enrol()
        assert office.exchange().state == "agreed"
        return office

    def wait(self, **span: float) -> None:
        """Time passes everywhere."""
        self.now += timedelta(**span)

    def clock_ms(self) -> int:
        """The true time; it never stands still."""
        self.now += timedelta(milliseconds=1)
        return round(self.now.timestamp() * 1000)

    def hub_ms(self) -> int:
        """What the clock of the hub shows."""
        return self.clock_ms() + round(self.hub_clock_error.total_seconds() * 1000)

    def back_up(self) -> Path:
        """A copy of the hub's file, as the district makes one every night."""
        self.hub.close()
        copy = self.path / "昨夜的备份.db"
        shutil.copyfile(self.path / "hub.db", copy)
        self.hub = self.open_hub()
        return copy

    def restore(self, copy: Path) -> None:
        """The disk broke: the hub goes on from a copy, under a new epoch."""
        self.hub.close()
        for old in self.path.glob("hub.db*"):
            old.unlink()
        shutil.copyfile(copy, self.path / "hub.db")
        self.hub = self.open_hub()
        self.hub.new_epoch()

    def come_to_rest(self) -> None:
        """Good roads: everybody exchanges until nobody has anything left to say, and all agree."""
        for _ in range(6):
            results = [office.exchange() for office in self.offices]
            if all(r.state == "agreed" and not (r.applied or r.received) for r in results):
                break
        for office in self.offices:
            office.agrees()
        assert self.hub.verify() == []

    def close(self) -> None:
        """Everybody goes home."""
        for office in self.offices:
            office.store.close()
        self.hub.close()

    def open_hub(self) -> Hub:
        """The hub on its file."""
        url = f"sqlite:///{self.path / 'hub.db'}"
        return Hub.open(url, clock_ms=self.hub_ms, random_bytes=self.random.randbytes)

    def _committee(self, place: str, name: str, account: str) -> None:
        org = self.hub.add("mediation_org", {
            "full_name": f"{PLACES_NAMED[place]}人民调解委员会", "short_name": PLACES_NAMED[place][:2], "kind": "村",
            "place_code": place, "term_from": "2025-01-01", "status": "在用",
        })  # fmt: skip
        self.hub.add("mediator", {
            "org_id": org, "place_code": place, "name": name, "sex": "2", "role": "委员", "phone": "13809350000",
            "account_id": account, "valid_from": "2020-01-01",
        })  # fmt: skip


PLACES_NAMED = {code: name.removesuffix("委会") for code, name, _ in PLACES}


@dataclass
class Office:
    """One PC: its folder, its store, its road, whether it has a line at all, and how far its clock is off."""

    district: District
    place: str
    path: Path
    clock_error: timedelta = timedelta()
    has_line: bool = True

    def __post_init__(self) -> None:
        self.random = Random(str(self.path))
        self.road = Road(lambda: self.district.hub.handle, self.random)
        around = Surroundings(self.clock_ms, self.random.randbytes, lambda _: 1 << 40, self.district.home_of)
        self.folder = Folder(self.path, around, QUICK)

    @property
    def clerk(self) -> str:
        """The account of who works here."""
        return self.district.clerks[self.place]

    def enrol(self) -> None:
        """Join with a one-time code, and set up the store for the clerk."""
        enrolled, device = self._show_code()
        key, _ = self.folder.set_up(self.clerk, CLERKS[self.place][0], SECRET)
        self.open(key)
        self.store.enrol(enrolled, device, "https://hub.invalid")

    def join_again(self) -> None:
        """Join with a new code, keeping everything that is here."""
        self.store.enrol(*self._show_code(), "https://hub.invalid")

    def _show_code(self) -> tuple[Enrolled, Ed25519PrivateKey]:
        code = EnrolmentCode.read(self.district.hub.make_code(self.place))
        device = Ed25519PrivateKey.from_private_bytes(self.random.randbytes(32))
        public = encode(device.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        return enrolment.enrol(self.road, code, self.path.name, public), device

    def open(self, key: StoreKey | None = None) -> None:
        """Unlock and open the store; the exchange begins anew with it."""
        key = key or self.folder.unlock(self.clerk, SECRET, now_ms=self.clock_ms())
        settings = Settings()
        self.store = Store.open(self.folder, key, summariser=Deadlines(CALENDAR, settings).summariser())
        self.rounds = Exchange(self.store, lambda: self, now=self.time, random=self.random)
        self.settings, self.directory = settings, Directory(self.store)

    def sit(self) -> Desk:
        """The desk with its clerk."""
        record = self.store.record("account", self.clerk)
        assert record is not None
        return Desk(
            store=self.store, account=Account.of(record), place=self.place, device_number=self.store.desk().number,
            now=self.time, ids=self.new_id, calendar=CALENDAR, settings=self.settings, directory=self.directory,
        )  # fmt: skip

    def exchange(self) -> RoundResult:
        """One round, as the timer or 立即同步 would run it."""
        return self.rounds.run()

    def exchange_badly(self, tries: int = 40) -> RoundResult:
        """Rounds over a road that cuts, loses answers and delivers twice, until one comes to its end."""
        self.road.trouble = 0.5
        try:
            return next(result for _ in range(tries) if (result := self.exchange()).state == "agreed")
        finally:
            self.road.trouble = 0.0

    def time(self) -> datetime:
        """What the clock of this PC shows."""
        return self.district.now + self.clock_error

    def clock_ms(self) -> int:
        """The same in ms; reading it takes a moment."""
        return self.district.clock_ms() + round(self.clock_error.total_seconds() * 1000)

    def new_id(self) -> str:
        """A fresh record id."""
        return uuid7(self.clock_ms(), self.random.randbytes)

    def dispute(self, dispute_id: str) -> Record:
        """A dispute as it is seen here."""
        record = self.store.record("dispute", dispute_id)
        assert record is not None, f"{dispute_id} is not at {self.path.name}"
        return record

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The way to the hub, when there is one."""
        if not self.has_line:
            raise Unreachable("no line")
        return self.road.post(path, body, headers)

    def agrees(self) -> None:
        """Nothing waits here, and what is held is field for field what the hub holds for this place."""
        assert self.store.verify() == []
        assert self.store.waiting() == 0
        theirs = self.district.hub.standing_for(self.place)
        for kind in ("dispute", "party", "session", "agreement", "follow_up", "supplement"):
            ours = {str(r.pop("id")): r for r in self.store.records(kind)}
            assert ours == theirs.get(kind, {}), (self.path.name, kind)


def filled(desk: Desk, *names: str, **more: Any) -> Draft:
    """A registration with everything answered: two invented neighbours, water from the eaves."""
    first, second = names or ("王有福", "李建军")
    answers: Mapping[str, Any] = {
        "source": "12", "place_code": VILLAGE, "zz_type": "0902", "people_count": 2, "scale": "01",
        "difficulty": "简单", "risk": "低", "summary": "雨水顺檐口流到后墙，要求改道。",
        "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False,
        "told": {"consent": True, "form": "口头"},
    }  # fmt: skip
    parties = [{"side": side, "kind": "自然人", "name": name} for side, name in (("甲", first), ("乙", second))]
    return {**register.blank(desk), **answers, "parties": parties, **more}


def registered(desk: Desk, *names: str, **more: Any) -> str:
    """The id of a dispute just registered and accepted."""
    return register.register(desk, filled(desk, *names, **more), accept=True).id
