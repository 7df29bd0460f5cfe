"""What stands where nothing is: an icon in a round, a fact, what can be done, a button (window.md §4 Empty)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.button import Button
from desktop.views.kit.card import column, line
from desktop.views.kit.label import Label, Paragraph
from desktop.views.look import hairline, icons, theme

_ROUNDS = {
    "plain": ("sunken", "ink2"),
    "accent": ("accentSoft", "accentInk"),
    "red": ("redSoft", "red"),
    "amber": ("amberSoft", "amber"),
    "slate": ("slateSoft", "slate"),
}


class Round(QWidget):
    """An icon in a round of 56 px; tone `plain`, `accent`, `red`, `amber` or `slate`."""

    def __init__(self, icon: str, tone: str = "plain", *, diameter: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._fill, self._ink = _ROUNDS[tone]
        side = theme.current().px(diameter)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The round, then the icon at 28 of 56."""
        look = theme.current()
        painter = QPainter(self)
        edge = look.colours.named(self._ink) if look.mode == "highContrast" else None
        fill = look.colours.named(self._fill)
        hairline.plate(painter, QRectF(self.rect()), radius=self.width() / 2, fill=fill, line=edge)
        side = self.width() / 2
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.draw(painter, self._icon, box, look.colours.named(self._ink))


class EmptyState(QWidget):
    """An empty or an unhappy place said in a fact, what can be done, and one button (a second one is `text`)."""

    def __init__(
        self,
        icon: str,
        fact: str,
        text: str,
        *,
        kicker: str = "",
        tone: str = "plain",
        actions: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(fact)
        self.setAccessibleDescription(text)
        heads: list[QWidget | None] = [Label(kicker, "caption", tone="ink2")] if kicker else []
        heads.append(Label(fact, "heading"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(line(Round(icon, tone), column(None, *heads, None, gap=0), None, gap=14))
        layout.addWidget(Paragraph(text, "small"))
        layout.addStretch(1)
        if actions:
            layout.addWidget(line(*actions, None))
