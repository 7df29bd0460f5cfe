"""A picture as large as the window, looked at inside the program: no open copy is left on the disk."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit import EmptyState
from desktop.views.shell.pages import Page


class Picture(QWidget):
    """A picture that fits the room it has, never larger than it is."""

    def __init__(self, pixmap: QPixmap, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = pixmap
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._pixmap.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(
            QRectF(left, top, size.width(), size.height()), self._pixmap, QRectF(self._pixmap.rect())
        )


class PicturePage(Page):
    """One picture; Esc returns."""

    place = "disputes"

    def __init__(self, name: str, raw: bytes, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_head(title=name, back="返回")
        pixmap = QPixmap()
        if pixmap.loadFromData(raw):
            self.body.addWidget(Picture(pixmap, name), 1)
        else:
            self.body.addWidget(EmptyState("image", "这张图打不开", "文件还在。存一份出来，用别的程序看看。"))
