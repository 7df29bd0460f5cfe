"""A field with its label above and its help, warning or error below (window.md §4 Forms)."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.label import Label
from desktop.views.look import shapes, theme
from desktop.views.look.shapes import Shape

Trouble = Literal["", "warning", "error"]
_SHAPES = {"warning": Shape("filled triangle with !", "amberMark"), "error": Shape("filled diamond with !", "red")}
_INKS = {"": "ink3", "warning": "amber", "error": "red"}


class LabelledField(QWidget):
    """Label, field, and one line under it.

    `warn` says what looks odd but may stay (amber triangle); `fail` says why the act cannot be done (red diamond);
    `settle` goes back to the help. All three also stand in the field's accessible description.
    """

    def __init__(
        self, label: str, field: QWidget, *, optional: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field, self._hint = field, hint
        self.trouble: Trouble = ""
        self.label = _FieldLabel(label, field)
        self._note = _Note()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.label)
        if optional:
            head.addWidget(Label("选填", "caption", tone="ink3"))
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(field)
        layout.addWidget(self._note)
        down = field.sizePolicy().verticalPolicy()
        grows = down == QSizePolicy.Policy.Expanding
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        )
        field.setAccessibleName(f"{label}，选填" if optional else label)
        self.setFocusProxy(field)
        self.settle()

    def warn(self, text: str) -> None:
        """Say what looks odd; the value may stay."""
        self._say("warning", text)

    def fail(self, text: str) -> None:
        """Say why the act cannot be done with this value."""
        self._say("error", text)

    def settle(self) -> None:
        """Take warning or error away; the help, if any, comes back."""
        self._say("", self._hint)

    def help(self, text: str) -> None:
        """Change the help; what stands there as warning or error stays until it is settled."""
        self._hint = text
        if not self.trouble:
            self.settle()

    def note(self) -> str:
        """The line under the field as it reads now."""
        return self._note.text

    def _say(self, trouble: Trouble, text: str) -> None:
        self.trouble = trouble
        self._note.say(trouble, text)
        self.field.setAccessibleDescription(text)
        if self.field.property("trouble") != trouble:
            self.field.setProperty("trouble", trouble)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)


class _FieldLabel(Label):
    """The words above a field; a click on them goes to the field."""

    def __init__(self, text: str, field: QWidget) -> None:
        super().__init__(text, "small", tone="ink2")
        self.setBuddy(field)
        self._field = field

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)


class _Note(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._trouble: Trouble = ""
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, trouble: Trouble, text: str) -> None:
        self._trouble, self.text = trouble, text
        self.setVisible(bool(text))
        self.setFixedHeight(theme.current().px(22))
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        x = 0.0
        if self._trouble:
            side = look.px(15)
            shapes.draw(painter, _SHAPES[self._trouble], QRectF(0.5, (self.height() - side) / 2, side, side))
            x = side + look.px(7)
        painter.setFont(look.font("small" if self._trouble else "caption"))
        painter.setPen(look.colours.named(_INKS[self._trouble]))
        room = self.rect().adjusted(round(x), 0, 0, 0)
        words = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text if words != self.text else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
