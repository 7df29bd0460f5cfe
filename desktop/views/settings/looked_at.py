"""谁看过: the log of what was shown only on a person's wish, for everybody who works here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.casework.looked_at import Look
from desktop.views import words
from desktop.views.kit import Card, Label, Paragraph, line
from desktop.views.kit.fitscroll import FitScroll
from desktop.views.look import theme

_WHEN, _WHO = 120, 96
_TEXT = "整号的电话、证件号码、登记时问的四件事，点开看一次就记一条。谁都改不了，也删不掉。"


class LookedAtCard(Card):
    """The last looks, newest first."""

    def __init__(self) -> None:
        super().__init__("谁看过")
        self._rows = FitScroll(least_rows=3)
        self.add(Paragraph(_TEXT, "small"))
        self.body.addWidget(self._rows, 1)

    def show_looks(self, looks: Sequence[Look], now: datetime) -> None:
        """Say who looked at what."""
        rows: list[QWidget] = [_row(one, now) for one in looks]
        self._rows.fill(rows or [Label("还没有人点开看过", "small", tone="ink2")])
        self._rows.updateGeometry()


def _row(one: Look, now: datetime) -> QWidget:
    when, who = Label(words.exact_moment(one.at, now), "small", tone="ink2"), Label(one.who)
    when.setFixedWidth(theme.current().px(_WHEN))
    who.setMinimumWidth(theme.current().px(_WHO))
    what = f"导出了全部{one.about}" if one.exported else f"看了{one.what}"
    about = Label("" if one.exported else one.about, "small", tone="ink2", elide=True)
    row = line(when, who, Label(what, elide=True), about, gap=12)
    layout = row.layout()
    layout.setStretch(2, 2)
    layout.setStretch(3, 3)
    row.setMinimumHeight(theme.current().px(36))
    return row
