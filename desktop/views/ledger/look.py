"""看一遍: what every row was taken for, which column is what, which words were not understood."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.casework.ledgers import ColumnMapping, LedgerReading, LedgerRow, RowKind
from desktop.views import words
from desktop.views.kit import Button, Card, Label, Segment, Segments, Tab, Table, TableCard, TabLine, line
from desktop.views.ledger.columns import ColumnsPanel
from desktop.views.ledger.onerow import RowPanel, headings_of
from desktop.views.ledger.rows import ReadRows, before
from desktop.views.ledger.unknown import UnknownPanel
from desktop.views.look import theme

_SIDE, _UNBOUNDED = 430, 16_777_215


class LookPanel(QWidget):
    """`remapped` carries a `ColumnMapping`, `meant` (code set, word, code): read the file again with them.

    `take_asked`: the person agreed; `other_asked`: another file.
    """

    remapped = Signal(object)
    meant = Signal(str, str, str)
    take_asked = Signal()
    other_asked = Signal()

    def __init__(
        self, reading: LedgerReading, *, tab: str = "columns", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._side = self._side_card(tab)
        self._table_card = self._rows_card(list(reading.rows))
        self._parts = Segments(
            [Segment("rows", "认出来的行"), Segment("side", "列和词")], name="看哪一块", filter_bar=True
        )
        self._parts.set_value("rows")
        self._parts.changed.connect(lambda _value: self._arrange())
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(self._side)
        columns.addWidget(self._table_card, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._head())
        layout.addLayout(columns, 1)
        self.setFocusProxy(self._table_card)
        self._arrange()

    def wait(self) -> None:
        """The file is being read again: what is shown is not what would be brought in."""
        self.take.setEnabled(False)
        self.take.say("正在重新认…")

    def tab(self) -> str:
        """Which side the person looks at."""
        return self._tabs.key()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one of the two below 1180 logical px."""
        super().resizeEvent(event)
        self._arrange()

    def _head(self) -> QWidget:
        count = sum(1 for _ in self._reading.disputes())
        self.take = Button(f"导入 {words.count(count)} 行", "primary", size="large")
        self.take.setEnabled(count > 0)
        self.take.clicked.connect(self.take_asked)
        other = Button("换一个文件", "plain", size="large")
        other.clicked.connect(self.other_asked)
        self._note = Label("先看一遍，点了“导入”才存", tone="ink2")
        return line(self._parts, self._note, None, other, self.take, gap=10)

    def _arrange(self) -> None:
        narrow = not theme.current().is_wide(self.window().width())
        chosen = self._parts.value()
        self._note.setVisible(not narrow)
        self._parts.setVisible(narrow)
        self._side.setVisible(not narrow or chosen == "side")
        self._table_card.setVisible(not narrow or chosen == "rows")
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_UNBOUNDED)
        else:
            self._side.setFixedWidth(theme.current().px(_SIDE))

    def _rows_card(self, rows: list[LedgerRow]) -> TableCard:
        # What needs an eye comes first; the file's own order within each kind.
        rows.sort(key=_urgency)
        self._rows = rows
        table = Table(ReadRows(rows, before), name="认出来的行")
        table.went.connect(self._show_row)
        table.opened.connect(self._open_row)
        table.peeked.connect(self._open_row)
        card = TableCard(table)
        card.say(_sentence(self._reading))
        return card

    def _side_card(self, tab: str) -> Card:
        reading, unknown = self._reading, self._reading.unknown_words()
        card = Card()
        self._stack = QStackedWidget()
        tabs = [Tab(f"columns{number}", _tab_words(reading, number)) for number in range(len(reading.tables))]
        for table in reading.tables:
            panel = ColumnsPanel(table)
            panel.changed.connect(self._remap)
            self._stack.addWidget(panel)
        if unknown:
            tabs.append(Tab("unknown", "认不出的词", len(unknown)))
            words_panel = UnknownPanel(unknown)
            words_panel.meant.connect(self.meant)
            self._stack.addWidget(words_panel)
        self._row = RowPanel()
        tabs.append(Tab("row", "这一行"))
        self._stack.addWidget(self._row)
        self._tabs = TabLine(tabs, name="列和词")
        keys = [one.key for one in tabs]
        self._tabs.chosen.connect(lambda key: self._stack.setCurrentIndex(keys.index(key)))
        if tab in keys:
            self._tabs.choose(tab)
        card.add(self._tabs)
        for notice in reading.notices:
            card.add(Label(notice, "caption", tone="amber", elide=True))
        card.body.addWidget(self._stack, 1)
        return card

    def _show_row(self, number: str) -> None:
        if number:
            row = self._rows[int(number)]
            self._row.show_row(row, headings_of(self._reading, row))

    def _open_row(self, number: str) -> None:
        self._show_row(number)
        self._tabs.choose("row")
        self._parts.set_value("side")

    def _remap(self, mapping: ColumnMapping) -> None:
        self.remapped.emit(mapping)


def _urgency(row: LedgerRow) -> int:
    if row.kind is not RowKind.DATA:
        return 3
    return 0 if row.is_refused else 1 if row.troubles else 2


def _tab_words(reading: LedgerReading, number: int) -> str:
    return "哪一列是什么" if len(reading.tables) == 1 else reading.tables[number].sheet[:8]


def _sentence(reading: LedgerReading) -> str:
    counts = reading.counts()
    fine = sum(1 for _ in reading.disputes())
    refused = sum(1 for _ in reading.refused())
    rest = sum(counts.values()) - fine - refused
    parts = [f"能导 {words.count(fine)} 行"]
    parts += [f"导不了 {words.count(refused)} 行"] if refused else []
    parts += [f"表头、空行、合计等 {words.count(rest)} 行"] if rest else []
    return "，".join(parts) + "，要看的在前"
