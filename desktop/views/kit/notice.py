"""Notices at the lower right: said for 8 seconds, errors until closed, at most two, all kept for 消息."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.card import column
from desktop.views.kit.iconbutton import IconButton
from desktop.views.kit.label import Label
from desktop.views.kit.overlay import SHADOW, paint_shadow
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

Kind = Literal["done", "warning", "error"]
Act = tuple[str, Callable[[], object]]
_AT_ONCE, _WIDTH, _GAP = 2, 536, 12
_SHAPES = {
    "done": Shape("filled disc with tick", "accent"),
    "warning": Shape("filled triangle with !", "amberMark"),
    "error": Shape("filled diamond with !", "red"),
}


@dataclass(frozen=True)
class Said:
    """One notice as it was said."""

    kind: Kind
    text: str
    second: str


class Notice(QWidget):
    """One plate: shape, fact in bold, second line, at most two actions (words and what they do).

    With a parent it floats over it, with a shadow; without one it is laid out like any widget.
    """

    gone = Signal()

    def __init__(self, said: Said, *, actions: Sequence[Act] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self._rim = SHADOW if parent else 0
        self.setAccessibleName(said.text)
        self.setAccessibleDescription(said.second)
        row = QHBoxLayout(self)
        rim = self._rim
        row.setContentsMargins(48 + rim, 9 + rim, 12 + rim, 9 + rim)
        row.setSpacing(8)
        texts = [Label(said.text, "body", bold=True, elide=True)]
        if said.second:
            texts.append(Label(said.second, "caption", tone="ink2", elide=True))
        row.addWidget(column(*texts, gap=0), 1)
        for words, act in actions[:2]:
            button = Button(words, "plain" if said.kind == "error" else "link", size="row")
            button.clicked.connect(lambda _checked=False, act=act: self._do(act))
            row.addWidget(button)
        if said.kind == "error":
            close = IconButton("dismiss", "知道了")
            close.clicked.connect(self.gone)
            row.addWidget(close)
        self.setFixedHeight(theme.current().px(62) + 2 * rim)

    @property
    def stays(self) -> bool:
        """Errors stay until closed."""
        return self._said.kind == "error"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow while it floats, plate, shape."""
        look = theme.current()
        painter = QPainter(self)
        plate = self.rect().adjusted(self._rim, self._rim, -self._rim, -self._rim)
        if self._rim:
            paint_shadow(painter, plate)
        rect = QRectF(plate)
        edge = look.colours.redLine if self.stays else look.colours.line2
        hairline.plate(painter, rect, radius=look.radius("card"), fill=look.colours.surface, line=edge)
        side = look.px(18)
        shapes.draw(
            painter, _SHAPES[self._said.kind], QRectF(plate.left() + 17, (self.height() - side) / 2, side, side)
        )

    def _do(self, act: Callable[[], object]) -> None:
        self.gone.emit()
        act()


class Notices(QObject):
    """Says notices over `window`, above whatever `floor_px` leaves free at the bottom (the footer).

    `said` keeps everything that was ever said here, for 消息.
    """

    told = Signal(object)

    def __init__(self, window: QWidget, *, lasting_ms: int | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._lasting_ms = lasting_ms or theme.current().tokens.toast_ms
        self._floor_px = 0
        self._shown: list[Notice] = []
        self.said: list[Said] = []
        window.installEventFilter(self)

    def tell(self, text: str, second: str = "", *, kind: Kind = "done", actions: Sequence[Act] = ()) -> Notice:
        """Say something. Returns the notice, so that its place in a test or a story can be asked."""
        said = Said(kind, text, second)
        self.said.append(said)
        notice = Notice(said, actions=actions, parent=self._window)
        notice.gone.connect(lambda: self._drop(notice))
        self._make_room()
        self._shown.append(notice)
        notice.show()
        self._arrange()
        if not notice.stays:
            timer = QTimer(notice)
            timer.setSingleShot(True)
            timer.timeout.connect(notice.gone)
            timer.start(self._lasting_ms)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(notice, f"{text}，{second}" if second else text))
        self.told.emit(said)
        return notice

    def shown(self) -> tuple[Notice, ...]:
        """What stands on the window now, oldest first."""
        return tuple(self._shown)

    def set_floor(self, floor_px: int) -> None:
        """Keep this much free at the bottom of the window: notices never cover the footer."""
        self._floor_px = floor_px
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _make_room(self) -> None:
        """Two at once: the oldest passing notice goes first, an error only when both are errors."""
        while len(self._shown) >= _AT_ONCE:
            self._drop(next((one for one in self._shown if not one.stays), self._shown[0]))

    def _drop(self, notice: Notice) -> None:
        if notice in self._shown:
            self._shown.remove(notice)
            notice.hide()
            notice.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        width = min(look.px(_WIDTH), self._window.width() - 2 * look.px(16))
        right = self._window.width() - look.px(26 if not look.is_narrow(self._window.width()) else 16)
        bottom = self._window.height() - self._floor_px - look.px(16)
        for notice in reversed(self._shown):
            height = notice.height() - 2 * SHADOW
            plate = QRect(right - width, bottom - height, width, height)
            notice.setGeometry(plate.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
            notice.raise_()
            bottom -= height + _GAP
