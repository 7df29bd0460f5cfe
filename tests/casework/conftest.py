"""A township desk with a real store, its office as the district would have told it, and a clock in the hand.

Everybody is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.casework import calendar
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes import register
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import Settings
from desktop.store import Argon, Edit, Folder, Store, Surroundings
from sync.records.dispute import DISPUTE
from sync.records.field import Record
from sync.records.ids import uuid7

CHINA = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 10, 42, tzinfo=CHINA)
TOWN, VILLAGE, NEIGHBOUR = "620802107000", "620802107204", "620802107205"
CLERK, COLLEAGUE, VILLAGER, HOST, HELPER, COMMITTEE = (uuid7(n, Random(n).randbytes) for n in range(1, 7))


@dataclass
class Office:
    """One PC in a folder of its own: its store, its clock, and whoever sits at it."""

    path: Path
    now: datetime = MONDAY
    random: Random = field(default_factory=lambda: Random(7))
    place: str = TOWN
    with_officials: bool = True
    stack: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.calendar, self.settings = calendar.load(), Settings()
        around = Surroundings(self.clock_ms, self.random.randbytes, lambda _: 1 << 40)
        folder = Folder(self.path, around, Argon(64, 1, 1))
        key, _ = folder.set_up(CLERK, "马秀兰", "密码 一二三")
        summariser = Deadlines(self.calendar, self.settings).summariser()
        self.store = self.stack.enter_context(Store.open(folder, key, summariser=summariser))
        if self.with_officials:
            self.store.save([*_places(), *(Edit(*row) for row in officials())], by=CLERK)
        self.directory = Directory(self.store)

    def clock_ms(self) -> int:
        """The wall clock; it never stands still."""
        self.now += timedelta(milliseconds=1)
        return round(self.now.timestamp() * 1000)

    def new_id(self) -> str:
        """A fresh record id."""
        return uuid7(self.clock_ms(), self.random.randbytes)

    def sit(self, account: str = "", *roles: str, place: str = "") -> Desk:
        """The desk with that person at it."""
        record = self.store.record("account", account or CLERK)
        assert record is not None
        person = Account.of({**record, "roles": list(roles) or record["roles"]})
        return Desk(
            store=self.store,
            account=person,
            place=place or self.place,
            device_number=7,
            now=lambda: self.now,
            ids=self.new_id,
            calendar=self.calendar,
            settings=self.settings,
            directory=self.directory,
        )

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def new_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Opens offices, each in a folder with Chinese and a blank in its name, and closes them."""
    with ExitStack() as stack:

        def make(name: str = "枫桥 工作台", **more: Any) -> Office:
            office = Office(tmp_path / name, **more)
            stack.enter_context(office.stack)
            return office

        yield make


@pytest.fixture
def office(new_office: Callable[..., Office]) -> Office:
    """The township's office."""
    return new_office()


@pytest.fixture
def desk(office: Office) -> Desk:
    """马秀兰 at the township's desk."""
    return office.sit()


def filled(desk: Desk, **more: Any) -> register.Draft:
    """A registration with everything answered: 王有福 and 李建军, water from the eaves."""
    names = more.pop("names", ("王有福", "李建军"))
    parties = [{"side": side, "kind": "自然人", "name": name} for side, name in zip(("甲", "乙"), names, strict=True)]
    return {
        **register.blank(desk),
        "source": "12", "place_code": VILLAGE, "zz_type": "0902", "people_count": 2, "scale": "01",
        "difficulty": "简单", "risk": "高", "summary": "雨水顺檐口流到王有福家后墙，要求改道。",
        "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False,
        "title": f"{names[0]}与{names[1]}宅基地排水纠纷", "parties": parties,
        "told": {"consent": True, "form": "口头"},
        **more,
    }  # fmt: skip


def registered(desk: Desk, *, accept: bool = True, **more: Any) -> str:
    """The id of a dispute just registered."""
    return register.register(desk, filled(desk, **more), accept=accept).id


def many(desk: Desk, count: int) -> list[str]:
    """Ids of plain registrations without parties, stored in one save."""
    given = {name: value for name, value in filled(desk).items() if name in DISPUTE.by_name}
    own = {"found_by": desk.account.id, "first_contact_id": desk.account.id, "first_contact_at": desk.moment()}
    ids = [desk.ids() for _ in range(count)]
    desk.save([Edit("dispute", i, {**given, **own, "matter_code": i, "status": "10"}) for i in ids])
    return ids


def dispute(desk: Desk, dispute_id: str) -> Record:
    """The dispute as a person sees it."""
    record = desk.store.record("dispute", dispute_id)
    assert record is not None
    return record


def only(desk: Desk, kind: str, dispute_id: str) -> Record:
    """The only child of a kind."""
    (record,) = desk.store.children(kind, dispute_id)
    return record


def officials() -> Iterator[tuple[str, str, Record]]:
    """(type, id, fields) of the people and the committee of the township."""
    for account, name, role, post in (
        (CLERK, "马秀兰", "township", "镇综治中心"),
        (COLLEAGUE, "赵文博", "justice", "镇司法所"),
        (VILLAGER, "李玉梅", "village", "花所村"),
    ):
        place = VILLAGE if account == VILLAGER else TOWN
        yield "account", account, {
            "name": name, "post": post, "place_code": place, "roles": [role], "valid_from": "2021-01-01",
        }  # fmt: skip
    yield "mediation_org", COMMITTEE, {
        "full_name": "花所镇人民调解委员会", "short_name": "花所", "kind": "乡镇街道", "place_code": TOWN,
        "term_from": "2025-01-01", "status": "在用",
    }  # fmt: skip
    for mediator, name, account in ((HOST, "马秀兰", CLERK), (HELPER, "赵文博", COLLEAGUE)):
        yield "mediator", mediator, {
            "org_id": COMMITTEE, "place_code": TOWN, "name": name, "sex": "2", "role": "委员",
            "phone": "13809350000", "account_id": account, "valid_from": "2025-01-01",
        }  # fmt: skip


def _places() -> Iterator[Edit]:
    for code, name, level in ((TOWN, "花所镇", "4"), (VILLAGE, "花所村委会", "5"), (NEIGHBOUR, "高寨村委会", "5")):
        yield Edit("place", code, {"code": code, "name": name, "level": level, "valid_from": "2021-01-01"})
