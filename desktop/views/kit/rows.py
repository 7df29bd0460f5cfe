"""What a table shows: columns, rows of cells, and a model over pages that are fetched when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.views.look.shapes import Shape

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PAGES_KEPT = 12


@dataclass(frozen=True)
class Column:
    """One column. `width` None is the one that takes the rest (the title).

    `needs_width`: the logical window width below which the column is left out (0: always shown).
    """

    key: str
    words: str
    width: int | None = None
    right: bool = False
    tone: str = "ink2"
    needs_width: int = 0
    sorts: bool = True


@dataclass(frozen=True)
class Cell:
    """One cell: words, an optional shape before them, a colour token, its own weight. Empty words show —."""

    text: str
    shape: Shape | None = None
    tone: str = ""
    bold: bool | None = None


@dataclass(frozen=True)
class Row:
    """One line: the id of what it stands for, its cells in the order of the columns; bold when new or changed."""

    id: str
    cells: tuple[Cell, ...]
    bold: bool = False


Deliver = Callable[[Sequence[Row]], None]
Fetch = Callable[[int, int, Deliver], None]
"""`fetch(first, count, deliver)`: read `count` rows from `first` on and hand them to `deliver`, now or later."""


class PagedRows(QAbstractTableModel):
    """Rows in pages. Until `set_total` tells the count, the table grows page by page as it is scrolled.

    Fewer rows than asked for means the end. A page that is not there yet shows empty lines.
    """

    arrived = Signal()

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, *, page_rows: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch, self._page_rows = fetch, page_rows
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._rows = 0
        self._is_whole = False
        self._round = 0

    def reload(self) -> None:
        """Forget what was read and read the first page again."""
        self.beginResetModel()
        self._pages.clear()
        self._asked.clear()
        self._rows, self._is_whole = 0, False
        self._round += 1
        self.endResetModel()
        self._ask(0)

    def set_total(self, total: int) -> None:
        """Tell how many rows there are, once counted: from now on every row can be jumped to."""
        self._is_whole = True
        self._resize(total)

    def refresh(self) -> None:
        """Read the pages that are held again, in place: no jump, no flicker."""
        held = list(self._pages)
        self._asked.clear()
        for page in held:
            self._ask(page)

    def row(self, number: int) -> Row | None:
        """The row at a place; None while its page is still being read."""
        page, offset = divmod(number, self._page_rows)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            rows = self._pages.get(page)
        else:
            self._pages.move_to_end(page)
        return rows[offset] if rows is not None and offset < len(rows) else None

    def find(self, row_id: str) -> int | None:
        """The place of an id among the rows held."""
        for page, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if row.id == row_id:
                    return page * self._page_rows + offset
        return None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows are known."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether more rows may follow."""
        return not parent.isValid() and not self._is_whole and bool(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Read the page after the last one."""
        self._ask(self._rows // self._page_rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for screen readers and tests; the delegate reads `row`."""
        row = self.row(index.row())
        if row is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text or "—"
        return f"{self.columns[index.column()].words} {cell.text or '没有'}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column words, numbers at the right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        asked_round = self._round
        self._fetch(page * self._page_rows, self._page_rows, lambda rows: self._take(page, rows, asked_round))

    def _take(self, page: int, rows: Sequence[Row], asked_round: int) -> None:
        if asked_round != self._round:
            return
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES_KEPT:
            old, _ = self._pages.popitem(last=False)
            self._asked.discard(old)
        first = page * self._page_rows
        self._learn_length(first, len(rows))
        if rows:
            last = self.index(min(first + len(rows), self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)
        self.arrived.emit()

    def _learn_length(self, first: int, count: int) -> None:
        """Fewer rows than asked for are the end; a full page at the end may have more behind it."""
        end = first + count
        if count < self._page_rows:
            self._is_whole = True
            self._resize(end if count or not first else min(self._rows, first))
        elif end >= self._rows:
            self._is_whole = False
            self._resize(end)

    def _resize(self, total: int) -> None:
        if total > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, total - 1)
            self._rows = total
            self.endInsertRows()
        elif total < self._rows:
            self.beginRemoveRows(QModelIndex(), total, self._rows - 1)
            self._rows = total
            self.endRemoveRows()
