"""改动记录: who changed what, when and where, from what to what. Nothing that was written is ever gone from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.casework.disputes.change_log import ChangeLine, FieldChange
from desktop.views import words
from desktop.views.kit import Card, Label, Paragraph
from desktop.views.kit.foldscroll import FoldScroll
from desktop.views.look import theme

_NOT_YET = "历史还没取来。登记的内容都在这里，一件没少。下次和区里传的时候取来，取来就显示。"
_SHOWN_FIELDS, _SHOWN_LETTERS = 12, 120


class Changes(Card):
    """The card of changes, newest first."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=(18, 8), parent=parent)
        self.setAccessibleName("改动记录")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._scroll = FoldScroll()
        self.body.addWidget(self._scroll)

    def show_lines(self, lines: Sequence[ChangeLine], now: datetime, *, is_whole: bool = True) -> None:
        """Show the changes; when earlier ones are still at the district, say so at the end."""
        rows = [_line(one, now) for one in lines]
        self._scroll.fill(rows if is_whole else [*rows, Paragraph(_NOT_YET, "small", tone="ink2")])


def _line(one: ChangeLine, now: datetime) -> QWidget:
    look = theme.current()
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 6, look.px(8), 6)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, look.px(110))
    grid.setColumnStretch(1, 1)
    grid.addWidget(
        Label(words.exact_moment(one.at, now), "caption", tone="ink2"), 0, 0, Qt.AlignmentFlag.AlignTop
    )
    grid.addWidget(Paragraph(head_words(one), "small", tone="ink"), 0, 1)
    said = [field_words(field, one.verb) for field in one.fields[:_SHOWN_FIELDS]]
    if len(one.fields) > _SHOWN_FIELDS:
        said.append(f"还有 {len(one.fields) - _SHOWN_FIELDS} 项")
    if said:
        grid.addWidget(Paragraph("\n".join(said), "small", tone="ink2"), 1, 1)
    if one.note:
        grid.addWidget(Paragraph(one.note, "small", tone="amber"), 2, 1)
    return row


def head_words(one: ChangeLine) -> str:
    """**马秀兰** 改纠纷，在别处."""
    where = "" if one.here else "，在别处"
    return f"**{one.who or '不知道是谁'}** {one.verb}{one.subject}{where}"


def field_words(field: FieldChange, verb: str) -> str:
    """争的金额：3,600 元 → 5,000 元; only the new words where the record was made."""
    after = _short(field.after)
    kept = "（没用上，留着）" if field.aside else ""
    if verb in ("登记", "添"):
        return f"{field.label}：{after}{kept}"
    return f"{field.label}：{_short(field.before)} → {after}{kept}"


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _SHOWN_LETTERS else f"{flat[:_SHOWN_LETTERS]}…"
