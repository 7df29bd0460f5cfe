"""Words on the window: one line, a paragraph with exact line height, or a heading with a short fact beside it."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.look import theme

_BOLD = re.compile(r"\*\*(.+?)\*\*")


class Label(QLabel):
    """One line of text in a type role and a colour token.

    `elide=True` shortens the text to the room there is and tells the whole in a tooltip.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: str = "ink",
        bold: bool | None = None,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role, self._tone, self._bold, self._elide = role, tone, bold, elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.current().changed.connect(self._dress)

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        self._tone = tone
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._role, bold=self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, look.colours.named(self._tone))
        self.setPalette(palette)
        self.setFixedHeight(look.line(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, elided at the end when asked and needed."""
        if not self._elide:
            super().paintEvent(event)
            return
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(theme.current().colours.named(self._tone))
        painter.drawText(self.rect(), int(self.alignment()), shown)


class Paragraph(QLabel):
    """Wrapped text with the role's own line height. `**words**` are bold; everything else is plain text."""

    def __init__(
        self, text: str = "", role: str = "body", *, tone: str = "ink2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._words = role, tone, text
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._dress()
        theme.current().changed.connect(self._dress)

    def say(self, text: str) -> None:
        """Replace the words."""
        self._words = text
        self._dress()

    def words(self) -> str:
        """The words as given, without any markup of Qt."""
        return self._words

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        self._tone = tone
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._role))
        bold = f'<span style="font-weight:700;color:{look.colours.ink.name()}">\\1</span>'
        body = _BOLD.sub(bold, html.escape(self._words)).replace("\n", "<br>")
        colour = look.colours.named(self._tone).name()
        self.setText(f'<p style="margin:0;line-height:{look.line(self._role)}px;color:{colour}">{body}</p>')
        self.setAccessibleName(_BOLD.sub(r"\1", self._words))


class Heading(QLabel):
    """A bold heading with a quieter fact after it on the same baseline (“要办的 6 件”)."""

    def __init__(
        self,
        text: str,
        fact: str = "",
        *,
        role: str = "heading",
        fact_role: str = "small",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role, self._fact_role, self._fact = role, fact_role, fact
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._dress)
        self._dress()

    def say(self, text: str, fact: str = "") -> None:
        """Replace both texts."""
        self.setText(text)
        self._fact = fact
        self._dress()

    def set_role(self, role: str) -> None:
        """Change the type role of the bold part."""
        self._role = role
        self._dress()

    def fact(self) -> str:
        """The quiet words after the heading."""
        return self._fact

    def sizeHint(self) -> QSize:
        """Both texts and the gap between them; the height is the role's line."""
        look = theme.current()
        width = QFontMetricsF(look.font(self._role)).horizontalAdvance(self.text())
        if self._fact:
            width += self._gap() + QFontMetricsF(look.font(self._fact_role)).horizontalAdvance(self._fact)
        return QSize(int(width) + 2, look.line(self._role))

    def minimumSizeHint(self) -> QSize:
        """The heading may be squeezed: the fact is elided first, then the text."""
        return QSize(theme.current().px(40), theme.current().line(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both texts on one baseline."""
        look = theme.current()
        painter = QPainter(self)
        large = QFontMetricsF(look.font(self._role))
        small = QFontMetricsF(look.font(self._fact_role))
        right = Qt.TextElideMode.ElideRight
        text = large.elidedText(self.text(), right, self.width())
        baseline = (self.height() - large.ascent() - large.descent()) / 2 + large.ascent()
        painter.setFont(look.font(self._role))
        painter.setPen(look.colours.ink)
        painter.drawText(QRectF(0, baseline - large.ascent(), self.width(), large.height()), text)
        start = large.horizontalAdvance(text) + self._gap()
        room = self.width() - start
        if self._fact and room > small.horizontalAdvance("…"):
            painter.setFont(look.font(self._fact_role))
            painter.setPen(look.colours.ink2)
            fact = small.elidedText(self._fact, right, room + 1)
            painter.drawText(QRectF(start, baseline - small.ascent(), room + 1, small.height()), fact)

    def _gap(self) -> int:
        return theme.current().px(12 if self._role.startswith("title") else 8)

    def _dress(self) -> None:
        self.setFont(theme.current().font(self._role))
        self.setAccessibleName(f"{self.text()} {self._fact}".strip())
        self.updateGeometry()
        self.update()
