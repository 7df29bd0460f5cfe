"""The first lines of the ledger as a table; columns that have no room beside the others are a key away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.ledgers.first_look import Preview
from desktop.views.kit import Cell, Column, IconButton, Label, Row, Table, TableCard
from desktop.views.kit.heldrows import HeldRows
from desktop.views.kit.tableorempty import TableOrEmpty
from desktop.views.look import theme

_SIGN, _LEAST, _MOST, _REST = 10, 64, 190, 230
_AROUND = 24


class PreviewCard(QWidget):
    """A table over `Preview`; ← and → turn to the columns before and after."""

    def __init__(self) -> None:
        super().__init__()
        self._preview = Preview((), (), (), ())
        self._starts = [0]
        self.rows = HeldRows((), parent=self)
        self.table = Table(self.rows, name="台账的前几行")
        self.card = TableCard(self.table)
        self._said = Label("", "caption", tone="ink2")
        self._before = IconButton("chevron_left", "前面的列，←")
        self._after = IconButton("chevron_right", "后面的列，→")
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        for part in (self._before, self._said, self._after):
            self.card.foot.addWidget(part)
        self.shown = TableOrEmpty(self.card, icon="document_table")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shown)
        self.setFocusProxy(self.table)

    def show_preview(self, preview: Preview) -> None:
        """Show it, from the first column."""
        self._preview, self._starts = preview, [0]
        self._show()
        self.card.say(f"前 {len(preview.rows)} 行")
        if preview.rows:
            self.shown.show_table()
        else:
            self.shown.show_empty("没有这样的纠纷", "换一个筛选看看。空着也能存成表，只有表头。")

    def headings(self) -> tuple[str, ...]:
        """The headings now in view."""
        return tuple(column.words for column in self.rows.columns)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and →; the table lets them through."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self._turn(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns fit in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._starts = [0]
            self._show()

    def _turn(self, step: int) -> None:
        first = self._starts[-1]
        if step < 0 and len(self._starts) > 1:
            self._starts.pop()
        elif step > 0 and self._end(first) < len(self._preview.headings):
            self._starts.append(self._end(first))
        else:
            return
        self._show()

    def _show(self) -> None:
        preview, first = self._preview, self._starts[-1]
        end = self._end(first)
        shown = range(first, end)
        rest = max(shown, key=lambda n: preview.widths[n], default=-1)
        columns = [self._column(n, takes_rest=n == rest) for n in shown]
        rows = [Row(str(k), tuple(Cell(row[n]) for n in shown)) for k, row in enumerate(preview.rows)]
        self.rows.show_columns(columns, rows)
        self.table.set_widths({})
        count = len(preview.headings)
        self._said.setText(f"第 {first + 1}–{end} 列，共 {count} 列" if count else "")
        self._before.setEnabled(first > 0)
        self._after.setEnabled(end < count)

    def _end(self, first: int) -> int:
        """The first column that has no room any more."""
        look, preview = theme.current(), self._preview
        room, end, widest = self.width() - look.px(_AROUND), first, 0
        taken = 0
        while end < len(preview.headings):
            own = look.px(self._width(end))
            widest = max(widest, own)
            if end > first and taken + own - widest + look.px(_REST) > room:
                break
            taken += own
            end += 1
        return end

    def _width(self, number: int) -> int:
        signs = max(self._preview.widths[number], 2 + len(self._preview.headings[number]) * 3 // 2)
        return max(_LEAST, min(_MOST, signs * _SIGN))

    def _column(self, number: int, *, takes_rest: bool) -> Column:
        heading, right = self._preview.headings[number], self._preview.is_right[number]
        return Column(str(number), heading, None if takes_rest else self._width(number), right, "ink", sorts=False)

