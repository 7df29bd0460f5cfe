"""The window as a whole: places, pages, search, keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.views import kit
from desktop.views.gallery_pages import SCREENS
from desktop.views.look.theme import Theme
from desktop.views.shell.exchange_card import ExchangeFacts
from desktop.views.shell.footer import Footer
from desktop.views.shell.hits import Group, Hit, pieces
from desktop.views.shell.keys import KEYS
from desktop.views.shell.pages import Page
from desktop.views.shell.places import PLACES
from desktop.views.shell.window import MainWindow
from tests.views.conftest import Show

FACTS = ExchangeFacts("waiting", "3 件待传到区里", "最早的等了 2 小时", "今天 09:42 对账一致", "3 件待传", "09:42 一致")
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


class SamplePage(Page):
    """A page with two fields that notes when it is entered and left."""

    def __init__(self, place: str, log: list[str]) -> None:
        super().__init__()
        self.place = place
        self._log = log
        self.first, self.second = kit.TextField(), kit.TextField()
        self.body.addWidget(self.first)
        self.body.addWidget(self.second)
        self.body.addStretch(1)
        self.set_head(title=place, fact="样张")

    def enter(self) -> None:
        self._log.append(f"enter {self.place}")

    def leave(self) -> None:
        self._log.append(f"leave {self.place}")


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def window(show: Show, log: list[str]) -> MainWindow:
    made = MainWindow(lambda key: SamplePage(key, log), FACTS, person="马秀兰", place_name="青石镇综治中心")
    made.resize(1366, 696)
    show(made)
    made.show_place("today")
    return made


def current(window: MainWindow) -> SamplePage:
    page = window.stack.page()
    assert isinstance(page, SamplePage)
    return page


def test_only_places_that_exist_are_shown() -> None:
    assert [place.words for place in PLACES] == ["今日", "纠纷", "台账导入", "台账", "组织", "设置"]
    assert all(len(place.short) == 2 for place in PLACES)


def test_ctrl_and_a_digit_go_to_a_place(window: MainWindow, qtbot: QtBot, log: list[str]) -> None:
    qtbot.keyClick(window, KEY.Key_2, CTRL)
    assert current(window).place == "disputes"
    assert log == ["enter today", "leave today", "enter disputes"]


def test_escape_returns_to_the_same_page_and_the_same_field(window: MainWindow, qtbot: QtBot, log: list[str]) -> None:
    page = current(window)
    page.second.setFocus()
    window.open(SamplePage("today", log))
    assert current(window) is not page
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert current(window) is page
    assert page.second.hasFocus()


def test_escape_closes_what_floats_before_it_leaves_the_page(window: MainWindow, qtbot: QtBot, log: list[str]) -> None:
    page = SamplePage("disputes", log)
    when = kit.DateField(today=lambda: date(2026, 11, 23))
    page.body.addWidget(when)
    window.open(page)
    when.setFocus()
    when.open_calendar()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert current(window) is page
    assert when.hasFocus()
    qtbot.keyClick(when, KEY.Key_Escape)
    assert current(window) is not page


def test_escape_closes_the_side_sheet_before_it_leaves_the_page(
    window: MainWindow, qtbot: QtBot, log: list[str]
) -> None:
    page = SamplePage("disputes", log)
    field = kit.TextField()
    beside = kit.Beside(field)
    page.body.addWidget(beside, 1)
    window.open(page)
    field.setFocus()
    beside.show_sheet("王有福与李建军宅基地排水纠纷", QLabel("石桥村"))
    qtbot.keyClick(field, KEY.Key_Escape)
    assert not beside.is_sheet_open()
    assert current(window) is page


def test_escape_at_the_bottom_leaves_everything_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    page = current(window)
    qtbot.keyClick(page, KEY.Key_Escape)
    assert current(window) is page


def test_a_place_is_made_once_and_what_was_opened_from_it_goes(window: MainWindow, log: list[str]) -> None:
    today = current(window)
    window.open(SamplePage("today", log))
    window.show_place("disputes")
    window.show_place("today")
    assert current(window) is today
    assert window.stack.count() == 2


def test_a_page_that_opens_gets_the_keyboard_in_its_first_field(window: MainWindow) -> None:
    assert current(window).first.hasFocus()


def test_the_window_shows_a_rail_below_1000_logical_pixels(window: MainWindow, look: Theme) -> None:
    assert (window.side.is_rail, window.side.width()) == (False, 204)
    window.resize(911, 440)
    assert (window.side.is_rail, window.side.width()) == (True, 76)


def test_larger_text_counts_as_a_narrower_window(window: MainWindow, look: Theme) -> None:
    window.resize(1280, 696)
    assert not window.side.is_rail
    look.use(text_size="特大")
    assert window.side.is_rail


def test_the_exchange_card_says_its_three_facts_to_screen_readers(window: MainWindow) -> None:
    said = {child.accessibleDescription() for child in window.side.findChildren(QWidget)}
    assert "3 件待传到区里，最早的等了 2 小时，今天 09:42 对账一致" in said


def test_ctrl_k_searches_and_escape_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot) -> None:
    page = current(window)
    page.second.setFocus()
    qtbot.keyClick(window, KEY.Key_K, CTRL)
    assert window.top.search.hasFocus()
    qtbot.keyClicks(window.top.search, "wyf")
    qtbot.keyClick(window.top.search, KEY.Key_Escape)
    assert page.second.hasFocus()
    assert window.top.search.text() == ""


def test_search_stands_even_where_the_page_puts_its_own_things(window: MainWindow, qtbot: QtBot) -> None:
    current(window).set_head(aside=QLabel("每个字都已存在本机"))
    assert not window.top.search.isVisible()
    qtbot.keyClick(window, KEY.Key_F3)
    assert window.top.search.hasFocus()
    qtbot.keyClick(window.top.search, KEY.Key_Escape)
    assert not window.top.search.isVisible()


def hits() -> list[Group]:
    mine = ((0, 3),)
    people = (Hit("p1", "王有福  石桥村四组", "138****2207", "person", mine),)
    return [
        Group("人", people),
        Group("纠纷", (Hit("d1", "王有福与李建军宅基地排水纠纷", "调解中", "people_chat", mine),)),
    ]


def test_results_are_walked_and_opened_without_leaving_the_field(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top.search
    asked: list[str] = []
    opened: list[Hit] = []
    search.asked.connect(asked.append)
    search.opened.connect(opened.append)
    search.summon()
    qtbot.keyClicks(search, "wyf")
    assert asked == ["", "w", "wy", "wyf"]
    search.show_results("wyf", hits())
    qtbot.keyClick(search, KEY.Key_Down)
    assert search.hasFocus()
    qtbot.keyClick(search, KEY.Key_Return)
    assert [hit.key for hit in opened] == ["d1"]


def test_an_answer_to_an_older_text_is_passed_over(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top.search
    opened: list[Hit] = []
    search.opened.connect(opened.append)
    search.summon()
    qtbot.keyClicks(search, "wyf")
    search.show_results("wy", hits())
    qtbot.keyClick(search, KEY.Key_Return)
    assert opened == []


def test_the_last_line_always_offers_to_register(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top.search
    registered: list[str] = []
    search.register_asked.connect(registered.append)
    search.summon()
    qtbot.keyClicks(search, "wamf")
    search.show_results("wamf", [])
    qtbot.keyClick(search, KEY.Key_Return)
    assert registered == ["wamf"]


def test_matched_parts_are_cut_out_in_order() -> None:
    assert pieces("王有福与李建军", ((0, 3),)) == [("王有福", True), ("与李建军", False)]
    assert pieces("找王有福", ((1, 99),)) == [("找", False), ("王有福", True)]
    assert pieces("没有", ()) == [("没有", False)]


def test_ctrl_enter_presses_the_filled_button_from_a_field(window: MainWindow, qtbot: QtBot, log: list[str]) -> None:
    page = SamplePage("disputes", log)
    pressed: list[bool] = []
    page.filled = kit.Button("登记并受理", "primary")
    page.filled.clicked.connect(lambda: pressed.append(True))
    page.footer = Footer([], [page.filled])
    window.open(page)
    page.first.setFocus()
    qtbot.keyClick(page.first, KEY.Key_Return, CTRL)
    assert len(pressed) == 1
    page.filled.setEnabled(False)
    qtbot.keyClick(page.first, KEY.Key_Return, CTRL)
    assert len(pressed) == 1


def test_the_footer_comes_and_goes_with_its_page(window: MainWindow, log: list[str]) -> None:
    page = SamplePage("disputes", log)
    page.footer = Footer([], [kit.Button("只登记")])
    window.open(page)
    assert page.footer.isVisible()
    window.back()
    assert not any(footer.isVisible() for footer in window.findChildren(Footer))


@pytest.mark.parametrize(
    ("key", "signal"),
    [(KEY.Key_N, "register_asked"), (KEY.Key_L, "lock_asked")],
)
def test_the_acts_of_the_keyboard_table_are_asked_for(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, signal: str
) -> None:
    with qtbot.waitSignal(getattr(window, signal)):
        qtbot.keyClick(window, key, CTRL)


def test_ctrl_plus_and_minus_ask_for_the_text_size(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[str] = []
    window.text_size_asked.connect(asked.append)
    qtbot.keyClick(window, KEY.Key_Equal, CTRL)
    qtbot.keyClick(window, KEY.Key_Minus, CTRL)
    assert asked == ["大", "标准"]


def test_f6_walks_the_areas(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[bool] = []
    for area in (window.side, window.top, current(window)):
        qtbot.keyClick(window, KEY.Key_F6)
        focus = QApplication.focusWidget()
        seen.append(focus is not None and area.isAncestorOf(focus))
    assert seen == [True, True, True]


def test_a_cover_hides_the_shell_and_its_keys_and_gives_it_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    page = current(window)
    page.first.setText("没写完")
    registered: list[bool] = []
    window.register_asked.connect(lambda: registered.append(True))
    window.cover(QPushButton("开锁"))
    assert not page.isVisible()
    qtbot.keyClick(window, KEY.Key_N, CTRL)
    assert registered == []
    window.uncover()
    assert page.first.text() == "没写完"
    assert page.isVisible()


def test_no_key_is_given_to_two_acts() -> None:
    sequences = [sequence for key in KEYS for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))


@pytest.mark.parametrize("make", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("size", [(1366, 696), (911, 440), (880, 430)])
def test_no_screen_asks_for_more_room_than_the_smallest_pc_has(
    show: Show, make: Callable[[], MainWindow], size: tuple[int, int]
) -> None:
    sample = make()
    sample.resize(*size)
    show(sample)
    sample.grab()
    assert (sample.width(), sample.height()) == size


@pytest.mark.parametrize("make", SCREENS.values(), ids=SCREENS.keys())
def test_everything_that_takes_the_keyboard_has_a_name(show: Show, make: Callable[[], MainWindow]) -> None:
    sample = make()
    sample.resize(1366, 696)
    show(sample)
    takers = [child for child in sample.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [child for child in takers if child.isVisibleTo(sample) and not child.accessibleName()]
    assert takers
    assert nameless == []
