"""The navigation: 204 px with words beside icons, or a rail of 76 px with icons over two characters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, icons, mark, theme
from desktop.views.shell.exchange_card import ExchangeCard, ExchangeFacts
from desktop.views.shell.places import NavPlace


class Side(QWidget):
    """The left side. `place_asked` carries a place's key."""

    place_asked = Signal(str)
    register_asked = Signal()
    exchange_asked = Signal()

    def __init__(
        self, places: Sequence[NavPlace], facts: ExchangeFacts, *, place_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.is_rail = False
        self.setAccessibleName("去处")
        self._mark = _Mark(place_name)
        self._register = Button("登记纠纷", "tonal", size="large", icon="add", key="Ctrl+N")
        self._register.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._register.clicked.connect(self.register_asked)
        self._short_register = _RailRegister()
        self._short_register.clicked.connect(self.register_asked)
        self._card = ExchangeCard(facts)
        self._card.clicked.connect(self.exchange_asked)
        self._group = QButtonGroup(self)
        self._items = {place.key: _Item(place, index + 1) for index, place in enumerate(places)}
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        for part in (self._mark, self._register, self._short_register):
            self._layout.addWidget(part)
        self._gap = QWidget()
        self._layout.addWidget(self._gap)
        for key, item in self._items.items():
            self._group.addButton(item)
            self._layout.addWidget(item)
            item.clicked.connect(lambda _checked=False, key=key: self.place_asked.emit(key))
        self._layout.addStretch(1)
        self._layout.addWidget(self._card)
        theme.current().changed.connect(self._arrange)
        self._arrange()

    def choose(self, key: str) -> None:
        """Show where the person is; a key that is no place (the exchange page) leaves none chosen."""
        self._group.setExclusive(False)
        for name, item in self._items.items():
            item.setChecked(name == key)
        self._group.setExclusive(True)
        self._card.setChecked(key == "exchange")

    def set_count(self, key: str, count: int) -> None:
        """Write how many things this person must do in a place; 0 writes nothing."""
        self._items[key].set_count(count)

    def set_exchange(self, facts: ExchangeFacts) -> None:
        """Say the facts of the exchange."""
        self._card.tell(facts)

    def set_place_name(self, name: str) -> None:
        """Write whose desk this is."""
        self._mark.say(name)

    def set_rail(self, is_rail: bool) -> None:
        """Switch between words and rail."""
        if is_rail != self.is_rail:
            self.is_rail = is_rail
            self._arrange()

    def focus_first(self) -> None:
        """Give the keyboard to the place the person is in (F6)."""
        chosen = self._group.checkedButton() or next(iter(self._items.values()))
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The side's own ground."""
        QPainter(self).fillRect(self.rect(), theme.current().colours.side)

    def _arrange(self) -> None:
        look = theme.current()
        self._mark.setVisible(not self.is_rail)
        self._register.setVisible(not self.is_rail)
        self._short_register.setVisible(self.is_rail)
        self._card.set_rail(self.is_rail)
        for item in self._items.values():
            item.set_rail(self.is_rail)
        self._gap.setFixedHeight(look.px(5 if self.is_rail else 9))
        margins = (5, 3, 5, 0) if self.is_rail else (12, 10, 12, 12)
        self._layout.setContentsMargins(*(look.px(margin) for margin in margins))
        self._layout.setSpacing(0 if self.is_rail else look.px(1))
        self.setFixedWidth(look.size("rail" if self.is_rail else "sidebar"))


class _Mark(QWidget):
    """The mark, the program's name and the desk's place."""

    def __init__(self, place_name: str) -> None:
        super().__init__()
        self.say(place_name)

    def say(self, place_name: str) -> None:
        self._place = place_name
        self.setToolTip(place_name)
        self.setAccessibleName(f"枫桥工作台 {place_name}")
        self.setFixedHeight(theme.current().px(57))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        mark.draw(painter, QRectF(px(4), px(7), px(32), px(32)))
        painter.setPen(look.colours.ink)
        painter.setFont(look.font("heading"))
        box = QRectF(px(46), px(2), self.width() - px(46), px(24))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, "枫桥工作台")
        painter.setPen(look.colours.ink2)
        painter.setFont(look.font("caption"))
        box = QRectF(px(46), px(25), self.width() - px(46), px(20))
        words = painter.fontMetrics().elidedText(self._place, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


class _Hovering(KeyboardFocus, QAbstractButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _RailRegister(_Hovering):
    """登记 as the rail shows it."""

    def __init__(self) -> None:
        super().__init__("登记")
        self.setToolTip("登记纠纷  Ctrl+N")

    def sizeHint(self) -> QSize:
        side = theme.current().size("railItem")
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px, colours = look.px, look.colours
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(px(4), 0, -px(4), 0)
        hairline.plate(painter, rect, radius=look.radius("nav"), fill=colours.accentSoft, line=colours.accentLine)
        icons.draw(painter, "add", QRectF((self.width() - px(18)) / 2, px(5), px(18), px(18)), colours.accentInk)
        painter.setPen(colours.accentInk)
        painter.setFont(look.font("caption", bold=True))
        words = QRectF(0, px(23), self.width(), px(19))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.shows_focus:
            ring(painter, rect, radius=look.radius("nav"))


class _Item(_Hovering):
    """One place: plate, bar, bold words and filled icon when chosen — four signs, not colour alone."""

    def __init__(self, place: NavPlace, number: int) -> None:
        super().__init__(place.words)
        self._place, self._count, self._is_rail = place, 0, False
        self.setCheckable(True)
        self.setToolTip(f"{place.words}  Ctrl+{number}")

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleDescription(f"{count} 件要您办" if count else "")
        self.update()

    def set_rail(self, is_rail: bool) -> None:
        self._is_rail = is_rail
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(60), look.size("railItem" if self._is_rail else "navRow"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        plate = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        colours = look.colours
        if self.isChecked():
            edge = colours.accent if look.mode == "highContrast" else colours.line2
            hairline.plate(painter, plate, radius=look.radius("nav"), fill=colours.surface, line=edge)
            height = look.px(24 if self._is_rail else 18)
            bar = QRectF(0, (self.height() - height) / 2, 3, height)
            hairline.plate(painter, bar, radius=1.5, fill=colours.accent)
        elif self.underMouse():
            hairline.plate(painter, plate, radius=look.radius("nav"), fill=colours.hover)
        if self.shows_focus:
            ring(painter, plate, radius=look.radius("nav"))
        self._paint_rail(painter) if self._is_rail else self._paint_row(painter)

    def _ink(self) -> QColor:
        colours = theme.current().colours
        return colours.accentInk if self.isChecked() else colours.ink

    def _icon_ink(self) -> QColor:
        colours = theme.current().colours
        return colours.accentInk if self.isChecked() else colours.ink2

    def _paint_row(self, painter: QPainter) -> None:
        look = theme.current()
        px, side = look.px, look.size("icon")
        box = QRectF(px(14), (self.height() - side) / 2, side, side)
        icons.draw(painter, self._place.icon, box, self._icon_ink(), filled=self.isChecked())
        painter.setFont(look.font("body", bold=self.isChecked()))
        painter.setPen(self._ink())
        words = QRectF(self.rect()).adjusted(px(44), 0, -px(14), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            painter.setFont(look.font("body"))
            painter.setPen(look.colours.ink2)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, int(right), f"{self._count:,}")

    def _paint_rail(self, painter: QPainter) -> None:
        look = theme.current()
        px, side = look.px, look.size("icon")
        middle = self.width() / 2
        box = QRectF(middle - side / 2, px(3), side, side)
        icons.draw(painter, self._place.icon, box, self._icon_ink(), filled=self.isChecked())
        painter.setFont(look.font("caption", bold=self.isChecked()))
        painter.setPen(self._ink())
        painter.drawText(QRectF(0, px(23), self.width(), px(19)), Qt.AlignmentFlag.AlignCenter, self._place.short)
        if self._count:
            self._paint_badge(painter, middle + px(7))

    def _paint_badge(self, painter: QPainter, left: float) -> None:
        look = theme.current()
        px = look.px
        font = look.font("micro", bold=True)
        painter.setFont(font)
        words = f"{self._count:,}"
        width = max(px(16), painter.fontMetrics().horizontalAdvance(words) + px(8))
        badge = QRectF(left, px(2), width, px(16))
        fill, edge = look.colours.surface, look.colours.line2
        hairline.plate(painter, badge, radius=badge.height() / 2, fill=fill, line=edge)
        painter.setPen(look.colours.ink)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
