"""What a desk process does until it is killed: it says what it tries, does it, and says what is done.

A tag is written into every try, so that the test can find it again: `place_text` of a registered dispute,
`resp_person` of a changed one, the text of a draft. Only what was said to be done must be found; what was tried last
may be there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from desktop.casework import calendar
from desktop.casework.attachments.attach import NewFile, attach
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes import progress, register
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.exchange import carrier
from desktop.casework.exchange.carrier import CarrierTrouble
from desktop.casework.exchange.rounds import Exchange
from desktop.casework.ledgers import reading
from desktop.casework.ledgers.taking import SAVING, ledger_context, take
from desktop.settings import Settings
from desktop.store import Argon, Folder, Store, Surroundings
from sync.client.transport import HttpsTransport
from sync.protocol.files import digest_of
from sync.records.ids import uuid7

CHINA = timezone(timedelta(hours=8))
SECRET = "只为测试的密码"
QUICK = Argon(memory_kib=8, passes=1, lanes=1)
PLACE = "620802107204"
TYPED = "雨水顺檐口流到后墙，墙根泡酥了，要求把檐口改道。"


@dataclass(frozen=True)
class Seat:
    """Where a desk's folder is, whose it is, and where its hub is."""

    path: Path
    account: str
    url: str
    ca_file: Path

    def stick(self) -> Path:
        """The stick that goes between the desks."""
        folder = self.path.parent / "我的U盘"
        folder.mkdir(exist_ok=True)
        return folder

    def folder(self) -> Folder:
        """The folder with the real clock and real randomness."""
        return Folder(self.path, Surroundings(clock_ms, os.urandom, lambda path: shutil.disk_usage(path).free), QUICK)


def clock_ms() -> int:
    """The wall clock."""
    return time.time_ns() // 1_000_000


def now() -> datetime:
    """The same as a moment in China."""
    return datetime.now(CHINA)


def summariser() -> Any:
    """What the desk makes of its disputes."""
    return Deadlines(calendar.load(), Settings()).summariser()


def opened(seat: Seat) -> Store:
    """Unlock and open the store."""
    folder = seat.folder()
    return Store.open(folder, folder.unlock(seat.account, SECRET, now_ms=clock_ms()), summariser=summariser())


def desk_at(store: Store, seat: Seat) -> Desk:
    """The desk with its clerk."""
    record = store.record("account", seat.account)
    assert record is not None
    return Desk(
        store=store, account=Account.of(record), place=store.desk().place, device_number=store.desk().number, now=now,
        ids=lambda: uuid7(clock_ms(), os.urandom), calendar=calendar.load(), settings=Settings(),
        directory=Directory(store),
    )  # fmt: skip


def live(seat: Seat, seed: int, work: str, tell: Connection) -> None:
    """Open the store and work at it without end."""
    try:
        with ExitStack() as stack:
            desk = desk_at(stack.enter_context(opened(seat)), seat)
            tell.send(("opened", standing(desk.store)))
            WORK[work](desk, seat, Random(seed), tell)
    except Exception:
        tell.send(("stumbled", traceback.format_exc()))
        time.sleep(60)


def standing(store: Store) -> dict[str, Any]:
    """What is there when the store opens: the drafts, and how much was imported."""
    drafts = {draft.key: str(draft.body.get("summary", "")) for draft in store.drafts()}
    imported = sum(1 for record in store.records("dispute") if record.get("origin_file"))
    return {"drafts": drafts, "imported": imported}


def enter(desk: Desk, _: Seat, random: Random, tell: Connection) -> None:
    """A clerk types, registers, corrects what was registered, without end."""
    for tag in tags(random):
        register_one(desk, tag, random, tell)
        for number in range(random.randint(0, 2)):
            correct_one(desk, f"{tag}+{number}", random, tell)


def exchange(desk: Desk, seat: Seat, random: Random, tell: Connection) -> None:
    """A clerk enters a little, and the timer exchanges, without end."""
    rounds = Exchange(desk.store, lambda: HttpsTransport(seat.url, seat.ca_file), now=now, random=random)
    for tag in tags(random):
        register_one(desk, tag, random, tell, keystrokes=1)
        correct_one(desk, f"{tag}+", random, tell)
        tell.send(("exchanging", tag))
        tell.send(("exchanged", rounds.run().state))


def carry(desk: Desk, seat: Seat, random: Random, tell: Connection) -> None:
    """A clerk attaches files to what she registers, and exchange and file lane take turns, without end."""
    road = HttpsTransport(seat.url, seat.ca_file, idle_seconds=5)
    rounds = Exchange(desk.store, lambda: road, now=now, random=random)
    for tag in tags(random):
        register_one(desk, tag, random, tell, keystrokes=1)
        attach_one(desk, tag, b"%PDF-" + random.randbytes(random.randint(1, 300_000)), tell)
        tell.send(("exchanging", tag))
        rounds.run()
        tell.send(("carried", rounds.run_files().sent_bytes))


def use_stick(desk: Desk, seat: Seat, random: Random, tell: Connection) -> None:
    """Both roads at once: what is registered goes onto a stick and over the line; receipts are read, without end."""
    rounds = Exchange(desk.store, lambda: HttpsTransport(seat.url, seat.ca_file), now=now, random=random)
    for tag in tags(random):
        register_one(desk, tag, random, tell, keystrokes=1)
        correct_one(desk, f"{tag}+", random, tell)
        tell.send(("written", carrier.write(desk, seat.stick()).changes))
        if random.random() < 0.3:
            tell.send(("exchanged", rounds.run().state))
        read_stick(desk, seat, tell)


def pass_on(desk: Desk, seat: Seat, random: Random, tell: Connection) -> None:
    """The township takes along what lies on the stick, hands it in, and puts the receipts there, without end."""
    rounds = Exchange(desk.store, lambda: HttpsTransport(seat.url, seat.ca_file), now=now, random=random)
    while True:
        read_stick(desk, seat, tell)
        tell.send(("exchanged", rounds.run().state))
        tell.send(("handed over", len(carrier.hand_over(desk, seat.stick()))))


def read_stick(desk: Desk, seat: Seat, tell: Connection) -> None:
    """Read what lies on the stick, if anything does."""
    with suppress(CarrierTrouble):
        tell.send(("read", [line.kind for line in carrier.read(desk, seat.stick()).lines]))


def take_ledger(desk: Desk, seat: Seat, _: Random, tell: Connection) -> None:
    """A ledger is read and taken in; then again, which adds nothing."""
    (file,) = seat.path.parent.glob("*.xlsx")

    def said(step: str, done: int, _: int) -> None:
        if step == SAVING:
            tell.send(("saved", done))

    while True:
        counts = take(desk, reading.read(file, ledger_context(desk, home=PLACE)), on_progress=said).counts()
        tell.send(("taken", {outcome.value: number for outcome, number in counts.items()}))


def register_one(desk: Desk, tag: str, random: Random, tell: Connection, *, keystrokes: int = 8) -> None:
    """A registration, every keystroke of it a draft, accepted at once."""
    draft = {**register.blank(desk), **answers(random, tag)}
    key = register.draft_key(draft)
    for length in range(1, random.randint(1, keystrokes) + 1):
        draft["summary"] = f"{tag}：{TYPED[:length]}"
        done(tell, ("draft", key, draft["summary"]), lambda: desk.store.write_draft(key, draft))
    done(tell, ("dispute", tag), lambda: register.register(desk, draft, accept=True))


def attach_one(desk: Desk, tag: str, raw: bytes, tell: Connection) -> None:
    """A file for the dispute of that tag."""
    dispute = next(str(r["id"]) for r in desk.store.records("dispute", {"place_text": tag}))
    done(tell, ("file", tag, digest_of(raw)), lambda: attach(desk, dispute, NewFile(tag, raw)))


def correct_one(desk: Desk, tag: str, random: Random, tell: Connection) -> None:
    """One field of some dispute that was registered here, not imported, is changed."""
    held = desk.store.records("dispute", {"status": "30"})
    known = [str(record["id"]) for record in held if not record.get("origin_file")]
    if known:
        chosen = random.choice(known)
        done(tell, ("change", tag, chosen), lambda: progress.change(desk, chosen, {"resp_person": tag}))


def done(tell: Connection, what: tuple[str, ...], act: Callable[[], object]) -> None:
    """Say it, do it, say that it is done."""
    tell.send(("trying", what))
    act()
    tell.send(("done", what))


def tags(random: Random) -> Iterator[str]:
    """Names for tries, never the same twice."""
    life = f"{random.randrange(16**8):08x}"
    return (f"{life}-{number}" for number in count())


def answers(random: Random, tag: str) -> dict[str, Any]:
    """Everything a registration asks; the people are invented."""
    names = [random.choice("王李张刘陈杨赵黄周吴") + random.choice("有福建国桂兰秀英") for _ in "甲乙"]
    return {
        "source": "12", "place_code": PLACE, "zz_type": "0902", "people_count": 2, "scale": "01",
        "difficulty": "简单", "risk": "低", "flag_violence": False, "flag_dv": False, "flag_minor": False,
        "flag_elsewhere": False, "place_text": tag, "told": {"consent": True, "form": "口头"},
        "parties": [{"side": side, "kind": "自然人", "name": name} for side, name in zip("甲乙", names, strict=True)],
    }  # fmt: skip


WORK: dict[str, Callable[[Desk, Seat, Random, Connection], None]] = {
    "enter": enter, "exchange": exchange, "carry": carry, "take": take_ledger, "stick": use_stick, "pass on": pass_on,
}  # fmt: skip
