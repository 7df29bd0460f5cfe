"""The program checks itself: everything a desk needs, once, in a folder that is gone afterwards.

For `python -m desktop --selftest` and for the frozen build: a missing module, plug-in or resource shows here.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from desktop.casework import calendar
from desktop.casework.desk import Account, Desk
from desktop.casework.directory import Directory
from desktop.casework.disputes import page, register, search
from desktop.casework.disputes.deadlines import Deadlines
from desktop.casework.disputes.draft import Draft
from desktop.casework.exchange import enrolment
from desktop.casework.exchange.rounds import Exchange
from desktop.casework.ledgers import reading
from desktop.casework.ledgers.report import Outcome
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.casework.portable import exporting
from desktop.casework.portable.gathering import Gathering
from desktop.demo.ledger import write_village_ledger
from desktop.demo.toy_hub import TOWN, VILLAGE, ToyHub
from desktop.settings import Settings
from desktop.sound.microphone import RATE, SAMPLE_BYTES
from desktop.sound.player import Player
from desktop.sound.pressing import Press
from desktop.store import Folder, Store, surroundings
from sync.client.transport import HttpsTransport
from sync.records.ids import uuid7

_SECRET = "自检 密码"
_NAMES = ("王有福", "单立本")
_MEGABYTE = 1 << 20


def run() -> int:
    """Check everything, saying each step on a line; 0 when all is well, 1 when a step failed."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="枫桥 自检 ") as folder:
        try:
            _check(Path(folder))
        except Exception as problem:  # whatever it is, it is what the self-test is for
            _say(f"没通过：{type(problem).__name__}: {problem}")
            return 1
    _say(f"全部通过，用了 {time.perf_counter() - started:.1f} 秒。")
    return 0


def _check(folder: Path) -> None:
    hub = ToyHub(folder / "区 中心")
    with _step("区中心：真的 TLS，崆峒区的区划"):
        clerk, code = hub.found()
    try:
        with _opened(folder, hub, clerk, code) as desk:
            _use(desk, hub, folder)
        with _step("锁上再打开，资料都在"), _again(folder, clerk) as store:
            assert len(store.records("dispute")) > 1
            assert store.verify() == []
        with _step("窗口：打开，开锁，画出来"):
            _check_window(folder, clerk)
    finally:
        hub.stop()


def _use(desk: Desk, hub: ToyHub, folder: Path) -> None:
    with _step("登记一件纠纷"):
        made = register.register(desk, _filled(desk), accept=True)
    with _step("和区中心交换，两边一致"):
        road = HttpsTransport(hub.url, folder / "电脑" / "hub-ca.pem")
        result = Exchange(desk.store, lambda: road, now=_now, random=Random(1)).run()
        assert result.state == "agreed", result.sentence
        assert hub.holds(made.id)
    with _step("找得到：两个字、拼音首字母、电话"):
        for typed in ("有福", "slb", "9350"):
            assert search.find(desk, typed).disputes, typed
        assert page.page(desk, made.id).header.title
    with _step("导入一份台账"):
        file = folder / "花所村 台账.xlsx"
        written = write_village_ledger(file, Random(2), count=12)
        counts = take(desk, reading.read(file, ledger_context(desk, home=VILLAGE))).counts()
        assert counts[Outcome.IMPORTED] == len(written), counts
    with _step("导出：JSON Lines 和表格"):
        exporting.export_lines(Gathering(desk), folder / "导出.jsonl")
        exporting.export_workbook(Gathering(desk), folder / "导出.xlsx")
        assert (folder / "导出.jsonl").stat().st_size > 1000
    with _step("录音：压得成，读得回"):
        press = Press()
        raw = press.press(bytes(2 * RATE * SAMPLE_BYTES)) + press.finish()
        assert abs(Player(raw, "audio/mpeg").seconds - 2) < 0.5
    with _step("备份，读回来核对"):
        desk.store.back_up()


@contextmanager
def _opened(folder: Path, hub: ToyHub, clerk: str, code: str) -> Iterator[Desk]:
    with _step("接入区里，建本机资料库（加密）"):
        joined = enrolment.enrol(_folder(folder), hub.url, code, name="自检")
        person = next(one for one in joined.people if one.id == clerk)
        store = enrolment.start(joined, person, _SECRET, summariser=_deadlines().summariser()).store
        road = HttpsTransport(hub.url, joined.folder.ca_file)
        first = Exchange(store, lambda: road, now=_now, random=Random(1)).run()
        assert first.state == "agreed", first.sentence
    with store:
        record = store.record("account", clerk)
        assert record is not None
        yield Desk(
            store=store, account=Account.of(record), place=TOWN, device_number=store.desk().number, now=_now,
            ids=lambda: uuid7(time.time_ns() // 1_000_000, os.urandom), calendar=calendar.load(),
            settings=Settings(), directory=Directory(store),
        )  # fmt: skip


@contextmanager
def _again(folder: Path, clerk: str) -> Iterator[Store]:
    door = _folder(folder)
    key = door.unlock(clerk, _SECRET, now_ms=door.around.clock_ms())
    with Store.open(door, key, summariser=_deadlines().summariser()) as store:
        yield store


def _check_window(folder: Path, clerk: str) -> None:
    """Come in at the real window, drawn in memory where there is no screen."""
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.demo.sitting import Sitting
    from desktop.views.today.page import TodayPage

    with Sitting(folder / "电脑") as sitting:
        sitting.come_in(clerk, _SECRET)
        assert isinstance(sitting.window.stack.page(), TodayPage)
        assert len(sitting.colours()) > 8


def _folder(folder: Path) -> Folder:
    return Folder(folder / "电脑", surroundings.real())


def _deadlines() -> Deadlines:
    return Deadlines(calendar.load(), Settings())


def _filled(desk: Desk) -> Draft:
    parties = [
        {"side": side, "kind": "自然人", "name": name, "phone": f"1380935000{n}"}
        for n, (side, name) in enumerate(zip("甲乙", _NAMES, strict=True))
    ]
    return {
        **register.blank(desk),
        "source": "12", "place_code": VILLAGE, "zz_type": "0902", "people_count": 2, "scale": "01",
        "difficulty": "简单", "risk": "低", "summary": "雨水顺檐口流到后墙，要求改道。", "flag_violence": False,
        "flag_dv": False, "flag_minor": False, "flag_elsewhere": False, "parties": parties,
        "told": {"consent": True, "form": "口头"},
    }  # fmt: skip


def _now() -> datetime:
    return datetime.now().astimezone()


@contextmanager
def _step(words: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    except BaseException:
        _say(f"✗ {words}")
        raise
    _say(f"✓ {words}（{(time.perf_counter() - started) * 1000:,.0f} 毫秒）")


def _say(line: str) -> None:
    """A line on the console; a program started without one has none."""
    if sys.stdout is not None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
