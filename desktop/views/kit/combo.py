"""A choice from a short list (up to 12), unset until a person chooses; the wheel never changes it by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from desktop.views.look import icons, theme

_SHOWN = 9


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value, its words, and an optional key to find it by (pinyin initials)."""

    value: str
    words: str
    key: str = ""


class Combo(QComboBox):
    """A drop-down list. `chosen` carries the value after a person chose. Strings are value and words alike."""

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[Choice | str] = (), *, placeholder: str = "选一个", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        view = QListView(self)
        view.setUniformItemSizes(True)
        self.setView(view)
        self.setMaxVisibleItems(_SHOWN)
        self.setPlaceholderText(placeholder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.offer(choices)
        self.activated.connect(lambda _index: self.chosen.emit(self.value()))

    def offer(self, choices: Sequence[Choice | str]) -> None:
        """Replace the choices; the value stays if it is still offered, otherwise nothing is chosen."""
        kept = self.value()
        self.clear()
        for choice in choices:
            value, text = (choice.value, choice.words) if isinstance(choice, Choice) else (choice, choice)
            self.addItem(text, value)
        self.set_value(kept)

    def value(self) -> str | None:
        """The chosen value; None while nobody has chosen."""
        data = self.currentData()
        return None if data is None else str(data)

    def set_value(self, value: str | None) -> None:
        """Show a value without telling; one that is not offered shows as nothing chosen."""
        self.setCurrentIndex(-1 if value is None else self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the person stands in this field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:
        """Make the list as wide as its longest words, within reason."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest + 48, 520))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then its chevron."""
        super().paintEvent(event)
        paint_chevron(self, QPainter(self))


def paint_chevron(field: QWidget, painter: QPainter) -> None:
    """The chevron at the right end of a field that opens a list."""
    look = theme.current()
    side = look.size("iconSmall")
    box = QRectF(field.width() - side - 9, (field.height() - side) / 2, side, side)
    icons.draw(painter, "chevron_down", box, look.colours.ink2 if field.isEnabled() else look.colours.ink3)
