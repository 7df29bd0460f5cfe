"""Long work: what runs, how far it is in numbers, and a way to pause it (window.md §4 Progress)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.card import line
from desktop.views.kit.label import Label
from desktop.views.look import hairline, theme


class Bar(QProgressBar):
    """A thin bar of whole counts; `tone` is a colour token."""

    def __init__(self, *, name: str, tone: str = "accent", height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setFixedHeight(height)

    def set_share(self, done: int, total: int) -> None:
        """Show `done` of `total`; a total of 0 shows an empty bar."""
        self.setMaximum(max(1, total))
        self.setValue(min(done, total))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The trough, then the part done."""
        share = self.value() / max(1, self.maximum())
        draw_bar(QPainter(self), QRectF(self.rect()), share, tone=self._tone)


def draw_bar(painter: QPainter, rect: QRectF, share: float, *, tone: str) -> None:
    """The trough, then the part done: `share` from 0.0 to 1.0, `tone` a colour token."""
    look = theme.current()
    radius = rect.height() / 2
    trough = look.colours.surface if look.mode == "highContrast" else look.colours.line
    edge = look.colours.line if look.mode == "highContrast" else None
    hairline.plate(painter, rect, radius=radius, fill=trough, line=edge)
    if share > 0:
        done = QRectF(rect.left(), rect.top(), max(rect.height(), rect.width() * share), rect.height())
        hairline.plate(painter, done, radius=radius, fill=look.colours.named(tone))


class ProgressLine(QWidget):
    """What runs, its number, a bar, and 先停一停. `pause_asked` is sent when the person wants to pause."""

    pause_asked = Signal()

    def __init__(self, text: str, *, pause_words: str = "先停一停", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text)
        self._text = Label(text, "body")
        self._number = Label("", "small", tone="ink2")
        self._next = Label("", "caption", tone="ink3", elide=True)
        self._bar = Bar(name=text)
        self._pause = Button(pause_words, "link", size="row")
        self._pause.clicked.connect(self.pause_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (line(self._text, None, self._number), self._bar, line(self._next, self._pause)):
            layout.addWidget(part)
        # Only now: shown without a parent it would be a window for a moment, and take the keyboard away.
        self._pause.setVisible(bool(pause_words))

    def set_progress(self, done: int, total: int, words: str, *, next_words: str = "") -> None:
        """Show `done` of `total` with its words (“第 12 页，共 31 页”) and what comes next."""
        self._bar.set_share(done, total)
        self._number.setText(words)
        self._next.setText(next_words)
        self.setAccessibleDescription(words)

    def say(self, text: str, *, pause_words: str | None = None) -> None:
        """Change what runs, and the words of the pause button (接着做)."""
        self._text.setText(text)
        if pause_words is not None:
            self._pause.say(pause_words)
