"""Step 4: the recovery code, shown this once: printed, saved, or copied down by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QMarginsF, Signal
from PySide6.QtGui import QPageLayout, QPaintEvent, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from desktop.views import words
from desktop.views.kit import Button, Card, CheckBox, Label, Paragraph, line
from desktop.views.look import theme
from desktop.views.unlock.ground import TroubleLine

_TEXT = "忘了密码，只有它能打开这台电脑里的东西，**区里也没有别的办法**。它只显示这一次：打出来或抄下来，锁在柜子里。"
_GROUPS_A_LINE = 5


class CodeSheet:
    """The code as it goes on paper or into a file."""

    def __init__(self, code: str, *, person: str, place_name: str, day: date) -> None:
        self.code = code
        self._lines = (
            "枫桥工作台 恢复码",
            f"{place_name}　{person}　{words.full_day(day)}",
            "",
            *_grouped(code),
            "",
            "忘了开锁密码时用它打开，再定一个新密码。谁拿到它，谁就能打开那台电脑里的东西：锁好，别拍照。",
        )

    def text(self) -> str:
        """Plain text, a line each."""
        return "\n".join(self._lines) + "\n"

    def print_to(self, printer: QPrinter) -> None:
        """One page: the code large enough to be typed from paper."""
        printer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
        document = QTextDocument()
        document.setDefaultFont(theme.current().font("reading"))
        document.setPlainText(self.text())
        document.print_(printer)


class CodeStep(Card):
    """`kept` is sent when the person says the code is written down."""

    kept = Signal()

    def __init__(self, sheet: CodeSheet, *, is_narrow: bool = False) -> None:
        super().__init__(padding=(0, 0) if is_narrow else (26, 20))
        self._sheet, self._is_narrow = sheet, is_narrow
        shown = Card(tone="sunken")
        for text in _grouped(sheet.code, 3 if is_narrow else _GROUPS_A_LINE):
            shown.add(Label(text, "reading", bold=True))
        self._trouble = TroubleLine()
        self._sure = CheckBox("我已打印或抄好，收在稳妥的地方")
        self._go = Button("接着", "tonal" if is_narrow else "primary", size="large")
        self._go.setEnabled(False)
        self._sure.toggled.connect(self._go.setEnabled)
        self._go.clicked.connect(self.kept)
        paper = Button("打印", "plain", size="large", icon="print", key="" if is_narrow else "Ctrl+P")
        paper.clicked.connect(self.print_sheet)
        save = Button("存到U盘", "plain", size="large", icon="usb_stick")
        save.clicked.connect(self._save)
        self.body.setSpacing(12)
        if not is_narrow:
            self.add(Label("收好恢复码", "title"))
        self.add(Paragraph(_TEXT), shown, self._trouble, line(paper, save, None, gap=10))
        ends = (self._sure, line(self._go, None)) if is_narrow else (line(self._sure, None, self._go),)
        self.add(*ends)
        self.setFocusProxy(paper)
        self.filled = self._go

    def paintEvent(self, event: QPaintEvent) -> None:
        """In a side sheet the sheet is the plate."""
        if not self._is_narrow:
            super().paintEvent(event)

    def print_sheet(self) -> None:
        """Ask for a printer, with the system's own dialog, and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self.window())
        dialog.setWindowTitle("打印恢复码")
        if dialog.exec():
            self._sheet.print_to(printer)

    def save_to(self, path: Path) -> None:
        """Write the sheet as text."""
        try:
            path.write_text(self._sheet.text(), encoding="utf-8")
        except OSError:
            self._trouble.say("没存上，那个地方不让写。恢复码还在上面。换个地方存，或者打印。")
        else:
            self._trouble.say("")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.window(), "存恢复码", "枫桥工作台恢复码.txt", "文本 (*.txt)"
        )
        if name:
            self.save_to(Path(name))


def _grouped(code: str, across: int = _GROUPS_A_LINE) -> list[str]:
    groups = code.split("-")
    return ["  ".join(groups[at : at + across]) for at in range(0, len(groups), across)]
