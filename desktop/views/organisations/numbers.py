"""卷号: the blocks of a year and whose they are, and every number no dossier bears, with the reason (§2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.numbers import gaps
from desktop.casework.numbers.gaps import Lent
from desktop.views.background import Lanes
from desktop.views.kit import Column, IconButton, Label, Row, Segment, Segments, Table, TableCard, line
from desktop.views.kit.heldrows import HeldRows
from desktop.views.kit.tableorempty import TableOrEmpty
from desktop.views.organisations.rows import BLOCKS, GAPS, block_row, gap_row
from sync.records.numbering import Gap

Account = tuple[tuple[Gap, ...], tuple[Lent, ...]]


class NumbersPanel(QWidget):
    """The numbers of one committee, a year at a time."""

    def __init__(self, desk: Desk, lanes: Lanes, org_id: str) -> None:
        super().__init__()
        self._desk, self._lanes, self._org = desk, lanes, org_id
        self.year = desk.today.year
        self._account: Account = ((), ())
        self._title = Label("", bold=True)
        self._before, self._after = IconButton("chevron_left", "前一年"), IconButton("chevron_right", "后一年")
        self.parts = Segments(
            [Segment("gaps", "没有卷的号"), Segment("blocks", "号段")], name="看什么", filter_bar=True
        )
        self.rows = HeldRows(GAPS, parent=self)
        self.table = Table(self.rows, name="没有卷的号")
        self._card = TableCard(self.table)
        self._shown = TableOrEmpty(self._card, icon="note")
        self.parts.set_value("gaps")
        self._build()

    def read(self) -> None:
        """Read the year anew."""
        desk, org, year = self._desk, self._org, self.year
        self._title.setText(f"{year}年")
        self._after.setEnabled(year < desk.today.year)
        self._lanes.submit(
            "store", lambda: (gaps.gaps(desk, org, year), gaps.lent(desk, org, year)), self._take
        )

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(line(self._before, self._title, self._after, self.parts, None, gap=6))
        layout.addWidget(self._shown, 1)
        self._before.clicked.connect(lambda: self._go(-1))
        self._after.clicked.connect(lambda: self._go(1))
        self.parts.changed.connect(lambda _value: self._show())
        self.setFocusProxy(self.table)

    def _go(self, years: int) -> None:
        self.year += years
        self.read()

    def _take(self, account: Account) -> None:
        self._account = account
        self._show()

    def _show(self) -> None:
        found, lent = self._account
        if self.parts.value() == "blocks":
            self._fill(BLOCKS, [block_row(one) for one in lent], f"领过 {len(lent)} 个号段")
            return
        missing = sum(one.last - one.first + 1 for one in found if one.why != "double")
        said = f"{missing:,} 个号没有卷，照这台电脑现在知道的算"
        self._fill(GAPS, [gap_row(one) for one in found], said)

    def _fill(self, columns: Sequence[Column], rows: Sequence[Row], said: str) -> None:
        self.rows.show_columns(columns, rows)
        self.table.set_widths({})
        self._card.say(said)
        if rows:
            self._shown.show_table()
        elif self.parts.value() == "blocks":
            self._shown.show_empty("这一年还没有领过号段", "第一次写卷号的时候，从区里领一段，没网也够用。")
        else:
            self._shown.show_empty("这一年没有空着的号", "从第一号到最后一号，每个号都有一卷。照这台电脑现在知道的算。")
