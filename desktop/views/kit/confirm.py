"""The sheet that stops everything for one decision: what goes, what stays, whether it can be undone, and why."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.card import line
from desktop.views.kit.field import LabelledField
from desktop.views.kit.label import Label, Paragraph
from desktop.views.kit.textfield import TextField
from desktop.views.look import hairline, theme

_WIDTH = 560


class Confirm(QDialog):
    """A window-modal question 560 px wide. Show it with `open()`; nothing waits inside.

    `agreed` carries the typed reason ("" when no `reason` label was given). The dangerous button stands left of the
    safe one; the safe one has Esc and the first focus. `text` may mark `**names**`.
    """

    agreed = Signal(str)

    def __init__(self, parent: QWidget, question: str, text: str, *, act: str, keep: str, reason: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._window = parent.window()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(text)
        self.reason = LabelledField(reason, TextField()) if reason else None
        self.act_button = Button(act, "danger", size="large")
        self.keep_button = Button(keep, "plain", size="large", key="Esc")
        self.act_button.clicked.connect(self._act)
        self.keep_button.clicked.connect(self.reject)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 20, 18)
        layout.setSpacing(8)
        layout.addWidget(Label(question, "section"))
        layout.addWidget(Paragraph(text, "body", tone="ink"))
        if self.reason:
            layout.addWidget(self.reason)
        layout.addSpacing(10)
        layout.addWidget(line(None, self.act_button, self.keep_button, gap=10))
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._scrim: _Scrim | None = None
        self.finished.connect(self._lift)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the scrim over the window, stand in its middle, give the safe button the keyboard."""
        super().showEvent(event)
        window = self._window
        self._scrim = _Scrim(window)
        self._fit()
        self.move(window.mapToGlobal(window.rect().center()) - self.rect().center())
        self.keep_button.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate; a dialog has no frame of the system."""
        look = theme.current()
        rect, radius = QRectF(self.rect()), look.radius("popup")
        hairline.plate(QPainter(self), rect, radius=radius, fill=look.colours.surface, line=look.colours.line2)

    def _act(self) -> None:
        reason = ""
        if self.reason:
            field = self.reason.field
            reason = field.value() if isinstance(field, TextField) else ""
            if not reason:
                self.reason.fail("写一句为什么，以后查得到")
                self._fit()
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.accept()
        self.agreed.emit(reason)

    def _fit(self) -> None:
        """As high as the words need at this width: Qt would take the height of unwrapped lines."""
        self.setFixedHeight(self._layout.totalHeightForWidth(self.width()))

    def _lift(self) -> None:
        if self._scrim:
            self._scrim.deleteLater()
            self._scrim = None


class _Scrim(QWidget):
    """What dims the window while the question stands."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAccessibleName("")
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().scrim())
