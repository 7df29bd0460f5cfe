"""The pages of a paper under each other, as they will be printed. A page is drawn only when it comes into view."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop.views.kit.focus import KeyboardFocus
from desktop.views.look import hairline, theme

_A4 = 297 / 210
_GAP, _WIDEST = 14, 920
_IMAGES_KEPT = 6


class Sheets(KeyboardFocus, QAbstractScrollArea):
    """`wanted(page, width)`: a page (from 0) has come into view and is to be drawn that many device pixels wide;
    answer with `show_image`. `turned(page)`: another page stands at the top."""

    wanted = Signal(int, int)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._count, self._is_whole = 0, False
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("打印出来的样子")
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def page(self) -> int:
        """The page at the top, from 0."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._count

    def show_pages(self, count: int) -> None:
        """Begin at the first of that many pages."""
        self._count = count
        self._images.clear()
        self._asked.clear()
        self._measure()
        self.go_to(0)
        self._scrolled()

    def show_image(self, page: int, image: QImage) -> None:
        """The picture of a page has come."""
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._images[page] = image
        self._images.move_to_end(page)
        while len(self._images) > _IMAGES_KEPT:
            self._asked.pop(self._images.popitem(last=False)[0], None)
        self.viewport().update()

    def is_near(self, page: int) -> bool:
        """Whether a page is still worth drawing, or was only scrolled past."""
        return abs(page - self._page) < _IMAGES_KEPT

    def forget(self, page: int) -> None:
        """A page was not drawn; it is asked for again when it comes into view."""
        self._asked.pop(page, None)

    def fit(self, *, whole: bool) -> None:
        """The whole page in view, or as wide as it can be read best. The page at the top stays there."""
        page, self._is_whole = self._page, whole
        self._measure()
        self.go_to(page)
        self.viewport().update()

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        self.verticalScrollBar().setValue(max(0, min(page, self._count - 1)) * self._step())

    def turn(self, pages: int) -> None:
        """PgUp, PgDn: so many pages back or on."""
        stood = self._page
        self.go_to(stood + pages if pages > 0 or not self._is_into_page() else stood)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn pages, Home and End go to the ends, arrows scroll."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        key = Qt.Key(event.key())
        if key in turns:
            self.turn(turns[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measured anew; the page at the top stays there."""
        super().resizeEvent(event)
        page = self._page
        self._measure()
        self.go_to(page)

    def _unscaled(self, place: QRect, image: QImage) -> QRectF:
        """Where a picture made for this width goes, pixel for pixel; one made for another width is stretched."""
        ratio = self.devicePixelRatioF()
        if image.width() != round(place.width() * ratio):
            return QRectF(place)
        return QRectF(place.x(), place.y(), image.width() / ratio, image.height() / ratio)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White sheets with a line around; those whose picture has not come are empty."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.current().colours
        for page in self._in_view():
            place = self._place(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            image = self._images.get(page)
            if image is not None:
                painter.drawImage(self._unscaled(place, image), image)
            self._ask(page, round(place.width() * self.devicePixelRatioF()))
            hairline.plate(painter, QRectF(place), radius=0, line=colours.line2)
        if self.shows_focus:
            hairline.plate(painter, QRectF(self.viewport().rect()), radius=0, line=colours.accent, lines=2)

    def _ask(self, page: int, wide: int) -> None:
        if self._asked.get(page) != wide:
            self._asked[page] = wide
            self.wanted.emit(page, wide)

    def _sheet(self) -> QSize:
        look, room = theme.current(), self.viewport().size()
        width = min(room.width() - 2 * look.px(4), look.px(_WIDEST))
        if self._is_whole:
            width = min(width, int((room.height() - look.px(_GAP)) / _A4))
        return QSize(max(1, width), max(1, round(width * _A4)))

    def _step(self) -> int:
        return self._sheet().height() + theme.current().px(_GAP)

    def _place(self, page: int) -> QRect:
        sheet = self._sheet()
        left = (self.viewport().width() - sheet.width()) // 2
        return QRect(left, 3 + page * self._step() - self.verticalScrollBar().value(), sheet.width(), sheet.height())

    def _in_view(self) -> range:
        step, top = self._step(), self.verticalScrollBar().value()
        return range(max(0, top // step), min(self._count, (top + self.viewport().height()) // step + 1))

    def _is_into_page(self) -> bool:
        return self.verticalScrollBar().value() > self._page * self._step()

    def _measure(self) -> None:
        bar, high = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(high)
        bar.setSingleStep(theme.current().px(48))
        bar.setRange(0, max(0, self._count * self._step() - high))

    def _scrolled(self) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum() and bar.maximum() > 0
        page = min(self._count - 1, round(bar.value() / self._step() - 0.25))
        page = self._in_view()[-1] if at_end and self._count else max(0, page)
        if page != self._page or not bar.value():
            self._page = page
            self.turned.emit(page)
        self.viewport().update()
