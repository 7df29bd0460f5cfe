"""Fields to type in: one line, a number with its unit, several lines. None of them judges half-composed Chinese."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QWidget

from desktop.views.look import theme


class TextField(QLineEdit):
    """One line of text.

    `typed` is sent while writing, never while the input method composes; `settled` on leaving the field or Enter,
    and is the moment to check. Enter goes to the next field.
    """

    typed = Signal(str)
    settled = Signal(str)

    def __init__(self, text: str = "", *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.is_composing = False
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._tell)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.text().strip()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the person is still composing."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends composing (Qt commits what was composed) and settles the field."""
        super().focusOutEvent(event)
        self.is_composing = False
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter settles and goes on to the next field; Ctrl+Enter belongs to the page."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_composing:
            if plain:
                self.settle()
                self.focusNextChild()
                return
            event.ignore()
            return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """Tell what stands in the field now."""
        self.settled.emit(self.value())

    def _tell(self, text: str) -> None:
        if not self.is_composing:
            self.typed.emit(text)


class NumberField(TextField):
    """A whole number, or one with `decimals` places, with its unit inside at the right.

    `value()` of the text is replaced by `number()`: an integer counted in the smallest place
    (`decimals=2` gives 分 for 元), None while empty or unreadable. Separators are set on leaving.
    """

    def __init__(
        self, unit: str, *, decimals: int = 0, placeholder: str = "填数字", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._unit, self._decimals = unit, decimals
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._make_room()
        theme.current().changed.connect(self._make_room)

    def number(self) -> int | None:
        """What was written, in the smallest place; full-width digits and separators are understood."""
        return read_number(self.text(), self._decimals)

    def set_number(self, number: int | None) -> None:
        """Show a number with separators; None empties the field."""
        self.setText("" if number is None else write_number(number, self._decimals))
        self._lean()

    def settle(self) -> None:
        """Set the separators, then tell."""
        number = self.number()
        if number is not None:
            self.set_number(number)
        super().settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The edit, then its unit."""
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        painter.setPen(look.colours.ink2)
        room = self.rect().adjusted(0, 0, -look.px(11), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._unit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The placeholder leans left, the number right."""
        super().resizeEvent(event)
        self._lean()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Lean again: the field may have become empty."""
        super().keyReleaseEvent(event)
        self._lean()

    def _lean(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self.text() else Qt.AlignmentFlag.AlignLeft
        if self.alignment() != side:
            self.setAlignment(side)

    def _make_room(self) -> None:
        look = theme.current()
        self.setTextMargins(0, 0, look.px(15 * len(self._unit) + 12), 0)


class TextBox(QTextEdit):
    """Several lines of plain text at the body's line height; `rows` is the least height, Tab leaves it."""

    typed = Signal(str)
    settled = Signal(str)

    def __init__(
        self, *, placeholder: str = "", rows: int = 3, role: str = "body", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._rows, self._role = rows, role
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self._dress()
        self.textChanged.connect(self._tell)
        theme.current().changed.connect(self._dress)

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show a text at the right line height."""
        self.setPlainText(text)
        self._space_lines()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the person is still composing."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving settles the text."""
        super().focusOutEvent(event)
        self.is_composing = False
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settled.emit(self.value())

    def caret(self) -> QRect:
        """Where the writing goes on, for whoever keeps it in view."""
        return self.cursorRect()

    def _tell(self) -> None:
        if not self.is_composing:
            self.typed.emit(self.toPlainText())

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._role))
        self.setMinimumHeight(self._rows * look.line(self._role) + 2 * (1 + 6 + 4) + 2)
        self._space_lines()

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        height = theme.current().line(self._role)
        spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        was_blocked = self.blockSignals(True)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().clearUndoRedoStacks()
        self.blockSignals(was_blocked)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


def read_number(text: str, decimals: int = 0) -> int | None:
    """A typed number in its smallest place; None when it is empty, unreadable or too fine."""
    plain = text.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
    whole, _, part = plain.partition(".")
    if not (whole or part) or not (whole + part).isascii() or not (whole + part).isdigit():
        return None
    if len(part.rstrip("0")) > decimals:
        return None
    return int((whole or "0") + part[:decimals].ljust(decimals, "0"))


def write_number(number: int, decimals: int = 0) -> str:
    """A number with separators; decimals only if there are any."""
    whole, part = divmod(number, 10**decimals)
    return f"{whole:,}.{part:0{decimals}d}" if part else f"{whole:,}"
