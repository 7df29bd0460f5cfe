"""A column of rows that scrolls inside a card and is never cut through a row (window.md §6: a fold cuts between rows)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.views.look import theme


class FoldScroll(QScrollArea):
    """Rows under each other in `rows`. What would show only half a row at either end is covered with the ground."""

    def __init__(self, *, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget()
        self.rows = QVBoxLayout(self._content)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._content)
        self.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        self._content.installEventFilter(self)
        self._above, self._below = _Cover(ground, self), _Cover(ground, self)
        self.verticalScrollBar().valueChanged.connect(self._fold)

    def fill(self, rows: list[QWidget]) -> None:
        """Replace the rows; the place scrolled to stays as far as it can."""
        stood = self.verticalScrollBar().value()
        while item := self.rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self.rows.addWidget(row)
        self.rows.addStretch(1)
        self._content.adjustSize()
        self.updateGeometry()
        self.verticalScrollBar().setValue(stood)
        self._fold()

    def reveal(self, row: QWidget) -> None:
        """Bring a row wholly into view."""
        self.ensureWidgetVisible(row, 0, 0)

    def sizeHint(self) -> QSize:
        """As high as all rows together."""
        return QSize(200, self._content.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Less than all rows is possible: the rest scrolls."""
        return QSize(0, theme.current().px(64))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold anew when the rows were laid out."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
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
        rows = [self._content.layout().itemAt(i).widget() for i in range(self.rows.count())]
        cut = [row.geometry() for row in rows if row is not None and row.height() < shown.height()]
        head = next((g.bottom() + 1 - top for g in cut if g.top() < top <= g.bottom()), 0)
        foot = next((bottom - g.top() for g in cut if g.top() < bottom <= g.bottom()), 0)
        corner = self.viewport().mapTo(self, QPoint(0, 0))
        self._above.lay(QRect(corner.x(), corner.y(), shown.width(), head))
        self._below.lay(QRect(corner.x(), corner.y() + shown.height() - foot, shown.width(), foot))


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
