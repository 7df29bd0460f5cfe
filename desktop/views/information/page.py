"""我的信息: who asks, by name and phone or ID number; what is held, read with her; the print-out for her."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.casework import my_information
from desktop.casework.desk import Desk
from desktop.casework.errors import NotYet
from desktop.casework.my_information import HeldInformation
from desktop.papers.my_information import Entry
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going, PageAct
from desktop.views.kit import (
    Button,
    Card,
    Cell,
    Column,
    LabelledField,
    Paragraph,
    Row,
    Table,
    TableCard,
    TextField,
    line,
)
from desktop.views.kit.heldrows import HeldRows
from desktop.views.shell.pages import Page

_COLUMNS = (
    Column("section", "哪一件", 250, tone="ink", sorts=False),
    Column("label", "项目", 170, sorts=False),
    Column("value", "内容", tone="ink", sorts=False),
)
_NOTED = "先看本人的身份证。查到了就记一条：谁查的、查了谁、什么时候，本人也看得到。"
_PDF, _EXCEL = "PDF (*.pdf)", "Excel 表格 (*.xlsx)"


class InformationPage(Page):
    """Opened from the command bar; Esc returns, and nothing typed here is kept."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, *, name: str = "") -> None:
        super().__init__()
        self._desk, self._lanes, self._going = desk, lanes, going
        self.held: HeldInformation | None = None
        self.name, self.phone, self.id_no = TextField(name), TextField(), TextField()
        self._frames = {
            "name": LabelledField("姓名", self.name),
            "phone": LabelledField("电话", self.phone),
            "id_no": LabelledField("证件号码", self.id_no),
        }
        self.look_button = Button("查一查", "primary", key="Ctrl+Enter")
        self.print_button, self.excel_button = Button("存成PDF给本人", icon="print"), Button("存成Excel")
        self.rows = HeldRows(_COLUMNS, parent=self)
        self.table = Table(self.rows, name="这里有的")
        self.card = TableCard(self.table)
        self._unsure = Paragraph("", "small", tone="amber")
        self.set_head(title="我的信息", fact="本人来查，依个人信息保护法第四十五条", back="返回")
        self._build()

    def acts(self) -> tuple[PageAct, ...]:
        """What the command bar offers here."""
        return (PageAct("存成PDF给本人", self.print_button.click),) if self.held else ()

    def write(self, file: Path) -> None:
        """Write what is held: .pdf or .xlsx."""
        held = self.held
        if held:
            self._lanes.submit(
                "files",
                lambda: my_information.print_out(self._desk, held, file),
                lambda _none: self._going.notices.tell(f"存好了：{file.name}", "印出来交给本人，文件不用留"),
                lambda error: troubles.tell(self._going.notices, error),
            )

    def _build(self) -> None:
        ask, fields = Card(padding=(18, 12)), line(*self._frames.values(), gap=14)
        for frame in self._frames.values():
            fields.layout().setAlignment(frame, Qt.AlignmentFlag.AlignTop)
        ask.add(Paragraph(_NOTED, "small"), fields)
        ask.add(line(self.look_button, None, self.excel_button, self.print_button), self._unsure)
        self.filled = self.look_button
        self.body.setSpacing(10)
        self.body.addWidget(ask)
        self.body.addWidget(self.card, 1)
        self.body.addStretch(0)
        self.look_button.clicked.connect(self._look)
        self.print_button.clicked.connect(lambda: self._ask_file(".pdf", _PDF))
        self.excel_button.clicked.connect(lambda: self._ask_file(".xlsx", _EXCEL))
        for field in (self.name, self.phone, self.id_no):
            field.typed.connect(lambda _text: self._forget())
        self._forget()

    def _forget(self) -> None:
        """Another name: what was found belongs to somebody else."""
        self.held = None
        for part in (self._unsure, self.card, self.print_button, self.excel_button):
            part.hide()

    def _look(self) -> None:
        name, phone, id_no = self.name.value(), self.phone.value(), self.id_no.value()
        self._lanes.submit(
            "store",
            lambda: my_information.held_about(self._desk, name=name, phone=phone, id_no=id_no),
            self._show,
            self._refused,
        )

    def _show(self, held: HeldInformation) -> None:
        for frame in self._frames.values():
            frame.settle()
        self.held = held
        self.rows.show_rows(list(_rows(held.entries)))
        self.card.say(_words(held))
        self._unsure.say(_doubts(held))
        self._unsure.setVisible(bool(_doubts(held)))
        for part in (self.card, self.print_button, self.excel_button):
            part.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, NotYet):
            troubles.tell(self._going.notices, error)
            return
        for frame in self._frames.values():
            frame.settle()
        for lack in error.lacks:
            self._frames[lack.target].fail(lack.message)
        self._field(error.lacks[0].target).setFocus(Qt.FocusReason.OtherFocusReason)

    def _field(self, target: str) -> QWidget:
        return self._frames[target].field

    def _ask_file(self, ending: str, pattern: str) -> None:
        start = f"{self.name.value()}的信息 {self._desk.today.isoformat()}{ending}"
        chosen, _ = QFileDialog.getSaveFileName(self.window(), "存给本人", start, pattern)
        if chosen:
            self.write(Path(chosen))


def _rows(entries: tuple[Entry, ...]) -> list[Row]:
    """A heading stands once."""
    before = ["", *(entry.section for entry in entries)]
    return [
        Row(str(n), (Cell(one.section if one.section != former else " "), Cell(one.label), Cell(one.value)))
        for n, (one, former) in enumerate(zip(entries, before, strict=False))
    ]


def _words(held: HeldInformation) -> str:
    if not held.disputes:
        return f"这台电脑上没有{held.name}的登记"
    return f"{held.name}在 {held.disputes} 件纠纷里。查这一次记下了"


def _doubts(held: HeldInformation) -> str:
    unsure = f"还有 {held.unsure} 处同名的没登记电话和证件号码，认不准是不是本人，没有列。" if held.unsure else ""
    sealed = f"有 {held.sealed} 件关起门谈的不归您看，请经办人给本人看。" if held.sealed else ""
    return unsure + sealed
