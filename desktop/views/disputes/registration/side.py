"""Beside the registration: what is missing, whether it is the same matter again, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes.look_alike import LookAlike
from desktop.casework.errors import Lack
from desktop.views.kit import Button, Card, Label, Paragraph, ShapeMark, line
from desktop.views.kit.iconmark import IconMark
from desktop.views.kit.pressable import PressableRow
from desktop.views.look.shapes import Shape

_MOST = 7
_OPEN = Shape("empty ring", "ink3")


class MissingCard(Card):
    """还差 n 项; a line jumps to its field. `asked` carries the field's key."""

    asked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("还差几项", padding=(16, 12), parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self._shown: Sequence[Lack] | None = None

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Show what is missing, in the order of the form."""
        if lacks == self._shown:
            return
        self._shown = lacks
        if self.heading:
            self.heading.say(f"还差 {len(lacks)} 项" if lacks else "都填好了")
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for lack in lacks[:_MOST]:
            self._lines.addWidget(self._line(lack))
        if len(lacks) > _MOST:
            self._lines.addWidget(Label(f"还有 {len(lacks) - _MOST} 项", "small", tone="ink2"))

    def _line(self, lack: Lack) -> QWidget:
        row = PressableRow(f"{lack.label}，去填")
        row.layout().setContentsMargins(0, 2, 0, 2)
        row.hold(
            line(
                ShapeMark(_OPEN, size=13),
                Label(lack.label, elide=True),
                IconMark("chevron_right", size=16, tone="ink3"),
                gap=8,
            )
        )
        row.clicked.connect(lambda: self.asked.emit(lack.target))
        row.setToolTip(lack.message)
        return row


class LookAlikeCard(Card):
    """看看是不是同一件: earlier disputes with the same people. `opened` carries an id."""

    opened = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(16, 12), parent=parent)
        self.setAccessibleName("看看是不是同一件")
        self._title = Label("看看是不是同一件", "heading")
        self._said = Paragraph("", "small", tone="ink2")
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.open_button, self.not_button = Button("打开看", size="row"), Button("不是", "text", size="row")
        self.open_button.clicked.connect(self._open)
        self.not_button.clicked.connect(self._dismiss)
        self.body.addWidget(
            line(IconMark("info", size=18), self._title, gap=8), alignment=Qt.AlignmentFlag.AlignLeft
        )
        self.body.addWidget(self._said)
        self.body.addWidget(line(self.open_button, self.not_button), alignment=Qt.AlignmentFlag.AlignLeft)
        self._found: list[LookAlike] = []
        self._dismissed: set[str] = set()
        self.hide()

    def set_flat(self, flat: bool) -> None:
        """One line above the form instead of a card beside it."""
        self._title.setVisible(not flat)
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom)
        down = 5 if flat else 12
        self.body.setContentsMargins(16, down, 16, down)

    def show_found(self, found: Sequence[LookAlike]) -> None:
        """Show the nearest one nobody has said no to."""
        self._found = [one for one in found if one.dispute_id not in self._dismissed]
        self.setVisible(bool(self._found))
        if self._found:
            one = self._found[0]
            self._said.say(f"{one.before}**{one.title}**{one.after}")

    def _open(self) -> None:
        self.opened.emit(self._found[0].dispute_id)

    def _dismiss(self) -> None:
        self._dismissed.add(self._found[0].dispute_id)
        self.show_found(self._found)


class FollowsCard(Card):
    """登记一次，这些自动有."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("登记一次，这些自动有", padding=(16, 12), parent=parent)
        self.body.setSpacing(4)
        self._shown: Sequence[str] = ()

    def show_follows(self, follows: Sequence[str]) -> None:
        """Show what comes of this one entry."""
        if follows == self._shown:
            return
        self._shown = follows
        while self.body.count() > 1:
            item = self.body.takeAt(1)
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words in follows:
            self.body.addWidget(
                line(IconMark("checkmark", size=16, tone="accent"), Label(words, "small", elide=True))
            )
