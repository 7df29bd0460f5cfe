"""The first day of a PC against a real hub behind TLS: from the one-time code to work."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.premises import Premises
from desktop.store import Argon, Folder, Surroundings
from desktop.views.kit.pressable import PressableRow
from desktop.views.today.page import TodayPage
from desktop.views.welcome.choose_secret import SecretStep
from desktop.views.welcome.cover import WelcomeCover
from desktop.views.welcome.first_round import FirstRoundStep
from desktop.views.welcome.join import JoinStep
from desktop.views.welcome.person import PersonStep
from desktop.views.welcome.recovery import CodeSheet, CodeStep
from sync.server.hub import Hub
from sync.server.premises import Premises as HubPremises
from sync.server.premises import Settings as HubSettings
from tests.casework.conftest import TOWN, officials
from tests.casework.district import AREAS
from tests.server.service import Service
from tests.views.at_work import Sitting

CHINA = timezone(timedelta(hours=8))
SECRET = "liu shu wan 7"


def clock_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A hub process of its own."""
    folder = tmp_path_factory.mktemp("区里") / "hub"
    premises = HubPremises(folder, clock_ms=clock_ms, random_bytes=os.urandom)
    premises.found(HubSettings(hosts=["127.0.0.1"]), "620802000000", list(AREAS))
    hub = premises.open()
    for kind, record, fields in officials():
        hub.add(kind, fields, record)
    hub.close()
    running = Service(folder)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def hub(service: Service) -> Iterator[Hub]:
    """The same hub's own door, for making codes."""
    opened = HubPremises(service.folder, clock_ms=clock_ms, random_bytes=os.urandom).open()
    yield opened
    opened.close()


@pytest.fixture
def first_day(tmp_path: Path, sit_down: Callable[..., Sitting]) -> Sitting:
    around = Surroundings(clock_ms, os.urandom, lambda _: 1 << 40)
    folder = Folder(tmp_path / "枫桥 工作台", around, Argon(64, 1, 1))
    premises = Premises(folder, lambda: datetime.now(CHINA), Random(1))
    return sit_down(premises, comes_in=False)


def cover(sitting: Sitting) -> WelcomeCover:
    (found,) = sitting.window.findChildren(WelcomeCover)
    return found


def step(sitting: Sitting, kind: type[QWidget]) -> QWidget:
    sitting.settle()
    shown = cover(sitting).step()
    assert isinstance(shown, kind)
    return shown


def join(sitting: Sitting, url: str, code: str) -> None:
    first = step(sitting, JoinStep)
    assert isinstance(first, JoinStep)
    sitting.type(first._url, url)
    sitting.type(first._code, code)
    first._go.click()


def test_from_the_code_on_paper_to_the_first_today(service: Service, hub: Hub, first_day: Sitting) -> None:
    join(first_day, service.url.removeprefix("https://"), hub.make_code(TOWN))
    people = step(first_day, PersonStep).findChildren(PressableRow)
    assert sorted(row.text().split("，")[0] for row in people) == ["赵文博", "马秀兰"]
    next(row for row in people if row.text().startswith("马秀兰")).click()
    secret = step(first_day, SecretStep)
    assert isinstance(secret, SecretStep)
    for field in secret._new._fields():
        first_day.type(field, SECRET)
    first_day.press(Qt.Key.Key_Return)
    kept = step(first_day, CodeStep)
    assert isinstance(kept, CodeStep)
    code = kept._sheet.code
    assert not kept.filled.isEnabled()
    kept._sure.click()
    first_day.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    last = step(first_day, FirstRoundStep)
    assert isinstance(last, FirstRoundStep)
    assert last._state.text() == "取完了，两边一致"
    last._enter.click()
    assert isinstance(first_day.window.stack.page(), TodayPage)
    assert first_day.work.desk.account.roles == {"township"}
    assert first_day.premises.base.recover(code) == first_day.premises.opened().key
    first_day.program.lock()
    first_day.type_secret(SECRET)
    assert not first_day.program.is_locked


def test_a_wrong_code_a_wrong_address_and_a_used_code_say_what_to_do(
    service: Service, hub: Hub, first_day: Sitting
) -> None:
    join(first_day, service.url, "ABCD-EFGH")
    shown = step(first_day, JoinStep)
    assert isinstance(shown, JoinStep)
    assert shown._trouble.text().startswith("入网码不对。什么也没有动。")
    assert shown._url.value() == service.url
    join(first_day, "127.0.0.1:9", hub.make_code(TOWN))
    assert shown._trouble.text().startswith("连不上区里")
    assert shown._go.isEnabled()


def test_an_empty_field_is_asked_for_and_nothing_is_sent(first_day: Sitting) -> None:
    shown = step(first_day, JoinStep)
    assert isinstance(shown, JoinStep)
    shown._go.click()
    assert shown._url_field.note() == "还没填地址"
    assert shown._url.hasFocus()


def test_closing_before_the_secret_leaves_nothing_behind(
    service: Service, hub: Hub, first_day: Sitting
) -> None:
    join(first_day, service.url, hub.make_code(TOWN))
    step(first_day, PersonStep)
    assert not first_day.premises.base.holds_store()


def test_the_code_goes_on_paper_and_into_a_file_as_it_stands(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = CodeSheet(
        "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567-ABCD-EFGH",
        person="马秀兰",
        place_name="花所镇",
        day=date(2026, 11, 23),
    )
    shown = CodeStep(sheet)
    qtbot.addWidget(shown)
    shown.save_to(tmp_path / "恢复 码.txt")
    text = (tmp_path / "恢复 码.txt").read_text(encoding="utf-8")
    assert "ABCD  EFGH  IJKL  MNOP  QRST" in text
    assert "花所镇　马秀兰　2026年11月23日" in text
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "恢复 码.pdf"))
    sheet.print_to(printer)
    assert (tmp_path / "恢复 码.pdf").stat().st_size > 1_000


def test_a_folder_that_takes_no_writes_is_said_and_the_code_stays(qtbot: QtBot, tmp_path: Path) -> None:
    shown = CodeStep(CodeSheet("ABCD-EFGH", person="马秀兰", place_name="花所镇", day=date(2026, 11, 23)))
    qtbot.addWidget(shown)
    shown.save_to(tmp_path / "没有这个文件夹" / "码.txt")
    assert shown._trouble.text().startswith("没存上")
