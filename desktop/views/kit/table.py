"""The list of many rows: fixed heights, one delegate for every cell, keyboard all the way (window.md §4 Tables)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.views.kit.rows import Cell, Column, Index, PagedRows
from desktop.views.look import hairline, shapes, theme

_PADDING = 12
_LEAST_TITLE = 220


@dataclass(frozen=True)
class Place:
    """Where a person stood in a list: the row's id, its number, and how far it was scrolled."""

    row_id: str
    number: int
    scroll: int


class _Head(QHeaderView):
    """The head: small words, one sharp line below; painted here, for a style sheet blurs at fractional scale."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(48)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = theme.current()
        model = self.model()
        side = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        words = str(model.headerData(section, Qt.Orientation.Horizontal))
        painter.setFont(look.font("small"))
        painter.setPen(look.colours.ink2)
        box = rect.adjusted(_PADDING, look.px(6), -_PADDING, 0)
        painter.drawText(
            box, int(side), painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, then the line across."""
        super().paintEvent(event)
        bottom = QRectF(0, self.height() - 1, self.viewport().width(), 1)
        hairline.rule(QPainter(self.viewport()), bottom, theme.current().colours.line2)


class Table(QTableView):
    """A list over `PagedRows`.

    `opened` (Enter, double click) and `peeked` (Space) carry the row's id; `went` says that another row is chosen;
    `sort_asked` carries a column key (click on the head, Alt+Shift+digit): the rows are sorted where they come from,
    never here. Widths a person drags are kept: `widths()` and `set_widths()`, told by `widths_changed`.
    """

    opened = Signal(str)
    peeked = Signal(str)
    went = Signal(str)
    sort_asked = Signal(str)
    widths_changed = Signal()

    def __init__(self, model: PagedRows, *, name: str, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._compact = compact
        self._own_widths: dict[str, int] = {}
        self._is_fitting = False
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_CellPainter(self))
        self._set_manners()
        self._set_head()
        self._dress()
        self.activated.connect(self._open)
        theme.current().changed.connect(self._dress)
        model.arrived.connect(self._choose_first)

    def row_id(self) -> str:
        """The id of the chosen row; empty when none is."""
        row = self._rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return row.id if row else ""

    def place(self) -> Place:
        """Where the person stands now."""
        return Place(self.row_id(), self.currentIndex().row(), self.verticalScrollBar().value())

    def return_to(self, place: Place) -> None:
        """Stand where the person stood: the same row if it is still there, else the same line, same scroll."""
        found = self._rows.find(place.row_id)
        number = found if found is not None else min(place.number, self._rows.rowCount() - 1)
        if number >= 0:
            self.setCurrentIndex(self._rows.index(number, 0))
        self.verticalScrollBar().setValue(place.scroll)

    def widths(self) -> dict[str, int]:
        """The widths a person set, by column key."""
        return dict(self._own_widths)

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Use widths kept from earlier; keys that are no column are passed over."""
        self._own_widths = dict(widths)
        self._fit()

    def shown_rows(self) -> tuple[int, int]:
        """First and last row wholly in view, counted from 1 (第 1–11 行); (0, 0) when there are none."""
        if not self._rows.rowCount():
            return 0, 0
        height = self.verticalHeader().defaultSectionSize()
        first = self.rowAt(0)
        fitting = max(1, self.viewport().height() // height)
        return first + 1, min(first + fitting, self._rows.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space peeks, Alt+Shift+digit sorts; arrows, page keys, Home and End walk."""
        sort = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        key = event.key()
        if event.modifiers() & sort == sort and self._digit(event) is not None:
            self._ask_sort(self._digit(event) or 0)
        elif key == Qt.Key.Key_Space:
            self.peeked.emit(self.row_id())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            last = self._rows.rowCount() - 1
            self.setCurrentIndex(self._rows.index(0 if key == Qt.Key.Key_Home else last, 0))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell when another row is chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.went.emit(self.row_id())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen row turns green."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The chosen row turns grey."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title what the others leave."""
        super().resizeEvent(event)
        self._fit()

    def _set_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)

    def _set_head(self) -> None:
        head = _Head(self)
        self.setHorizontalHeader(head)
        for index, column in enumerate(self._rows.columns):
            fixed = column.width is None
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(index, mode)
        head.sectionClicked.connect(self._ask_sort)
        head.sectionResized.connect(self._keep_width)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress(self) -> None:
        look = theme.current()
        self.horizontalHeader().setFixedHeight(look.size("tableHead") + 4)
        height = look.px(36) if self._compact else look.size("tableRow")
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        shown = self._shown_columns()
        self._is_fitting = True
        taken = 0
        for index, column in enumerate(self._rows.columns):
            self.setColumnHidden(index, column not in shown)
            if column in shown and column.width is not None:
                self.setColumnWidth(index, self._width_of(column))
                taken += self._width_of(column)
        for index, column in enumerate(self._rows.columns):
            if column.width is None:
                self.setColumnWidth(index, max(look.px(_LEAST_TITLE), self.viewport().width() - taken))
        self._is_fitting = False

    def _shown_columns(self) -> list[Column]:
        """Columns the window is wide enough for; then the least needed go until the title has room (a side sheet)."""
        look = theme.current()
        window_width = self.window().width() / look.scale
        shown = [column for column in self._rows.columns if window_width >= column.needs_width]
        room = self.viewport().width() - look.px(_LEAST_TITLE)
        while sum(self._width_of(column) for column in shown) > room:
            least = max(reversed(shown), key=lambda column: column.needs_width)
            if not least.needs_width:
                break
            shown.remove(least)
        return shown

    def _width_of(self, column: Column) -> int:
        """The person's own width or the drawing's; 0 for the title, which takes the rest."""
        if column.width is None:
            return 0
        return self._own_widths.get(column.key, theme.current().px(column.width))

    def _keep_width(self, index: int, _old: int, new: int) -> None:
        if self._is_fitting or new == 0:
            return
        self._own_widths[self._rows.columns[index].key] = new
        self.widths_changed.emit()
        QTimer.singleShot(0, self, self._fit)

    def _choose_first(self) -> None:
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row()) if index.isValid() else None
        if row:
            self.opened.emit(row.id)

    def _ask_sort(self, index: int) -> None:
        if index < len(self._rows.columns) and self._rows.columns[index].sorts:
            self.sort_asked.emit(self._rows.columns[index].key)

    def _digit(self, event: QKeyEvent) -> int | None:
        """Which column Alt+Shift+digit names; shifted digits are signs on many keyboards, so the sign counts too."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return int(key - Qt.Key.Key_1)
        signs = "!@#$%^&*("
        found = signs.find(chr(key)) if 0 < key < 128 else -1
        return found if found >= 0 else None


class _CellPainter(QStyledItemDelegate):
    """Paints every cell of a `Table`: selection bar and tint, shape, words, line below."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(60, self._table.verticalHeader().defaultSectionSize())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = self._table.model()
        assert isinstance(model, PagedRows)
        rect = QRectF(option.rect)
        row = model.row(index.row())
        self._paint_ground(painter, rect, index)
        if row is not None:
            self._paint_words(painter, rect, row.cells[index.column()], model.columns[index.column()], row.bold)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Whole words in a tooltip, only where they were cut."""
        model = self._table.model()
        row = model.row(index.row()) if isinstance(model, PagedRows) and index.isValid() else None
        if event.type() != QEvent.Type.ToolTip or row is None or not isinstance(model, PagedRows):
            return False
        cell, column = row.cells[index.column()], model.columns[index.column()]
        box, font = self._box(QRectF(option.rect), cell), self._font(cell, column, row.bold)
        is_cut = QFontMetricsF(font).horizontalAdvance(cell.text) > box.width()
        QToolTip.showText(event.globalPos(), cell.text if is_cut else "", view)
        return True

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        look = theme.current()
        colours = look.colours
        current = self._table.currentIndex()
        if current.isValid() and current.row() == index.row():
            active = self._table.hasFocus()
            painter.fillRect(rect, colours.sel if active else colours.sunken)
            if index.column() == self._table.horizontalHeader().logicalIndexAt(0):
                bar = QRectF(rect.left(), rect.top(), 3, rect.height() - 1)
                painter.fillRect(bar, colours.accent if active else colours.edge)
        hairline.rule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)

    def _paint_words(self, painter: QPainter, rect: QRectF, cell: Cell, column: Column, bold: bool) -> None:
        look = theme.current()
        box = self._box(rect, cell)
        if cell.shape:
            side = look.size("stateShape")
            top = rect.top() + (rect.height() - side) / 2 - 0.5
            shapes.draw(painter, cell.shape, QRectF(rect.left() + _PADDING + 1, top, side, side))
        font = self._font(cell, column, bold)
        painter.setFont(font)
        painter.setPen(look.colours.named(cell.tone or column.tone))
        words = QFontMetricsF(font).elidedText(cell.text or "—", Qt.TextElideMode.ElideRight, box.width() + 0.5)
        side_flag = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side_flag | Qt.AlignmentFlag.AlignVCenter), words)

    def _box(self, rect: QRectF, cell: Cell) -> QRectF:
        shape = theme.current().px(14 + 10) if cell.shape else 0
        return rect.adjusted(_PADDING + shape, 0, -_PADDING, -1)

    def _font(self, cell: Cell, column: Column, bold: bool) -> QFont:
        own = cell.bold if cell.bold is not None else bold and column.width is None
        return theme.current().font("body", bold=own)
