"""这一行: what is odd about a row, and its cells as the file has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.casework.ledgers import LedgerReading, LedgerRow
from desktop.views.kit import Label, Paragraph, ShapeMark, column, line
from desktop.views.kit.fitscroll import FitScroll
from desktop.views.look import theme
from desktop.views.look.shapes import Shape

_REFUSED = Shape("filled diamond with !", "red")
_ODD = Shape("filled triangle with !", "amberMark")
_LABEL = 130


class RowPanel(QWidget):
    """One row of the file, whole."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroll = FitScroll()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def show_row(self, row: LedgerRow, headings: Sequence[str]) -> None:
        """Say the row: its troubles first, then cell by cell."""
        lines: list[QWidget] = [Label(f"{row.sheet} 第 {row.number} 行", "small", tone="ink2")]
        for trouble in row.troubles:
            refuses = trouble.level == "refuse"
            where = f"{trouble.heading}：" if trouble.heading else ""
            text = Paragraph(f"{where}{trouble.reason}", "small", tone="red" if refuses else "amber")
            shape = column(ShapeMark(_REFUSED if refuses else _ODD, size=15), None)
            lines.append(_stretched(line(shape, text, gap=8)))
        for number, cell in enumerate(row.cells):
            if cell not in (None, ""):
                lines.append(_cell(headings[number] if number < len(headings) else "", str(cell)))
        self._scroll.fill(lines)


def headings_of(reading: LedgerReading, row: LedgerRow) -> Sequence[str]:
    """The headings over a row: those of the last table of its sheet that begins above it."""
    tables = [one for one in reading.tables if one.sheet == row.sheet and one.first_row <= row.number]
    return max(tables, key=lambda one: one.first_row).mapping.headings if tables else ()


def _cell(heading: str, text: str) -> QWidget:
    name = Paragraph(heading or "—", "small")
    name.setFixedWidth(theme.current().px(_LABEL))
    return _stretched(line(name, Paragraph(text, "small", tone="ink"), gap=12))


def _stretched(row: QWidget) -> QWidget:
    row.layout().setStretch(1, 1)
    row.layout().setContentsMargins(0, 3, 0, 3)
    return row
