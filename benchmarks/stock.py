"""A district desk with a large stock of invented disputes, for the benchmarks.

It is filled through the door the exchange uses (`Replica.take`), so it holds what a real desk holds: agreed states,
the change log, tallies, lists, search index. Building takes minutes; it is kept in a cache folder and used again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.casework import calendar
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes.deadlines import Deadlines
from desktop.demo.ledger import STORIES, invented_name, invented_phone
from desktop.settings import Settings
from desktop.store import Folder, Store, StoreKey, surroundings
from sync.protocol.chain import change_id
from sync.protocol.messages import Answer, Change, Enrolled, Entry
from sync.records import codes
from sync.records.field import Record
from sync.records.ids import uuid7
from sync.server.commands.acts import divisions_file
from sync.server.offices import read_divisions

CHINA = timezone(timedelta(hours=8))
DISTRICT, CLERK, SECRET = "620802000000", "01a00000-0000-7000-8000-000000000001", "只为测量的口令"
DISPUTES = 200_000
TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
DAYS = 5 * 365
PAGE = 500
"""Disputes stored in one transaction while building."""
SHARES = (("70", 0.90), ("30", 0.03), ("10", 0.01), ("40", 0.01), ("60", 0.01), ("50", 0.03), ("90", 0.01))


@dataclass(frozen=True)
class Stock:
    """A folder that holds a large store, and what it is unlocked with."""

    folder: Folder
    disputes: int

    def key(self) -> StoreKey:
        """The key, as the clerk unlocks it."""
        return self.folder.unlock(CLERK, SECRET, now_ms=self.folder.around.clock_ms())

    def open(self) -> Store:
        """The open store."""
        return Store.open(self.folder, self.key(), summariser=Deadlines(calendar.load(), Settings()).summariser())


def cache_from_line() -> tuple[Path, int]:
    """--cache FOLDER and --disputes N of this program's command line, or their defaults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "fengqiao-benchmarks")
    parser.add_argument("--disputes", type=int, default=DISPUTES)
    given, _ = parser.parse_known_args()
    return given.cache, given.disputes


def stock(cache: Path, disputes: int) -> Stock:
    """The stock of that size in the cache, built when it is not there; says how long that took."""
    path = cache / f"{disputes} 件"
    found = Stock(Folder(path, surroundings.real()), disputes)
    ready = path / "ready"
    if not ready.exists():
        shutil.rmtree(path, ignore_errors=True)
        started = time.monotonic()
        _build(found)
        ready.write_text(f"{time.monotonic() - started:.0f}", encoding="ascii")
    started = time.monotonic()
    found.open().close()
    print(f"stock: opened in {time.monotonic() - started:.1f} s")
    size = found.folder.file.stat().st_size / 2**20
    print(f"stock: {disputes:,} disputes, {size:,.0f} MB, built in {ready.read_text(encoding='ascii')} s, in {path}")
    return found


def desk_at(store: Store) -> Desk:
    """The district's desk with its clerk, in November 2026."""
    record = store.record("account", CLERK)
    assert record is not None
    return Desk(
        store=store, account=Account.of(record), place=DISTRICT, device_number=1, now=lambda: TODAY,
        ids=lambda: uuid7(time.time_ns() // 1_000_000, os.urandom), calendar=calendar.load(), settings=Settings(),
        directory=Directory(store),
    )  # fmt: skip


def _build(made: Stock) -> None:
    key, _ = made.folder.set_up(CLERK, "何建国", SECRET)
    summariser = Deadlines(calendar.load(), Settings()).summariser()
    with Store.open(made.folder, key, summariser=summariser) as store:
        device = Ed25519PrivateKey.from_private_bytes(bytes(32))
        here = Enrolled("hub", "epoch", "device", 1, DISTRICT, "崆峒区", [])
        store.enrol(here, device, "https://hub.invalid")
        feed = _Feed(Random(1))
        store.replica.take(feed.answer(list(feed.offices())), None, [])
        for first in range(0, made.disputes, PAGE):
            some = range(first, min(first + PAGE, made.disputes))
            entries = [entry for n in some for entry in feed.dispute(n / made.disputes)]
            store.replica.take(feed.answer(entries), None, [])
            if first % 20_000 == 0:
                print(f"  building: {first:,} of {made.disputes:,}", flush=True)


class _Feed:
    """The entries a hub would send, in order."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._no = 0
        self._at = 0
        self._places = read_divisions(divisions_file(), DISTRICT)
        self._villages = [code for code, _, level in self._places if level == 5]
        self._clerks = [self._id() for _ in range(40)]
        self._mediators = [self._id() for _ in range(200)]

    def answer(self, entries: list[Entry]) -> Answer:
        """A page with these entries."""
        return Answer("epoch", self._at, cursor=self._no, entries=entries, more=True)

    def offices(self) -> Iterator[Entry]:
        """Places, people and committees."""
        self._at = _ms(TODAY - timedelta(days=DAYS + 1))
        for code, name, level in self._places:
            fields: Record = {"code": code, "name": name, "level": str(level), "valid_from": "2020-01-01"}
            yield self._entry("place", code, fields, "*")
        for account in (CLERK, *self._clerks):
            name = "何建国" if account == CLERK else invented_name(self._random)
            roles = ["district"] if account == CLERK else ["township"]
            fields = {"name": name, "place_code": DISTRICT, "roles": roles, "valid_from": "2020-01-01"}
            yield self._entry("account", account, fields, "*")
        self._org = self._id()
        org = {"full_name": "崆峒区人民调解委员会", "short_name": "崆峒", "kind": "乡镇街道", "place_code": DISTRICT,
               "term_from": "2025-01-01", "status": "在用"}  # fmt: skip
        yield self._entry("mediation_org", self._org, org, "*")
        for mediator in self._mediators:
            fields = {"org_id": self._org, "place_code": DISTRICT, "name": invented_name(self._random), "sex": "1",
                      "role": "委员", "phone": "13809350000", "valid_from": "2020-01-01"}  # fmt: skip
            yield self._entry("mediator", mediator, fields, f"^{DISTRICT}")

    def dispute(self, share: float) -> Iterator[Entry]:
        """One dispute with its parties, and for one in ten a session; `share` of the years has gone by."""
        day = (TODAY - timedelta(days=DAYS * (1 - share))).date()
        self._at = max(self._at + 1, _ms(datetime.combine(day, datetime.min.time(), CHINA)))
        dispute, names = self._id(), [invented_name(self._random) for _ in "甲乙"]
        record = self._record(day, names)
        place = str(record["place_code"])
        yield self._entry("dispute", dispute, record, place)
        parties = [self._id(), self._id()]
        for seq, (party, name) in enumerate(zip(parties, names, strict=True), 1):
            yield self._entry("party", party, self._party(dispute, seq, name), place)
        if self._random.random() < 0.1:
            yield self._entry("session", self._id(), self._session(dispute, parties, day), place)

    def _record(self, day: date, names: list[str]) -> Record:
        random = self._random
        _, zz_type, story, money = random.choice(STORIES)
        place, clerk = random.choice(self._villages), random.choice(self._clerks)
        status = random.choices([s for s, _ in SHARES], [w for _, w in SHARES])[0]
        kind = codes.table("ZZ_TYPE").text(zz_type).split("·")[0].removesuffix("纠纷")
        record: Record = {
            "matter_code": f"{place}{day:%Y%m%d}{random.randrange(10**6):06d}",
            "title": f"{names[0]}与{names[1]}{kind}纠纷", "found_date": day.isoformat(), "place_code": place,
            "place_text": f"{random.choice('一二三四')}社", "source": "12", "found_by": clerk,
            "first_contact_id": clerk, "first_contact_at": f"{day}T09:30:00+08:00", "zz_type": zz_type,
            **codes.other_types(zz_type), "scale": "01", "people_count": random.randint(2, 6),
            "summary": story.format(a=names[0], b=names[1]), "difficulty": "简单", "risk": random.choice("低低低中高"),
            "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False,
            "closed_session": False, "status": status,
        }  # fmt: skip
        if money:
            record["amount_cents"] = random.randrange(2, 300) * 10_000
        if status in ("30", "40", "60", "70"):
            record |= {"accept_date": day.isoformat(), "org_id": self._org, "deadline": str(day + timedelta(30)),
                       "host_mediator_id": random.choice(self._mediators)}  # fmt: skip
        if status == "70":
            record |= {"end_reason": "12", "end_date": str(day + timedelta(12)), "resolve_way": "01",
                       "resolve_level": "村", "is_success": True}  # fmt: skip
        return {name: value for name, value in record.items() if value is not None}

    def _party(self, dispute: str, seq: int, name: str) -> Record:
        return {"dispute_id": dispute, "seq": seq, "side": "甲乙"[seq - 1], "kind": "自然人", "name": name,
                "sex": self._random.choice("12"), "age": self._random.randint(20, 80), "is_minor": False,
                "phone": invented_phone(self._random)}  # fmt: skip

    def _session(self, dispute: str, parties: list[str], day: date) -> Record:
        said = (self._random.choice(STORIES)[2].format(a="我", b="他") for _ in range(8))
        body = "\n".join(f"14:{n + 10} 甲方：{words}" for n, words in enumerate(said))
        return {"dispute_id": dispute, "seq": 1, "kind": "调解", "start_at": f"{day}T14:00:00+08:00", "place": "调解室",
                "mediators": [{"id": "m", "mediator_id": self._random.choice(self._mediators), "host": True}],
                "parties_present": parties, "rights_told": True, "body": body, "result": "达成"}  # fmt: skip

    def _entry(self, kind: str, record: str, fields: dict[str, Any], address: str) -> Entry:
        self._no += 1
        self._at += 1
        change = Change(kind, record, fields, CLERK, self._at, id=change_id("stock", self._no))
        return Entry(self._no, self._no, record, kind, change.id, change=change, address=[address], received=self._at)

    def _id(self) -> str:
        self._at += 1
        return uuid7(self._at, self._random.randbytes)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
