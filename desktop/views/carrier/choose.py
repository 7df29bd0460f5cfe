"""Which stick: those plugged in, found by themselves, or any folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.casework.exchange.drives import Drive
from desktop.views.kit import Button, Card, IconMark, Label, Paragraph, PressableRow, column, line

_NONE = "还没看到U盘。插好以后，过两三秒这里会自己出来。也可以选一个文件夹。"
_SOME = "选一个。上面原来的东西不会动，也不会删。"


class ChooseCard(Card):
    """`chosen` carries the path."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("选U盘", padding=(22, 16))
        self._text = Paragraph(_NONE, "small")
        self._drives: Sequence[Drive] = ()
        self._rows: list[PressableRow] = []
        other = Button("选别的文件夹", "plain", icon="folder_open")
        other.clicked.connect(self._ask)
        self.add(self._text)
        self._at = self.body.count()
        self.add(line(other, None))

    def offer(self, drives: Sequence[Drive]) -> None:
        """Show the sticks there are now."""
        if list(drives) == list(self._drives):
            return
        self._drives = drives
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(drive, number) for number, drive in enumerate(drives)]
        self._text.say(_SOME if drives else _NONE)

    def _row(self, drive: Drive, number: int) -> PressableRow:
        row = PressableRow(f"{drive.label}，{drive.path}", has_rule=number > 0)
        where = Label(str(drive.path), "caption", tone="ink2", elide=True)
        words = column(Label(drive.label, elide=True), where, gap=0)
        inside = line(IconMark("usb_stick"), words, IconMark("chevron_right", tone="ink3"), gap=12)
        inside.layout().setStretch(1, 1)
        row.hold(inside)
        row.clicked.connect(lambda _checked=False: self.chosen.emit(drive.path))
        self.body.insertWidget(self._at + number, row)
        return row

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), "选U盘或文件夹")
        if name:
            self.chosen.emit(Path(name))
