"""A desk in 花所村 with a real store, and its office as the district would have told it. Everybody is invented."""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from random import Random

import pytest

from desktop.casework import calendar
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import Settings
from desktop.store import Argon, Edit, Folder, Store, Surroundings
from sync.records.ids import uuid7

VILLAGE, TOWNSHIP, DISTRICT = "620802107204", "620802107000", "620802000000"
NEIGHBOUR = "620802107205"
START = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
DIVISIONS = Path(__file__).parents[2] / "resources" / "divisions" / "divisions_620800.csv"

MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    """make_desk(name, place=…, roles=…) -> a desk with its own folder under tmp_path."""
    with ExitStack() as stack:

        def make(name: str = "花所村 电脑", *, place: str = VILLAGE, roles: tuple[str, ...] = ("village",)) -> Desk:
            return stack.enter_context(opened_desk(tmp_path / name, place, roles))

        yield make


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """The village's desk."""
    return make_desk()


@contextmanager
def opened_desk(path: Path, place: str, roles: tuple[str, ...]) -> Iterator[Desk]:
    """A desk set up in a folder, with time and chance that never surprise."""
    random, ticks = Random(str(path.name)), count(int(START.timestamp() * 1000))
    around = Surroundings(lambda: next(ticks), random.randbytes, lambda path: 1 << 40)
    folder, account = Folder(path, around, Argon(8, 1, 1)), uuid7(1, Random(7).randbytes)
    key, _ = folder.set_up(account, "柳建国", "一个密码 123")
    days, settings = calendar.load(), Settings()
    with Store.open(folder, key, summariser=Deadlines(days, settings).summariser()) as store:
        store.save(list(_office(account, place, roles)), by=account)
        yield Desk(
            store=store,
            account=Account(account, "柳建国", frozenset(roles), place),
            place=place,
            device_number=7,
            now=lambda: datetime.fromtimestamp(next(ticks) / 1000, START.tzinfo),
            ids=lambda: uuid7(next(ticks), random.randbytes),
            calendar=days,
            settings=settings,
            directory=Directory(store),
        )


ORG, MEDIATOR = (uuid7(n, Random(n).randbytes) for n in (2, 3))


def _office(account: str, place: str, roles: tuple[str, ...]) -> Iterator[Edit]:
    with DIVISIONS.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"].startswith("620802107"):
                fields = {**{name: row[name] for name in ("code", "name", "level")}, "valid_from": "2021-01-01"}
                yield Edit("place", row["code"], fields)
    yield Edit("account", account, {
        "name": "柳建国", "place_code": place, "roles": list(roles), "valid_from": "2021-01-01",
    })  # fmt: skip
    yield Edit("mediation_org", ORG, {
        "full_name": "花所村人民调解委员会", "short_name": "花所村", "kind": "村", "place_code": VILLAGE,
        "term_from": "2025-01-01", "status": "在用",
    })  # fmt: skip
    yield Edit("mediator", MEDIATOR, {
        "org_id": ORG, "place_code": VILLAGE, "name": "安秉义", "sex": "1", "role": "主任", "phone": "13809352207",
        "account_id": account, "valid_from": "2025-01-01",
    })  # fmt: skip
