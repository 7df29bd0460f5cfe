"""Fields for secrets: dots while typing, an eye to look, and the pair that sets a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.views.kit import IconButton, LabelledField, Paragraph, TextField, column, line
from desktop.views.look import theme
from desktop.views.unlock import rules


class SecretField(TextField):
    """One secret. Nothing of it goes to the input method, the clipboard or the screen unless the eye is open.

    `entered` is sent by Enter.
    """

    entered = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._eye = IconButton("eye", "看一眼", parent=self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.clicked.connect(self._turn)
        self._is_open = False
        self._dress()

    def value(self) -> str:
        """The secret exactly as typed: blanks count."""
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stands inside, at the right."""
        super().resizeEvent(event)
        side = self._eye.sizeHint().width()
        self._eye.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._dress()

    def _dress(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if self._is_open else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye_off" if self._is_open else "eye", "遮上" if self._is_open else "看一眼")
        self.setTextMargins(0, 0, theme.current().px(32), 0)


class NewSecret(QWidget):
    """A new secret, typed twice, with its rule in plain words. `entered` is sent by Enter in the second field."""

    entered = Signal()

    def __init__(self, *, is_stacked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = LabelledField("定一个开锁密码", SecretField())
        self._again = LabelledField("再填一遍", SecretField())
        fields = (column if is_stacked else line)(self._first, self._again, gap=14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(fields)
        layout.addWidget(Paragraph(rules.RULE, "caption", tone="ink3"))
        for part in () if is_stacked else (self._first, self._again):
            fields.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
        first, again = self._fields()
        first.entered.connect(lambda: again.setFocus(Qt.FocusReason.TabFocusReason))
        first.settled.connect(lambda _text: self._check_first())
        again.entered.connect(self.entered)
        self.setFocusProxy(first)

    def secret(self) -> str:
        """The secret when it will do; else "" and the reason stands under its field."""
        first, again = self._fields()
        if trouble := rules.complaint(first.value()):
            self._first.fail(trouble)
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            return ""
        if trouble := rules.complaint(first.value(), again.value()):
            self._again.fail(trouble)
            again.setFocus(Qt.FocusReason.OtherFocusReason)
            return ""
        self._first.settle()
        self._again.settle()
        return first.value()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields():
            field.clear()

    def _fields(self) -> tuple[SecretField, SecretField]:
        first, again = self._first.field, self._again.field
        assert isinstance(first, SecretField)
        assert isinstance(again, SecretField)
        return first, again

    def _check_first(self) -> None:
        typed = self._fields()[0].value()
        trouble = rules.complaint(typed) if typed else ""
        self._first.fail(trouble) if trouble else self._first.settle()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
