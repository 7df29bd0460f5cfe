"""Listening to a recording inside the program, out of memory: no open copy is left on the disk."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.sound.errors import SoundError
from desktop.sound.player import Player
from desktop.views import troubles, words
from desktop.views.disputes.going import Going
from desktop.views.kit import Button, Card, Label, line
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.kit.progress import draw_bar
from desktop.views.look import theme
from desktop.views.shell.pages import Page

_STEP_SECONDS, _LEAP_SECONDS = 10, 60
_LOOK_MS = 500
_HINT = "← → 十秒 · PgUp PgDn 一分钟 · 在程序里放，不在电脑上留没有加密的文件"


class Tape(KeyboardFocus, QWidget):
    """The recording as a bar: a click goes there; ← → ten seconds, PgUp PgDn a minute. `asked`: seconds."""

    asked = Signal(float)

    def __init__(self, seconds: float, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds, self._position = seconds, 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(34))
        self.setAccessibleName("录音放到哪里")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, self.height())

    def stand(self, position: float) -> None:
        """So far it has been played."""
        self._position = position
        self.setAccessibleDescription(f"{words.tape(position)}，一共 {words.tape(self._seconds)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, what was played, and a knob."""
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        knob, middle = look.px(7), self.height() / 2
        bar = QRectF(knob, middle - 3, self.width() - 2 * knob, 6)
        share = min(1.0, self._position / self._seconds)
        draw_bar(painter, bar, share, tone="accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colours.accent)
        painter.drawEllipse(QPointF(bar.left() + bar.width() * share, middle), knob, knob)
        if self.shows_focus:
            ring(painter, QRectF(self.rect()), radius=look.radius("field"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        knob = theme.current().px(7)
        share = (event.position().x() - knob) / max(1, self.width() - 2 * knob)
        self.asked.emit(self._seconds * min(1.0, max(0.0, share)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on or back by keys."""
        steps = {
            Qt.Key.Key_Left: -_STEP_SECONDS, Qt.Key.Key_Right: _STEP_SECONDS,
            Qt.Key.Key_PageUp: -_LEAP_SECONDS, Qt.Key.Key_PageDown: _LEAP_SECONDS, Qt.Key.Key_Home: -self._seconds,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.asked.emit(self._position + step)


class ListenPage(Page):
    """One recording; the space bar plays and pauses, Esc returns and stops it."""

    place = "disputes"

    def __init__(self, going: Going, player: Player, name: str, fact: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._going, self._player = going, player
        self.set_head(title=name, second=fact, back="返回")
        self.tape, self._at = Tape(player.seconds), Label("", "body", tone="ink2")
        self.play = Button("放", "primary", size="large", key="空格")
        self.play.setFixedWidth(theme.current().px(130))
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.filled = self.play
        self._build()
        self._look()

    def focus_first(self) -> None:
        """The button: space plays."""
        self.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Nothing sounds behind another page."""
        self._player.pause()
        self._look()

    def toggle(self) -> None:
        """Play or pause."""
        if self._player.is_playing:
            self._player.pause()
        else:
            self._try(self._player.play)
        self._look()

    def go(self, seconds: float) -> None:
        """Go somewhere else in it."""
        self._try(lambda: self._player.seek(seconds))
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        card = Card(padding=(22, 18))
        row = line(self.play, self.tape, self._at, gap=16)
        row.layout().setStretch(1, 1)
        card.add(row, Label(_HINT, "caption", tone="ink2", elide=True))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.play.clicked.connect(self.toggle)
        self.tape.asked.connect(self.go)

    def _look(self) -> None:
        player = self._player
        if player.is_playing != self._timer.isActive():
            self._timer.start() if player.is_playing else self._timer.stop()
        self.play.say("停一停" if player.is_playing else "再放一遍" if player.has_ended else "放")
        self._at.setText(f"{words.tape(player.position)} / {words.tape(player.seconds)}")
        self.tape.stand(player.position)

    def _try(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except SoundError as problem:
            troubles.tell(self._going.notices, problem)
