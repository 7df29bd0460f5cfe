"""Search and command bar in one field: people, disputes, things to do; the last line always offers to register."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.kit.label import Label
from desktop.views.kit.overlay import Overlay
from desktop.views.kit.textfield import TextField
from desktop.views.look import icons, theme
from desktop.views.shell.hits import Group, Hit, HitList

_WIDTH, _POPUP = 372, 476
_WORDS = "找人、案号、电话、拼音首字母"
_SHORT_WORDS = "找人、案号、电话"
_HELP = "↑↓ 选   Enter 打开   姓名、首字母、电话、案号都能找"


class Search(TextField):
    """The field. Answer `asked` with `show_results(text, groups)`, from any thread's answer, as often as you like.

    `asked("")` comes when the keyboard arrives: offer what can be done, or nothing. `opened` carries the chosen
    `Hit`; `register_asked` the text to begin a registration with; `left` when the person turns away.
    """

    asked = Signal(str)
    opened = Signal(object)
    register_asked = Signal(str)
    left = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=_WORDS, parent=parent)
        self.setProperty("search", True)
        self.setAccessibleName("找人、找事、办事")
        self.setAccessibleDescription("Ctrl+K 或 F3 来到这里，Esc 离开")
        self._list = HitList()
        self._list.hit_opened.connect(self._open_hit)
        self._overlay: Overlay | None = None
        self._came_from: QWidget | None = None
        self.typed.connect(self.asked)
        self._dress()
        theme.current().changed.connect(self._dress)

    def summon(self) -> None:
        """Ctrl+K: take the keyboard, remember where it was."""
        if not self.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def dismiss(self) -> None:
        """Esc: empty the field and give the keyboard back to where it was."""
        self._close()
        self.clear()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.left.emit()

    def show_results(self, text: str, groups: Sequence[Group]) -> None:
        """Show what was found for `text`; an answer to an older text is passed over."""
        if text != self.text() or not self.hasFocus():
            return
        offered = list(groups)
        if text.strip():
            offered.append(Group("", (_registering(text.strip()),)))
        if not any(group.hits for group in offered):
            self._close()
            return
        self._list.show_groups(offered)
        self._open()

    def set_short(self, is_short: bool) -> None:
        """The narrow window's field: 250 px and fewer words."""
        look = theme.current()
        self.setFixedWidth(look.px(250 if is_short else _WIDTH))
        self.setPlaceholderText(_SHORT_WORDS if is_short else _WORDS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the results, Enter opens, Esc leaves."""
        key = Qt.Key(event.key())
        if self.is_composing:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._is_open():
                self._list.open_current()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask at once: what can be done is offered before anything is typed."""
        super().focusInEvent(event)
        self.asked.emit(self.text())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The results go with the keyboard."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._close()
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, its glass at the left, its key at the right."""
        super().paintEvent(event)
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        side = px(18)
        box = QRectF(px(12), (self.height() - side) / 2, side, side)
        icons.draw(painter, "search", box, look.colours.ink2)
        painter.setFont(look.font("small"))
        painter.setPen(look.colours.ink3)
        words = "Esc 关" if self.hasFocus() else "Ctrl+K"
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self.rect().adjusted(0, 0, -px(12), 0), right, words)

    def _is_open(self) -> bool:
        return self._overlay is not None and self._overlay.isVisible()

    def _open(self) -> None:
        px = theme.current().px
        if self._overlay is None:
            self._overlay = Overlay(self, name="找到的")
            hint = Label(_HELP, "caption", tone="ink3")
            hint.setContentsMargins(16, 0, 0, 6)
            hint.setFixedHeight(px(30))
            self._overlay.body.addWidget(self._list, 1)
            self._overlay.body.addWidget(hint)
        height = self._list.wanted_height() + px(30) + 10
        self._overlay.open_below(QSize(px(_POPUP), height), align_right=True, gap=10)

    def _close(self) -> None:
        if self._overlay:
            self._overlay.close_overlay()

    def _open_hit(self, hit: Hit) -> None:
        text = self.text().strip()
        self._close()
        self.clear()
        self._came_from = None
        self.left.emit()
        if hit.key == "register":
            self.register_asked.emit(text)
        else:
            self.opened.emit(hit)

    def _dress(self) -> None:
        look = theme.current()
        self.setTextMargins(look.px(27), 0, look.px(56), 0)
        self.set_short(self.placeholderText() == _SHORT_WORDS)


def _registering(text: str) -> Hit:
    return Hit("register", f"登记新纠纷，当事人填“{text}”", "也可按 Ctrl+N 从头登记", "add")
