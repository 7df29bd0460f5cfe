"""Small forms beside the ledger: days of one's own, and the name a view is kept under."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.errors import NotYet
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.views.kit import Button, CheckBox, DateField, LabelledField, Paragraph, TextField, column, line


class SpanSheet(QWidget):
    """From which day to which. `asked` carries both as stored, "" for no bound."""

    asked = Signal(str, str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.first, self.last = DateField(today=today), DateField(today=today)
        self._end = LabelledField("到哪天", self.last, optional=True)
        take = Button("只看这些天的", "tonal")
        take.clicked.connect(self._ask)
        start = LabelledField("从哪天", self.first, optional=True)
        _fill(self, start, self._end, line(take, None))
        self.setFocusProxy(self.first)

    def _ask(self) -> None:
        first, last = self.first.day(), self.last.day()
        if first and last and last < first:
            self._end.fail("比开始那天还早，核对一下")
            return
        self.asked.emit(first.isoformat() if first else "", last.isoformat() if last else "")


class ViewSheet(QWidget):
    """`keep_asked` carries (name, title, totals), `drop_asked` the name of a view no longer wanted."""

    keep_asked = Signal(str, str, bool)
    drop_asked = Signal(str)

    def __init__(self, view: LedgerView, *, is_kept: bool) -> None:
        super().__init__()
        self.name = TextField(view.name if is_kept else "")
        self.title = TextField(view.title)
        self.totals = CheckBox("最后一行加合计")
        self.totals.setChecked(view.totals)
        self._name_frame = LabelledField("视图名称", self.name)
        keep, drop = Button("存下这个视图", "tonal"), Button("不要这个视图了", "text")
        keep.clicked.connect(
            lambda: self.keep_asked.emit(self.name.value(), self.title.value(), self.totals.isChecked())
        )
        drop.clicked.connect(lambda: self.drop_asked.emit(view.name))
        if not is_kept:
            drop.hide()
        text = "列、筛选和表头都记住，只记在这台电脑上，只有您看得到。"
        title = LabelledField("印在表上的标题", self.title)
        parts = (Paragraph(text, "small"), self._name_frame, title, self.totals, line(keep, drop, None))
        _fill(self, *parts)
        self.setFocusProxy(self.name)

    def refuse(self, error: Exception) -> None:
        """Say why it was not kept."""
        if isinstance(error, NotYet):
            self._name_frame.fail(error.lacks[0].message)


def _fill(sheet: QWidget, *parts: QWidget) -> None:
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(column(*parts, None, gap=12))
