"""A page that scrolls: its bar stands in the page's margin, and the fold never cuts through a row (window.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop.views.kit.scroll import TrailingScroll
from desktop.views.look import hairline, theme

Blocks = Callable[[], Sequence[QWidget]]
_BAR = 12


def _nothing() -> Sequence[QWidget]:
    return ()


class PageScroll(TrailingScroll):
    """`content` scrolls between the page's margins. `blocks` tells which widgets in it are never shown in part.

    The bar is laid beside it, so cards keep their right edge.
    """

    def __init__(
        self,
        content: QWidget,
        *,
        blocks: Blocks = _nothing,
        ground: str = "canvas",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, parent=parent)
        self._blocks = blocks
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cover = _Cover(ground, self)
        self._bar: QScrollBar | None = None
        own = self.verticalScrollBar()
        own.valueChanged.connect(self._follow)
        own.rangeChanged.connect(self._follow)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold anew when the content was laid out."""
        if watched is self.widget() and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._follow()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew for the new height."""
        super().resizeEvent(event)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """The bar comes with the page."""
        super().showEvent(event)
        if self._bar is None:
            self._bar = QScrollBar(Qt.Orientation.Vertical, self._margin_owner())
            self._bar.valueChanged.connect(self.verticalScrollBar().setValue)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """And goes with it."""
        super().hideEvent(event)
        if self._bar:
            self._bar.hide()

    def _margin_owner(self) -> QWidget:
        """The nearest widget around that has room for the bar at the right."""
        owner = self.parentWidget()
        while owner.parentWidget() and self.mapTo(owner, QPoint(self.width() + _BAR, 0)).x() > owner.width():
            owner = owner.parentWidget()
        return owner

    def _follow(self) -> None:
        own = self.verticalScrollBar()
        if self._bar:
            self._bar.setRange(own.minimum(), own.maximum())
            self._bar.setPageStep(own.pageStep())
            self._bar.setSingleStep(own.singleStep())
            self._bar.setValue(own.value())
            corner = self.mapTo(self._bar.parentWidget(), QPoint(self.width() + 2, 0))
            self._bar.setGeometry(corner.x(), corner.y(), _BAR, self.height())
            self._bar.setVisible(own.maximum() > 0 and self.isVisible())
            self._bar.raise_()
        self._fold()

    def _fold(self) -> None:
        bottom = self.viewport().height()
        cut = [
            (top, block.parentWidget() is not self.widget())
            for block in self._blocks()
            if block.isVisibleTo(self.widget()) and 0 < (top := self._top(block)) < bottom < top + block.height()
        ]
        top, is_inside_a_card = min(cut, default=(bottom, False))
        self._cover.lay(top, self.viewport().width(), bottom, has_line=is_inside_a_card)

    def _top(self, block: QWidget) -> int:
        return block.mapTo(self.widget(), QPoint(0, 0)).y() - self.verticalScrollBar().value()


class _Cover(QWidget):
    """Plain ground over what would show in part; inside a card under a line, for the card goes on."""

    def __init__(self, ground: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground, self._has_line = ground, False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lay(self, top: int, width: int, bottom: int, *, has_line: bool) -> None:
        self._has_line = has_line
        self.setVisible(top < bottom)
        self.setGeometry(0, top - 4, width, bottom - top + 4)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.named(self._ground))
        if self._has_line:
            hairline.rule(painter, QRectF(0, 0, self.width(), 1), colours.line2)
