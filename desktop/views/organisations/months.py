"""一案一补: what was checked in a month, case by case and per mediator, and what waits for 司法所's check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.casework.desk import Desk
from desktop.casework.organisations import subsidy
from desktop.casework.organisations.subsidy import MonthList, Waiting
from desktop.papers.subsidy import Payment
from desktop.views import troubles, words
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.kit import (
    Button,
    Cell,
    Column,
    IconButton,
    Label,
    Row,
    Segment,
    Segments,
    Table,
    TableCard,
    line,
)
from desktop.views.kit.heldrows import HeldRows
from desktop.views.kit.tableorempty import TableOrEmpty
from desktop.views.look import shapes

_CASES = (
    Column("mediator", "调解员", 108, tone="ink", sorts=False),
    Column("title", "纠纷", tone="ink", sorts=False),
    Column("rate", "档次", 84, sorts=False),
    Column("cents", "补贴（元）", 104, right=True, tone="ink", sorts=False),
    Column("ended", "办结", 112, needs_width=1180, sorts=False),
    Column("checked", "审定", 184, needs_width=1000, sorts=False),
)
_PEOPLE = (
    Column("mediator", "调解员", tone="ink", sorts=False),
    Column("count", "件数", 96, right=True, sorts=False),
    Column("cents", "补贴（元）", 140, right=True, tone="ink", sorts=False),
)
Reading = tuple[MonthList, tuple[Waiting, ...]]


class MonthPanel(QWidget):
    """A month at a time. Enter opens the dispute, so that who checks reads the dossier first."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going) -> None:
        super().__init__()
        self._desk, self._lanes, self._going = desk, lanes, going
        self.year, self.month = desk.today.year, desk.today.month
        self._found: Reading | None = None
        self._title = Label("", bold=True)
        self._before, self._after = IconButton("chevron_left", "前一个月"), IconButton("chevron_right", "后一个月")
        self.parts = Segments(
            [Segment("cases", "审定了的"), Segment("people", "按人合计"), Segment("waiting", "等审定")],
            name="看哪些", filter_bar=True,
        )  # fmt: skip
        self.check_button = Button("审定这一件", "primary")
        self.export_button = Button("存成Excel", icon="arrow_download")
        self.rows = HeldRows(_CASES, parent=self)
        self.table = Table(self.rows, name="一案一补")
        self.card = TableCard(self.table)
        self._shown = TableOrEmpty(self.card, icon="document_table")
        self.parts.set_value("cases")
        self._build()

    def read(self) -> None:
        """Read the month anew."""
        desk, year, month = self._desk, self.year, self.month
        self._title.setText(f"{year}年{month}月")
        self._after.setEnabled((year, month) < (desk.today.year, desk.today.month))
        self._lanes.submit(
            "store", lambda: (subsidy.month_list(desk, year, month), subsidy.waiting(desk)), self._take
        )

    def export(self, file: Path) -> None:
        """Write the month's list."""
        if self._found is None:
            return
        found = self._found[0]
        self.export_button.say("正在存…")
        self._lanes.submit(
            "files", lambda: subsidy.export(found, file), lambda _none: self._exported(file), self._failed
        )

    def filled(self) -> Button | None:
        """The filled button, where something waits for this person."""
        return self.check_button if self.check_button.isVisibleTo(self) else None

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        ends = (self.export_button, self.check_button)
        layout.addWidget(line(self._before, self._title, self._after, self.parts, None, *ends, gap=6))
        layout.addWidget(self._shown, 1)
        self._before.clicked.connect(lambda: self._go(-1))
        self._after.clicked.connect(lambda: self._go(1))
        self.parts.changed.connect(lambda _value: self._show())
        self.check_button.clicked.connect(self._check)
        self.export_button.clicked.connect(self._ask_file)
        self.table.opened.connect(self._open)
        self.check_button.hide()
        self.setFocusProxy(self.table)

    def _go(self, months: int) -> None:
        place = self.year * 12 + self.month - 1 + months
        self.year, self.month = place // 12, place % 12 + 1
        self.read()

    def _take(self, found: Reading) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        month, waiting = self._found
        part, stood = self.parts.value(), self.table.place()
        self.parts.set_count("waiting", len(waiting))
        if part == "people":
            self.rows.show_columns(_PEOPLE, [_person(total) for total in month.totals])
        elif part == "waiting":
            self.rows.show_columns(_CASES, [self._waiting(one) for one in waiting])
        else:
            rows = [self._paid(str(number), one) for number, one in enumerate(month.payments)]
            self.rows.show_columns(_CASES, rows)
        self.table.set_widths({})
        self.table.return_to(stood)
        self._say(month, waiting)
        may = part == "waiting" and bool(waiting) and subsidy.may_check(self._desk)
        self.check_button.setVisible(may)
        self.export_button.setVisible(part != "waiting" and bool(month.payments))

    def _say(self, month: MonthList, waiting: tuple[Waiting, ...]) -> None:
        self._shown.show_table()
        if self.parts.value() != "waiting" and month.payments:
            self.card.say(_month_words(month))
        elif self.parts.value() == "waiting" and waiting:
            self.card.say(_waiting_words(waiting))
        elif self.parts.value() == "waiting":
            self._shown.show_empty("没有等审定的", "纠纷办结以后，在那一件里选好哪一档，就到这里来。")
        else:
            text = f"司法所审定过的，按审定的那个月列在这里。{_sealed(month)}".strip()
            self._shown.show_empty("这个月还没有审定过补贴", text)

    def _paid(self, key: str, one: Payment) -> Row:
        checked = f"{one.checked_by} {self._day(one.checked_on)}"
        return Row(key, (Cell(one.mediator), Cell(one.title), Cell(one.rate), Cell(words.money(one.cents)),
                         Cell(self._day(one.ended_on)), Cell(checked)))  # fmt: skip

    def _waiting(self, one: Waiting) -> Row:
        paid = one.payment
        said = Cell("您主持的，请别人审", tone="ink3") if one.is_own else Cell("等审定", shapes.room())
        return Row(one.id, (Cell(paid.mediator), Cell(paid.title), Cell(paid.rate), Cell(words.money(paid.cents)),
                            Cell(self._day(paid.ended_on)), said))  # fmt: skip

    def _day(self, stored: str) -> str:
        return words.stored_day(stored, self._desk.today)

    def _open(self, row_id: str) -> None:
        if self.parts.value() == "waiting" and row_id:
            self._going.open_dispute(row_id)

    def _check(self) -> None:
        chosen = self.table.row_id()
        if not chosen:
            return
        self._lanes.submit("store", lambda: subsidy.check(self._desk, [chosen]), self._checked, self._failed)

    def _checked(self, _changes: Any) -> None:
        self._going.notices.tell("审定了，记在这个月里", f"存在本机 {self._desk.now():%H:%M}，等有网传到区里")
        self.read()

    def _ask_file(self) -> None:
        start = f"个案补贴 {self.year}年{self.month}月.xlsx"
        name, _ = QFileDialog.getSaveFileName(self.window(), "存成Excel", start, "Excel 表格 (*.xlsx)")
        if name:
            self.export(Path(name))

    def _exported(self, file: Path) -> None:
        self.export_button.say("存成Excel")
        self._going.notices.tell(f"补贴表存好了：{file.name}", "一张明细，一张按人汇总，留了签名的地方")

    def _failed(self, error: Exception) -> None:
        self.export_button.say("存成Excel")
        troubles.tell(self._going.notices, error)


def _person(total: tuple[str, int, int]) -> Row:
    name, count, cents = total
    return Row(name, (Cell(name), Cell(f"{count:,}"), Cell(words.money(cents))))


def _month_words(month: MonthList) -> str:
    total = words.money(month.total_cents)
    return f"{len(month.totals)} 人 {len(month.payments):,} 件，一共 {total} 元。{_sealed(month)}"


def _sealed(month: MonthList) -> str:
    return f"另有 {month.sealed} 件关起门谈的不归您看。" if month.sealed else ""


def _waiting_words(waiting: tuple[Waiting, ...]) -> str:
    total = words.money(sum(one.payment.cents for one in waiting))
    return f"{len(waiting):,} 件等审定，一共 {total} 元。按 Enter 打开看卷"
