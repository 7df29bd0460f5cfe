"""Fields side by side while there is room, under each other when there is not (window.md §6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import LabelledField
from desktop.views.look import theme

Part = tuple[QWidget, int, bool]
"""A widget, the least width it wants in logical pixels of the drawing, and whether it takes what is left."""
_MOST_WIDE, _MOST, _MOST_NARROW = 4, 3, 2
_GAP, _ROW_GAP = 14, 10
_UNBOUNDED = 16_777_215


class WrapRow(QWidget):
    """Widgets in lines: as many in a line as fit; in each line those that grow share what is left.

    Of those that grow at most four stand side by side, three below 1180 and two below 1000 logical pixels.
    """

    def __init__(self, parts: Sequence[Part], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = list(parts)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget, _, _ in self._parts:
            widget.setParent(self)
            widget.show()
        self.setMinimumWidth(1)

    def parts(self) -> list[QWidget]:
        """The widgets, in their order."""
        return [widget for widget, _, _ in self._parts]

    def fold_rows(self) -> list[QWidget]:
        """What a fold never cuts: each shown widget."""
        return [widget for widget in self.parts() if not widget.isHidden()]

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(sum(self._least(part) for part in self._parts), self.height())

    def event(self, event: QEvent) -> bool:
        """A part that grew or vanished asks for a new arrangement."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        gap, y = look.px(_GAP), 0
        for row in self._lines(gap):
            x = 0
            for part, width in zip(row, self._widths(row, gap), strict=True):
                self._put(part[0], QRect(x, y, width, _height(part[0])))
                x += width + gap
            y += max(_height(widget) for widget, _, _ in row) + look.px(_ROW_GAP)
        self.setFixedHeight(max(0, y - look.px(_ROW_GAP)))

    def _put(self, widget: QWidget, place: QRect) -> None:
        """A field that has something to say about itself says it across the row, under its neighbours."""
        if isinstance(widget, LabelledField):
            widget.field.setMaximumWidth(
                place.width() if widget.trouble and _grows(widget.field) else _UNBOUNDED
            )
            if widget.trouble:
                place.setRight(self.width())
                widget.lower()
        widget.setGeometry(place)

    def _lines(self, gap: int) -> list[list[Part]]:
        lines: list[list[Part]] = []
        taken, most = 0, self._most()
        for part in self._parts:
            if part[0].isHidden():
                continue
            least = self._least(part)
            is_full = bool(lines) and part[2] and sum(grows for _, _, grows in lines[-1]) >= most
            if lines and not is_full and taken + gap + least <= self.width():
                lines[-1].append(part)
                taken += gap + least
            else:
                lines.append([part])
                taken = least
        return lines

    def _widths(self, row: Sequence[Part], gap: int) -> list[int]:
        """The least widths, and the rest in equal shares to those that grow."""
        widths = [min(self._least(part), self.width()) for part in row]
        growing = [index for index, part in enumerate(row) if part[2]]
        rest = self.width() - sum(widths) - gap * (len(row) - 1)
        for order, index in enumerate(growing):
            share = rest // (len(growing) - order)
            widths[index] += max(0, share)
            rest -= share
        return widths

    def _most(self) -> int:
        look, width = theme.current(), self.window().width()
        return _MOST_NARROW if look.is_narrow(width) else _MOST_WIDE if look.is_wide(width) else _MOST

    def _least(self, part: Part) -> int:
        return max(theme.current().px(part[1]), part[0].minimumSizeHint().width())


def _grows(field: QWidget) -> bool:
    return field.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Fixed


def _height(widget: QWidget) -> int:
    return max(widget.sizeHint().height(), widget.minimumSizeHint().height(), widget.minimumHeight())
