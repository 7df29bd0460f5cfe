"""The ground of the screens before work begins: the mark at the upper left, one card in the middle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import troubles
from desktop.views.kit import Button, Label, Paragraph, ShapeMark, column, line
from desktop.views.look import mark, theme
from desktop.views.look.shapes import Shape

CARD = 480
_GAP = 12
_DIAMOND = Shape("filled diamond with !", "red")


class MarkLine(QWidget):
    """The mark, the program's name, and whose desk it is."""

    def __init__(self, place_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        names = [Label("枫桥工作台", "heading")]
        names += [Label(place_name, "small", tone="ink2")] if place_name else []
        row.addWidget(_Mark())
        row.addWidget(column(None, *names, None, gap=0))
        row.addStretch(1)


class Ground(QWidget):
    """Paper with the mark; put one card into the middle with `hold`."""

    def __init__(self, place_name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark = MarkLine(place_name, parent=self)
        self._mark.move(26, 18)
        self._mark.adjustSize()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(26, 18, 26, 18)
        self._column.addStretch(2)
        self._column.addStretch(3)
        self._held: QWidget | None = None
        self._row: QWidget | None = None

    def hold(self, card: QWidget, *, width: int = CARD) -> None:
        """Put `card` into the middle; the former one goes."""
        if self._row:
            self._column.removeWidget(self._row)
            self._row.hide()
            self._row.deleteLater()
        card.setFixedWidth(theme.current().px(width))
        self._held = card
        # A row of its own: a card placed by alignment would not get the height its wrapped words need.
        self._row = line(None, card, None)
        self._column.insertWidget(1, self._row)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low or narrow window has no room for the mark beside a wide card."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        margin = (self.width() - self._held.width()) / 2 if self._held else self.width()
        self._mark.setVisible(self._mark.geometry().right() + _GAP <= margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper."""
        QPainter(self).fillRect(self.rect(), theme.current().colours.canvas)


class TroubleLine(QWidget):
    """Why it did not go, under the fields: a red diamond and the sentence; what support wants to hear behind 详情."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Paragraph("", "small", tone="red")
        self._detail = ""
        self._more = Button("详情", "link", size="row")
        self._more.clicked.connect(self._tell_detail)
        row = line(column(ShapeMark(_DIAMOND, size=16), None), self._text, column(self._more, None), gap=8)
        row.layout().setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)
        self.hide()

    def say(self, text: str, *, detail: str = "") -> None:
        """Say it; "" takes it away."""
        self._detail = detail
        self._more.setVisible(bool(detail))
        self._text.say(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def say_error(self, error: Exception) -> None:
        """Say an error in plain words."""
        self.say(troubles.spoken(error), detail=troubles.words_of(error).detail)

    def text(self) -> str:
        """What it says now."""
        return self._text.words()

    def _tell_detail(self) -> None:
        self.say(self._detail)


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        side = theme.current().px(40)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        mark.draw(QPainter(self), QRectF(self.rect()))
