"""导完了: how many of each kind, adding up to the rows of the file, and what to do about those that did not go in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.casework.ledgers import LedgerRow
from desktop.casework.ledgers.report import LABELS, ImportReport, Outcome
from desktop.views import words
from desktop.views.kit import (
    Button,
    Card,
    Heading,
    Label,
    Paragraph,
    ShapeMark,
    Table,
    TableCard,
    column,
    line,
)
from desktop.views.ledger.rows import ReadRows, after
from desktop.views.look import theme
from desktop.views.look.shapes import Shape

_FINE = Shape("filled disc with tick", "accent")
_PAUSED = Shape("filled disc with two bars", "ink2")


class DonePanel(QWidget):
    """`list_asked`: show the disputes; `again_asked`: another file; `saved` carries the path written."""

    list_asked = Signal()
    again_asked = Signal()
    save_asked = Signal(object)

    def __init__(self, report: ImportReport, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        refused = report.refused_rows()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(14))
        layout.addWidget(self._head())
        if refused:
            layout.addWidget(self._refused(), 1)
        else:
            layout.addStretch(1)

    def _head(self) -> Card:
        again = Button("再导一个", "plain", size="large")
        self.show_list = Button("看导进的纠纷", "primary", size="large")
        self.show_list.clicked.connect(self.list_asked)
        again.clicked.connect(self.again_asked)
        is_cancelled = self._report.reading.is_cancelled
        row = line(
            ShapeMark(_PAUSED if is_cancelled else _FINE, size=30),
            column(Heading(self.fact(), role="titleNarrow"), Paragraph(self._sentence(), "small"), gap=4),
            again,
            self.show_list,
            gap=14,
        )
        row.layout().setStretch(1, 1)
        return Card(padding=(22, 16)).add(row, self._counts())

    def fact(self) -> str:
        """导进 40 件纠纷, in one line."""
        counts = self._report.counts()
        imported = words.count(counts[Outcome.IMPORTED])
        if self._report.reading.is_cancelled:
            return f"停下了，导进 {imported} 件"
        if not counts[Outcome.IMPORTED] and counts[Outcome.REPEAT]:
            return "没有新的，这些都导过了"
        return f"导进 {imported} 件纠纷"

    def _sentence(self) -> str:
        reading = self._report.reading
        rest = (
            "已经导进的留着；再导一次，从没导的接着来。"
            if reading.is_cancelled
            else "都存在本机了，有网就传到区里。"
        )
        return f"《{reading.file}》一共 {words.count(len(reading.rows))} 行，一行不少都在这里。{rest}"

    def _counts(self) -> QWidget:
        """How many of each kind, side by side: together they are the rows of the file."""
        counts = self._report.counts()
        parts: list[QWidget | None] = []
        for outcome in Outcome:
            if counts[outcome]:
                number = Label(words.count(counts[outcome]), bold=True)
                parts.append(line(number, Label(LABELS[outcome], "small", tone="ink2"), gap=6))
        return line(*parts, None, gap=24)

    def _refused(self) -> QWidget:
        rows = self._report.refused_rows()
        table = Table(
            ReadRows(rows, lambda row: after(Outcome.REFUSED, self._reason(row))), name="没导入的行"
        )
        card = TableCard(table)
        card.say("改好表格再导一次，已经导进的不会重复")
        save = Button("存成表格，改了再导", "plain", size="row", icon="save")
        save.clicked.connect(self._ask_where)
        head = line(Heading("没导入的", f"{words.count(len(rows))} 行"), None, save)
        block = column(head, card, gap=8)
        block.layout().setStretch(1, 1)
        return block

    def _reason(self, row: LedgerRow) -> str:
        return self._report.reasons.get((row.sheet, row.number), row.reason)

    def _ask_where(self) -> None:
        start = f"{Path(self._report.reading.file).stem}-没导入的.xlsx"
        name, _ = QFileDialog.getSaveFileName(self.window(), "存没导入的行", start, "Excel 表格 (*.xlsx)")
        if name:
            self.save_asked.emit(Path(name))
