"""The list of many rows: pages, keyboard, place, widths."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QToolTip
from pytestqt.qtbot import QtBot

from desktop.views.kit import Cell, Column, PagedRows, Row, Table, TableCard
from desktop.views.kit.rows import Deliver
from tests.views.conftest import Show

COLUMNS = (
    Column("state", "办到哪一步", 110),
    Column("title", "纠纷", None, tone="ink"),
    Column("amount", "金额（元）", 106, right=True, needs_width=1000),
    Column("touched", "更新", 104, needs_width=1180),
)
LONG = "古丽努尔·阿卜杜热合曼与青石镇柳树湾村兴农果蔬种植农民专业合作社劳务工资纠纷" * 3


class Source:
    """Rows that count how often and from where they were read."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[int] = []
        self.waiting: list[tuple[int, int, Deliver]] = []
        self.is_slow = False

    def fetch(self, first: int, count: int, deliver: Deliver) -> None:
        self.asked.append(first)
        if self.is_slow:
            self.waiting.append((first, count, deliver))
        else:
            deliver(self.rows(first, count))

    def rows(self, first: int, count: int) -> list[Row]:
        return [self.row(number) for number in range(first, min(first + count, self.total))]

    def row(self, number: int) -> Row:
        title = LONG if number == 3 else f"第 {number} 件"
        return Row(f"id-{number}", (Cell("调解中"), Cell(title), Cell(""), Cell("今天")), bold=number == 0)


def table_over(source: Source, show: Show, *, total: int | None = None, width: int = 1200) -> Table:
    model = PagedRows(COLUMNS, source.fetch)
    table = Table(model, name="纠纷")
    table.resize(width, 560)
    show(table)
    model.reload()
    if total is not None:
        model.set_total(total)
    table.setFocus()
    return table


def test_a_hundred_thousand_rows_read_only_what_is_seen(show: Show, qtbot: QtBot) -> None:
    source = Source(100_000)
    table = table_over(source, show, total=100_000)
    table.grab()
    assert source.asked == [0]
    qtbot.keyClick(table, Qt.Key.Key_End)
    table.grab()
    assert table.row_id() == "id-99999"
    assert len(source.asked) <= 3
    assert table.verticalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed


def test_jumping_about_keeps_only_a_few_pages(show: Show) -> None:
    source = Source(100_000)
    table = table_over(source, show, total=100_000)
    model = table.model()
    assert isinstance(model, PagedRows)
    for number in range(0, 100_000, 2_000):
        model.row(number)
    assert model.find("id-98000") == 98_000
    assert model.find("id-2000") is None


def test_without_a_count_the_list_grows_page_by_page_to_its_end(show: Show) -> None:
    source = Source(250)
    table = table_over(source, show)
    model = table.model()
    assert model.rowCount() == 100
    table.scrollToBottom()
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert model.rowCount() == 250


def test_a_page_that_is_late_shows_empty_lines_and_then_its_rows(show: Show) -> None:
    source = Source(300)
    source.is_slow = True
    table = table_over(source, show, total=300)
    table.grab()
    assert table.row_id() == ""
    first, count, deliver = source.waiting[0]
    deliver(source.rows(first, count))
    assert table.row_id() == "id-0"


def test_an_answer_to_an_older_question_is_passed_over(show: Show) -> None:
    source = Source(300)
    source.is_slow = True
    table = table_over(source, show)
    model = table.model()
    assert isinstance(model, PagedRows)
    model.reload()
    stale, fresh = source.waiting
    stale[2]([Row("old", (Cell(""),) * 4)])
    assert model.rowCount() == 0
    fresh[2](source.rows(0, 100))
    assert model.rowCount() == 100


def test_enter_opens_space_peeks_and_escape_is_left_to_the_page(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(30), show)
    opened: list[str] = []
    peeked: list[str] = []
    table.opened.connect(opened.append)
    table.peeked.connect(peeked.append)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert (opened, peeked) == (["id-1"], ["id-1"])


def test_sorting_is_asked_for_and_never_done_in_the_view(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(30), show)
    asked: list[str] = []
    table.sort_asked.connect(asked.append)
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_3, both)
    table.horizontalHeader().sectionClicked.emit(0)
    assert asked == ["amount", "state"]
    assert not table.isSortingEnabled()


def test_one_returns_to_the_same_row_and_scroll(show: Show) -> None:
    source = Source(1000)
    table = table_over(source, show, total=1000)
    table.setCurrentIndex(table.model().index(57, 0))
    table.verticalScrollBar().setValue(50)
    place = table.place()
    model = table.model()
    assert isinstance(model, PagedRows)
    model.reload()
    model.set_total(1000)
    table.return_to(place)
    assert table.place() == place


def test_the_title_takes_what_the_fixed_columns_leave(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(30), show, width=1200)
    assert sum(table.columnWidth(index) for index in range(4)) == table.viewport().width()
    assert table.columnWidth(0) == 110


@pytest.mark.parametrize(("width", "hidden"), [(1200, []), (1100, [3]), (900, [2, 3])])
def test_columns_go_by_the_width_of_the_window(show: Show, width: int, hidden: list[int]) -> None:
    table = table_over(Source(30), show, width=width)
    assert [index for index in range(4) if table.isColumnHidden(index)] == hidden


def test_the_persons_own_widths_are_kept_and_told(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(30), show)
    with qtbot.waitSignal(table.widths_changed):
        table.horizontalHeader().resizeSection(0, 150)
    assert table.widths() == {"state": 150}
    other = table_over(Source(30), show)
    other.set_widths({"state": 150, "no_such_column": 9})
    assert other.columnWidth(0) == 150


def test_only_words_that_were_cut_have_a_tooltip(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(30), show)

    def tooltip_at(row: int) -> str:
        middle = table.visualRect(table.model().index(row, 1)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, middle, table.viewport().mapToGlobal(middle))
        QApplication.sendEvent(table.viewport(), event)
        return QToolTip.text()

    assert tooltip_at(3) == LONG
    qtbot.waitUntil(lambda: tooltip_at(4) == "")


def test_a_cell_reads_with_its_column_and_an_empty_one_says_so(show: Show) -> None:
    table = table_over(Source(30), show)
    amount = table.model().index(0, 2)
    assert amount.data() == "—"
    assert amount.data(Qt.ItemDataRole.AccessibleTextRole) == "金额（元） 没有"


def test_a_card_shows_whole_rows_and_says_which(show: Show, qtbot: QtBot) -> None:
    source = Source(1000)
    model = PagedRows(COLUMNS, source.fetch)
    table = Table(model, name="纠纷")
    card = TableCard(table)
    card.resize(1200, 500)
    show(card)
    model.reload()
    model.set_total(1000)
    assert table.viewport().height() % 44 == 0
    first, last = table.shown_rows()
    assert (first, last) == (1, table.viewport().height() // 44)
    table.verticalScrollBar().setValue(20)
    assert table.shown_rows()[0] == 21


def test_a_click_beside_the_rows_changes_nothing(show: Show, qtbot: QtBot) -> None:
    table = table_over(Source(2), show)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 400))
    assert table.row_id() == "id-0"
