"""备份和检查: the backups there are, one more, going back to one, looking the whole store over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views import words
from desktop.views.kit import Button, Card, Label, Paragraph, ShapeMark, column, line
from desktop.views.kit.fitscroll import FitScroll
from desktop.views.look.shapes import Shape
from desktop.views.settings.house import BackupFacts

_FINE = Shape("filled disc with tick", "accent")
_ODD = Shape("filled diamond with !", "red")


class BackupCard(Card):
    """`restore_asked` carries the `BackupFacts`."""

    back_up_asked = Signal()
    restore_asked = Signal(object)

    def __init__(self) -> None:
        self._make = Button("现在备份一份", "plain", size="row", icon="save")
        super().__init__("备份", action=self._make)
        self._make.clicked.connect(self.back_up_asked)
        text = "每天自动备一份，备完读一遍才算。和原件一样锁着，近的留得多，远的留得少。"
        self._rows = FitScroll(least_rows=2)
        self.add(Paragraph(text, "small"))
        self.body.addWidget(self._rows, 1)

    def set_working(self, is_working: bool) -> None:
        """While one is made."""
        self._make.setEnabled(not is_working)
        self._make.say("正在备份…" if is_working else "现在备份一份")

    def show_backups(self, backups: Sequence[BackupFacts], now: datetime) -> None:
        """Say which there are."""
        rows: list[QWidget] = [self._row(one, now) for one in backups]
        self._rows.fill(rows or [Label("还没有备份", "small", tone="ink2")])
        self._rows.updateGeometry()

    def _row(self, one: BackupFacts, now: datetime) -> QWidget:
        when = words.exact_moment(one.made_at.astimezone(now.tzinfo), now)
        back = Button("恢复到这份", "text", size="row")
        back.setAccessibleDescription(when)
        back.clicked.connect(lambda: self.restore_asked.emit(one))
        row = line(
            Label(when), Label(words.bytes_size(one.size_bytes), "small", tone="ink2"), None, back, gap=16
        )
        row.setMinimumHeight(40)
        return row


class CheckCard(Card):
    """Looks the whole store over; what is found is said in a sentence, the details for support behind it."""

    check_asked = Signal()
    details_asked = Signal(tuple)

    def __init__(self) -> None:
        self._check = Button("检查一遍", "plain", size="row", icon="shield_task")
        super().__init__("检查", action=self._check)
        self._check.clicked.connect(self.check_asked)
        self._text = Paragraph("从头到尾读一遍，看存的东西全不全、对不对。要几分钟，不耽误用。", "small")
        self._details = Button("详情", "link", size="row")
        self._details.hide()
        self._shape = ShapeMark(_FINE, size=16)
        self._shape.hide()
        row = line(self._shape, self._text, self._details, gap=10)
        row.layout().setStretch(1, 1)
        self.add(row)

    def set_working(self) -> None:
        """While it reads."""
        self._check.setEnabled(False)
        self._check.say("正在检查…")

    def say(self, faults: Sequence[str]) -> None:
        """Say what was found."""
        self._check.setEnabled(True)
        self._check.say("再检查一遍")
        self._shape.set_shape(_ODD if faults else _FINE)
        self._shape.show()
        if faults:
            self._text.say(
                f"有 **{len(faults)} 处**对不上。别的照常用，备份都在。把详情告诉技术人员，先别恢复。"
            )
            self._details.clicked.connect(lambda: self.details_asked.emit(tuple(faults)))
        else:
            self._text.say("都对。存的东西完完整整。")
        self._details.setVisible(bool(faults))


def folder_card(folder: str) -> Card:
    """Where everything lies."""
    return Card("存在哪里").add(column(Label(folder, "small", tone="ink2", elide=True)))
