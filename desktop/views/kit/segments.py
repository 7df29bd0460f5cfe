"""A choice of up to four words side by side, unset until a person chooses (window.md §4 Forms)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape


@dataclass(frozen=True)
class Segment:
    """One choice: its value, its words, an optional count and an optional shape (risk bars)."""

    value: str
    words: str
    count: int | None = None
    shape: Shape | None = None


class Segments(QWidget):
    """Up to four choices in one sunken plate. `changed` carries the value, or None when cleared with Delete.

    Strings are taken as value and words alike. `filter_bar=True` is the lower form above lists (36 px, with counts).
    """

    changed = Signal(object)

    def __init__(
        self, choices: Sequence[Segment | str], *, name: str, filter_bar: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._filter_bar = filter_bar
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        for choice in choices:
            segment = choice if isinstance(choice, Segment) else Segment(choice, choice)
            button = _SegmentButton(segment, name)
            button.setAccessibleDescription(name)
            button.toggled.connect(self._tell)
            self._group.addButton(button)
            self._buttons[segment.value] = button
            row.addWidget(button)
        self._told: str | None = None
        self._one_tab_stop()
        self._dress()
        theme.current().changed.connect(self._dress)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed: every word stays whole."""
        return self.sizeHint()

    def value(self) -> str | None:
        """The chosen value; None while nobody has chosen."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        """Show a choice made earlier; None clears. Raises KeyError for an unknown value."""
        if value is not None:
            self._buttons[value].setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self._one_tab_stop()

    def set_count(self, value: str, count: int | None) -> None:
        """Write the count beside a choice; None hides it."""
        self._buttons[value].set_count(count)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the chosen segment, or to the first."""
        chosen = self.value()
        button = self._buttons[chosen] if chosen is not None else next(iter(self._buttons.values()))
        button.setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, Enter goes on; Delete clears: what was never said must not stay by mistake."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        number = key - Qt.Key.Key_1
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._filter_bar:
            self.set_value(None)
        elif plain and 0 <= number < len(self._buttons):
            list(self._buttons.values())[number].click()
            list(self._buttons.values())[number].setFocus(Qt.FocusReason.TabFocusReason)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._filter_bar:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sunken plate."""
        look = theme.current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = look.radius("card") if self._filter_bar else look.radius("nav")
        hairline.plate(painter, rect, radius=radius, fill=look.colours.sunken, line=look.colours.line2)

    def _one_tab_stop(self) -> None:
        for index, button in enumerate(self._buttons.values()):
            policy = Qt.FocusPolicy.StrongFocus if index == 0 else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _tell(self, _checked: bool) -> None:
        value = self.value()
        if value != self._told:
            self._told = value
            self.changed.emit(value)

    def _dress(self) -> None:
        look = theme.current()
        self.setFixedHeight(look.size("button") if self._filter_bar else look.size("field"))


class _SegmentButton(KeyboardFocus, QRadioButton):
    def __init__(self, segment: Segment, group_name: str) -> None:
        super().__init__(segment.words)
        self._segment = segment
        self._count = segment.count
        self.setAccessibleName(f"{group_name} {segment.words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.updateGeometry()
        self.update()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        look = theme.current()
        # Room for bold words always, so that choosing never moves the neighbours.
        width = QFontMetricsF(look.font("body", bold=True)).horizontalAdvance(self.text())
        width += look.px(26)
        if self._segment.shape:
            width += look.size("stateShape") + look.px(7)
        if self._count is not None:
            width += look.px(7) + QFontMetricsF(look.font()).horizontalAdvance(f"{self._count:,}")
        return QSize(round(width), look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            edge = look.colours.accent if look.mode == "highContrast" else look.colours.line2
            hairline.plate(painter, rect, radius=look.radius("button"), fill=look.colours.surface, line=edge)
        if self.shows_focus:
            ring(painter, rect, radius=look.radius("button"))
        x = float(look.px(13))
        if self._segment.shape:
            side = look.size("stateShape")
            shapes.draw(painter, self._segment.shape, QRectF(x, (self.height() - side) / 2, side, side))
            x += side + look.px(7)
        font = look.font("body", bold=self.isChecked())
        painter.setFont(font)
        painter.setPen(look.colours.accentInk if self.isChecked() else self._quiet_ink())
        box = rect.adjusted(x, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count is not None:
            box.adjust(QFontMetricsF(font).horizontalAdvance(self.text()) + look.px(7), 0, 0, 0)
            painter.setFont(look.font())
            painter.setPen(look.colours.ink2)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"{self._count:,}")

    def _quiet_ink(self) -> QColor:
        colours = theme.current().colours
        return colours.ink if self.underMouse() else colours.ink2


def risk_segments(*, name: str = "风险") -> Segments:
    """低 中 高 with their bars, unset: the risk of a dispute is never filled in for anybody."""
    return Segments([Segment(level, level, shape=shapes.of_risk(level)) for level in ("低", "中", "高")], name=name)
