"""用U盘往来 through the real window: found, written, taken at the hub, brought back, read; and what goes wrong."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.casework.exchange import carrier
from desktop.casework.exchange.drives import Drive
from desktop.views.carrier.page import CarrierPage
from desktop.views.carrier.steps import StepStrip
from desktop.views.exchange.page import ExchangePage
from desktop.views.kit import Button, Confirm, Label, Paragraph, PressableRow
from sync.server.commands.carrier import take
from tests.casework.conftest import VILLAGE, Office, many, registered
from tests.casework.district import District, Line
from tests.views.at_work import Sitting, premises_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """Somebody at the page, with sticks to plug in."""

    sitting: Sitting
    line: Line
    district: District
    plugged: list[Drive] = field(default_factory=list)

    @property
    def page(self) -> CarrierPage:
        page = self.sitting.window.stack.page()
        assert isinstance(page, CarrierPage)
        return page

    def open(self) -> CarrierPage:
        """The page, looking for sticks where the test plugs them."""
        work = self.sitting.work
        work.show_exchange()
        work.open(CarrierPage(work.desk, self.sitting.lanes, work, work.courier, find=lambda: list(self.plugged)))
        self.sitting.settle()
        return self.page

    def plug(self, folder: Path, label: str = "KINGSTON（E:）") -> None:
        """Plug a stick in; the page looks every two seconds."""
        folder.mkdir(exist_ok=True)
        self.plugged = [Drive(folder, label)]
        self.page._timer.timeout.emit()
        self.sitting.settle()

    def press(self, words: str) -> None:
        """Press the button that says so."""
        found = [one for one in self.sitting.window.findChildren(Button) if one.text() == words and one.isVisible()]
        found[0].click()
        self.sitting.settle()

    def choose(self) -> None:
        """Press the row of the stick."""
        next(row for row in self.page.findChildren(PressableRow) if row.isVisible()).click()
        self.sitting.settle()

    def says(self) -> str:
        """Every word on the page."""
        shown = [one for one in self.page.findChildren(QWidget) if one.isVisible()]
        return "\n".join(
            one.words() if isinstance(one, Paragraph) else one.text()
            for one in shown
            if isinstance(one, Paragraph | Label | Button)
        )

    def step(self) -> str:
        strip = self.page.findChild(StepStrip)
        assert strip
        return strip.accessibleName()

    def at_the_hub(self, stick: Path) -> None:
        take(self.district.hub, Namespace(file=stick, out=None), lambda _said: None)


@pytest.fixture
def desk(district: District, sit_down: Callable[..., Sitting]) -> Desk:
    office, line, _ = district.office("镇 电脑")
    return Desk(sit_down(premises_of(office, line)), line, district)


def test_a_clerk_is_walked_through_from_the_page_of_the_exchange_and_back(desk: Desk, tmp_path: Path) -> None:
    desk.line.is_up = False
    registered(desk.sitting.work.desk)
    stick = tmp_path / "我的U盘"
    desk.open()
    assert desk.step() == "第 1 步，共 4 步：插上U盘，选中它"
    assert "还没看到U盘。插好以后，过两三秒这里会自己出来" in desk.says()
    desk.plug(stick)
    assert "KINGSTON（E:）" in desk.says()
    desk.choose()
    assert desk.step().startswith("第 2 步")
    assert "等着带去的 **3 件**" in desk.says()
    desk.sitting.press(Qt.Key.Key_Return, CONTROL)
    desk.sitting.settle()
    assert desk.step().startswith("第 3 步")
    assert "写好了，3 处改动在里头" in desk.says()
    assert "枫桥-花所镇1号-" in desk.says()
    desk.press("知道了，我去送")
    assert isinstance(desk.sitting.window.stack.page(), ExchangePage)
    desk.at_the_hub(stick)
    desk.open()
    desk.plug(stick)
    desk.choose()
    assert desk.step().startswith("第 4 步")
    assert "给这台电脑的回执 **1 份**" in desk.says()
    desk.press("读U盘")
    assert "读好了：区里收下 3 处" in desk.says()
    assert "回执读过了" in desk.says()
    desk.press("回到与区里同步")
    page = desk.sitting.window.stack.page()
    assert isinstance(page, ExchangePage)
    assert page._headline._sentence.text() == "全部同步"


def test_the_page_of_the_exchange_leads_here_and_says_how_the_last_stick_stands(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    registered(desk.sitting.work.desk)
    carrier.write(desk.sitting.work.desk, stick)
    desk.sitting.work.show_exchange()
    page = desk.sitting.window.stack.page()
    assert isinstance(page, ExchangePage)
    shown = [one.words() for one in page._stick.findChildren(Paragraph)]
    assert any("还没有读到回执" in text for text in shown)
    desk.press("用U盘带去")
    assert isinstance(desk.sitting.window.stack.page(), CarrierPage)
    desk.sitting.press(Qt.Key.Key_Escape)
    assert isinstance(desk.sitting.window.stack.page(), ExchangePage)


def test_the_township_takes_along_what_the_village_wrote_and_brings_the_receipt_back(
    desk: Desk, tmp_path: Path
) -> None:
    village: Office
    village, line, _ = desk.district.office("村 电脑", VILLAGE)
    line.is_up = False
    stick = tmp_path / "村里的U盘"
    stick.mkdir()
    carrier.write(village.sit(), stick)
    desk.open()
    desk.plug(stick)
    desk.choose()
    assert "别的电脑要带去区里的 **1 份**" in desk.says()
    desk.press("读U盘")
    assert "收下了 1 份别的电脑的件" in desk.says()
    assert "替别的电脑带着 **1 份**" in desk.says()
    desk.sitting.work.courier.run_now()
    desk.open()
    assert "有 **1 份**回执，写到U盘上交给原来的电脑" in desk.says()
    desk.plug(stick)
    desk.choose()
    desk.press("只写回执")
    assert "写上了 1 份回执" in desk.says()
    assert carrier.read(village.sit(), stick).is_good


def test_a_stick_that_is_gone_is_said_and_one_begins_again(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    desk.open()
    desk.plug(stick)
    desk.choose()
    stick.rmdir()
    desk.press("写到U盘")
    assert "U盘不见了，没写完" in desk.says()
    assert "要传的都还在这台电脑上" in desk.says()
    desk.press("再来一次")
    assert desk.step().startswith("第 1 步")


def test_an_empty_stick_read_by_mistake_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    desk.plug(tmp_path / "U盘")
    desk.choose()
    desk.press("读U盘")
    assert "这里没有回执，也没有要带的件" in desk.says()


def test_a_receipt_that_would_take_much_away_asks_first(desk: Desk, tmp_path: Path) -> None:
    work, stick = desk.sitting.work, tmp_path / "U盘"
    stick.mkdir()
    made = many(work.desk, 60)
    work.courier.run_now()
    with desk.district.hub.turn() as turn:
        for dispute in made:
            turn.write_own("dispute", dispute, {"place_code": "620802000000"})
    carrier.write(work.desk, stick)
    desk.at_the_hub(stick)
    desk.open()
    desk.plug(stick)
    desk.choose()
    desk.press("读U盘")
    assert len(work.desk.store.records("dispute")) == 60
    question = desk.sitting.window.findChild(Confirm)
    assert question
    question.agreed.emit("")
    desk.sitting.settle()
    assert work.desk.store.records("dispute") == []


def test_on_a_low_window_the_steps_stand_without_their_drawings_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    strip = desk.page.findChild(StepStrip)
    assert strip
    high = strip.height()
    desk.sitting.window.resize(911, 440)
    desk.plug(tmp_path / "U盘")
    assert strip.height() < high / 2
    desk.choose()
    assert "读U盘" in desk.says()


def test_nobody_looks_for_sticks_behind_another_page(desk: Desk) -> None:
    page = desk.open()
    assert page._timer.isActive()
    desk.sitting.window.back()
    assert not page._timer.isActive()

