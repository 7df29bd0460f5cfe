"""One paper of a dossier in a row: its number, its shape, what it is, how it stands, its pages, what mends it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from desktop.casework.dossier.entries import DossierPaper
from desktop.views.dossier import words
from desktop.views.kit import Button
from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, shapes, theme

_HEIGHT, _NEED, _LEFT, _ASIDE, _BUTTON = 56, 20, 62, 96, 124


class PaperRow(KeyboardFocus, QAbstractButton):
    """Enter or a press shows the paper; arrows walk. `mend_asked` when its button is pressed."""

    walked = Signal(int)
    mend_asked = Signal()

    def __init__(self, paper: DossierPaper, number: int) -> None:
        super().__init__()
        self.paper, self._number, self._pages = paper, number, ""
        self.button = Button(words.mend(paper), size="row")
        self.button.setAccessibleDescription(paper.title)
        self.button.clicked.connect(self.mend_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.current().px(6), 0)
        row.addStretch(1)
        row.addWidget(self.button)
        self.button.setVisible(bool(self.button.text()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{paper.title}，{paper.status}")
        said = "\n".join(part for part in (words.sentence(paper), words.need(paper)) if part)
        self.setAccessibleDescription(f"{said}，回车看")
        self.setToolTip(f"{paper.title}\n{said}")

    def say_pages(self, pages: str) -> None:
        """第 3–5 页, once the dossier was laid out."""
        self._pages = pages
        self.update()

    def sizeHint(self) -> QSize:
        """56 px; 76 with the reason why it is wanted."""
        look = theme.current()
        return QSize(look.px(300), look.px(_HEIGHT + (_NEED if words.need(self.paper) else 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the rows, Enter shows the paper."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, shape, its lines, pages, the ring."""
        look, painter = theme.current(), QPainter(self)
        px, whole = look.px, QRectF(self.rect())
        plate = whole.adjusted(0, 2, 0, -2)
        if self.underMouse():
            hairline.plate(painter, plate, radius=look.radius("row"), fill=look.colours.hover)
        hairline.rule(painter, QRectF(0, whole.height() - 1, whole.width(), 1), look.colours.line)
        need = words.need(self.paper)
        top, right = (self.height() - px(44 + (_NEED if need else 0))) / 2, self.width() - px(_BUTTON + _ASIDE)
        first, second = QRectF(0, top, 0, px(24)), QRectF(0, top + px(23), 0, px(20))
        self._write(painter, first, 0, px(26), str(self._number), "small", "ink3", end=True)
        side = px(16)
        shapes.draw(painter, words.shape(self.paper), QRectF(px(36), top + (px(24) - side) / 2, side, side))
        is_missing = self.paper.state == "missing"
        room = right - px(_LEFT) - px(10)
        self._write(painter, first, px(_LEFT), room, self.paper.title, "body", "ink", bold=is_missing)
        said = words.sentence(self.paper)
        self._write(painter, second, px(_LEFT), room, said, "caption", "amber" if is_missing else "ink2")
        self._write(painter, second.translated(0, px(_NEED)), px(_LEFT), room, need, "caption", "ink2")
        aside = px(_ASIDE)
        self._write(painter, first, right, aside, self.paper.status, "caption", "ink2", end=True)
        self._write(painter, second, right, aside, self._pages, "caption", "ink2", end=True)
        if self.shows_focus:
            ring(painter, plate, radius=look.radius("row"))

    def _write(
        self, painter: QPainter, box: QRectF, left: float, width: float, text: str, role: str, tone: str, *,
        bold: bool = False, end: bool = False,
    ) -> None:  # fmt: skip
        look = theme.current()
        painter.setFont(look.font(role, bold=bold))
        painter.setPen(look.colours.named(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width) + 1)
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, box.top(), width, box.height()), int(side | Qt.AlignmentFlag.AlignVCenter), shown)
