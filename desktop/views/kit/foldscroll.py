"""A column that scrolls inside a card and never shows half a row (window.md §6: a fold cuts between rows)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.card import Card
from desktop.views.kit.field import LabelledField
from desktop.views.kit.scroll import TrailingScroll
from desktop.views.look import theme


class FoldScroll(TrailingScroll):
    """Scrolls `content`, or rows given with `fill`; half a row at either end is covered with the ground.

    A row is what stands in a column of `content`; columns inside columns are looked into, cards
    and labelled fields never are. A widget that lays out lines itself tells their parts by `fold_rows()`.
    """

    def __init__(
        self, content: QWidget | None = None, *, ground: str = "surface", parent: QWidget | None = None
    ) -> None:
        column = content or QWidget()
        if content is None:
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        super().__init__(column, parent=parent)
        self._above, self._below = _Cover(ground, self), _Cover(ground, self)
        column.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self._fold)

    def fill(self, rows: Sequence[QWidget]) -> None:
        """Replace the rows; the place scrolled to stays as far as it can."""
        layout = self.widget().layout()
        assert isinstance(layout, QVBoxLayout)
        stood = self.verticalScrollBar().value()
        while item := layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in rows:
            layout.addWidget(row)
            row.show()
        layout.addStretch(1)
        self.widget().adjustSize()
        self.updateGeometry()
        self.verticalScrollBar().setValue(stood)
        self._fold()

    def reveal(self, row: QWidget) -> None:
        """Bring a row wholly into view."""
        self.ensureWidgetVisible(row, 0, 0)

    def sizeHint(self) -> QSize:
        """As high as all rows together."""
        return QSize(200, self.widget().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Less than all rows is possible: the rest scrolls."""
        return QSize(0, theme.current().px(64))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold anew when the rows were laid out."""
        if watched is self.widget() and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
            self._fold()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew for the new height."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        shown = self.viewport().rect()
        top = self.verticalScrollBar().value()
        bottom = top + shown.height()
        spans = [self._span(row) for row in _rows(self.widget()) if row.height() < shown.height()]
        head = next((end - top for start, end in spans if start < top < end), 0)
        foot = next((bottom - start for start, end in spans if start < bottom < end), 0)
        corner = self.viewport().mapTo(self, QPoint(0, 0))
        self._above.lay(QRect(corner.x(), corner.y(), shown.width(), head))
        self._below.lay(QRect(corner.x(), corner.y() + shown.height() - foot, shown.width(), foot))

    def _span(self, row: QWidget) -> tuple[int, int]:
        start = row.mapTo(self.widget(), QPoint(0, 0)).y()
        return start, start + row.height()


def _rows(column: QWidget) -> Iterator[QWidget]:
    layout = column.layout()
    for index in range(layout.count() if layout else 0):
        row = layout.itemAt(index).widget()
        if row is None or row.isHidden():
            continue
        if inner := getattr(row, "fold_rows", None):
            yield from inner()
        elif isinstance(row.layout(), QVBoxLayout) and not isinstance(row, (Card, LabelledField)):
            yield from _rows(row)
        else:
            yield row


class _Cover(QWidget):
    """A strip of plain ground over half a row; it lets clicks and wheel turns through."""

    def __init__(self, ground: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lay(self, rect: QRect) -> None:
        self.setVisible(rect.height() > 0)
        self.setGeometry(rect)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colours.named(self._ground))
