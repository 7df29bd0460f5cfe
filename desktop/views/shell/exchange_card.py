"""The card at the lower left: how many wait, how old the oldest is, when both sides last agreed. It never blinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.kit.focus import KeyboardFocus, ring
from desktop.views.look import hairline, shapes, theme
from desktop.views.look.shapes import Shape

Kind = Literal["allAgreed", "waiting", "trouble", "broken"]
_AGREED = Shape("filled disc with tick", "accent")


@dataclass(frozen=True)
class ExchangeFacts:
    """What the card says. `allAgreed` only after a proof of both sides (DESIGN.md §4).

    `agreement` is the last agreement (今天 09:42 对账一致), "" while there was none;
    `short` and `short_agreement` are the rail's words (3 件待传, 09:42 一致).
    """

    kind: Kind
    first: str
    second: str
    agreement: str
    short: str
    short_agreement: str


class ExchangeCard(KeyboardFocus, QAbstractButton):
    """The card; a click goes to the exchange page. `set_rail` makes it the rail's foot."""

    def __init__(self, facts: ExchangeFacts, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._is_rail = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.tell(facts)

    def tell(self, facts: ExchangeFacts) -> None:
        """Say the facts as they are now."""
        self._facts = facts
        self.setAccessibleName("与区里同步")
        self.setAccessibleDescription("，".join(part for part in (facts.first, facts.second, facts.agreement) if part))
        self.update()

    def nextCheckState(self) -> None:
        """A click asks for the page; whether it is shown is told by `setChecked`."""

    def set_rail(self, is_rail: bool) -> None:
        """Switch between card and rail foot."""
        self._is_rail = is_rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """94 px as a card, 70 as a rail foot."""
        look = theme.current()
        return QSize(look.px(60), look.px(70 if self._is_rail else 94))

    def minimumSizeHint(self) -> QSize:
        """The exchange status never scrolls away and is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As a card or as a rail foot."""
        painter = QPainter(self)
        if self._is_rail:
            self._paint_rail(painter)
        else:
            self._paint_card(painter)
        if self.shows_focus:
            ring(painter, QRectF(self.rect()), radius=theme.current().radius("card"))

    def _paint_card(self, painter: QPainter) -> None:
        look = theme.current()
        colours, px = look.colours, look.px
        rect = QRectF(self.rect())
        edge, lines = (colours.accent, 2.0) if self.isChecked() else (colours.line2, 1.0)
        fill = colours.hover if self.underMouse() else colours.surface
        hairline.plate(painter, rect, radius=look.radius("card"), fill=fill, line=edge, lines=lines)
        shapes.draw(painter, shapes.of_exchange(self._facts.kind), QRectF(px(12), px(13), px(16), px(16)))
        width = rect.width() - px(12)
        self._write(painter, QRectF(px(36), px(10), width - px(36), px(22)), self._facts.first, "small", "ink", True)
        self._write(painter, QRectF(px(11), px(33), width - px(11), px(20)), self._facts.second, "caption", "ink2")
        hairline.rule(painter, QRectF(px(11), px(58), rect.width() - px(19), 1), colours.line)
        if self._facts.agreement:
            shapes.draw(painter, _AGREED, QRectF(px(12), px(67), px(14), px(14)))
            box = QRectF(px(34), px(64), width - px(34), px(20))
            self._write(painter, box, self._facts.agreement, "caption", "ink2")

    def _paint_rail(self, painter: QPainter) -> None:
        look = theme.current()
        px, width = look.px, self.width()
        hairline.rule(painter, QRectF(px(5), 0, width - px(10), 1), look.colours.line2)
        if self.isChecked():
            box = QRectF(0, px(4), width, self.height() - px(6))
            hairline.plate(painter, box, radius=look.radius("nav"), line=look.colours.accent, lines=2)
        side = px(18)
        shapes.draw(painter, shapes.of_exchange(self._facts.kind), QRectF((width - side) / 2, px(8), side, side))
        centre = Qt.AlignmentFlag.AlignHCenter
        self._write(painter, QRectF(0, px(29), width, px(18)), self._facts.short, "micro", "ink", True, centre)
        self._write(
            painter, QRectF(0, px(47), width, px(18)), self._facts.short_agreement, "micro", "ink2", False, centre
        )

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        role: str,
        tone: str,
        bold: bool = False,
        across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        look = theme.current()
        painter.setFont(look.font(role, bold=bold))
        painter.setPen(look.colours.named(tone))
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        painter.drawText(box, int(across | Qt.AlignmentFlag.AlignVCenter), words)
