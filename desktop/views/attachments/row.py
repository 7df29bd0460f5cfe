"""One attachment in a row: its small picture, what it is, how far it has come, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.casework.attachments.shelf import AttachmentFacts
from desktop.views import words
from desktop.views.kit import Bar, Button, Card, Label, column, line
from desktop.views.look import hairline, icons, theme

Act = Callable[[AttachmentFacts], object]
Acts = Mapping[str, Act]
"""look, listen, fetch, save, save_original, again, void: what a row can ask for."""

_ICONS = {"audio": "mic", "image": "image", "appli": "document_text"}
_TONES = {"waits": "ink2", "sending": "accentInk", "there": "ink2", "refused": "red", "nowhere": "amber"}
_PICTURE = QSize(88, 66)


class Thumbnail(QWidget):
    """The small picture in its box, or the icon of its type."""

    def __init__(self, raw: bytes, icon: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._pixmap = icon, QPixmap()
        if raw:
            self._pixmap.loadFromData(raw)
        look = theme.current()
        self.setFixedSize(look.px(_PICTURE.width()), look.px(_PICTURE.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture as large as it fits, on a sunken plate."""
        look, box = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        hairline.plate(painter, box, radius=4, fill=look.colours.sunken, line=look.colours.line)
        if self._pixmap.isNull():
            side = look.px(28)
            inner = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            icons.draw(painter, self._icon, inner, look.colours.ink2)
            return
        fitted = self._pixmap.size().scaled(self.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2
        painter.drawPixmap(
            QRectF(left, top, fitted.width(), fitted.height()), self._pixmap, QRectF(self._pixmap.rect())
        )


class AttachmentRow(Card):
    """The row."""

    def __init__(self, facts: AttachmentFacts, acts: Acts, now: datetime, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(12, 10), parent=parent)
        self.facts = facts
        self.setAccessibleName(f"{facts.name}，{facts.words}")
        icon = _ICONS.get(_major(facts), "document_text")
        what = Label(_what(facts, now), "small", tone="ink2", elide=True)
        texts = column(Label(facts.name, bold=True, elide=True), what, *self._state(facts), gap=2)
        row = line(Thumbnail(facts.thumbnail, icon), texts, *_buttons(facts, acts), gap=12)
        layout = row.layout()
        assert layout is not None
        layout.setStretch(1, 1)  # type: ignore[attr-defined]
        self.add(row)

    def _state(self, facts: AttachmentFacts) -> list[QWidget]:
        parts: list[QWidget] = [Label(facts.words, "small", tone=_TONES.get(facts.state, "ink2"), elide=True)]
        if facts.share is not None:
            bar = Bar(name=facts.words)
            bar.set_share(facts.share, 100)
            parts.append(bar)
        return parts


def _buttons(facts: AttachmentFacts, acts: Acts) -> list[QWidget]:
    offered: list[tuple[str, str]] = []
    if facts.state == "refused":
        offered.append(("again", "再传"))
    if not facts.is_here and facts.state in ("away", "nowhere"):
        offered.append(("fetch", "取回来"))
    if facts.is_here and facts.is_picture:
        offered.append(("look", "看"))
    if facts.is_here and facts.mime.startswith("audio/"):
        offered.append(("listen", "听"))
    if facts.is_here:
        offered.append(("save", "存一份"))
    if facts.has_original:
        offered.append(("save_original", "存原件"))
    offered.append(("void", "作废"))
    return [_button(facts, words_, acts[name], is_first=n == 0) for n, (name, words_) in enumerate(offered)]


def _button(facts: AttachmentFacts, said: str, act: Act, *, is_first: bool) -> Button:
    button = Button(said, "plain" if is_first and said != "作废" else "text", size="row")
    button.setAccessibleDescription(facts.name)
    button.clicked.connect(lambda: act(facts))
    return button


def _what(facts: AttachmentFacts, now: datetime) -> str:
    when = words.exact_moment(facts.at.astimezone(now.tzinfo), now) if facts.at else ""
    size = words.bytes_size(facts.size_bytes)
    parts = (facts.kind, facts.session, f"{facts.type_name} {size}", when, facts.by, facts.note)
    return " · ".join(part for part in parts if part)


def _major(facts: AttachmentFacts) -> str:
    return "image" if facts.is_picture else "audio" if facts.mime.startswith("audio/") else "appli"
