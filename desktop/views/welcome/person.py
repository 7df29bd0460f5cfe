"""Step 2: which of the people of this place sits here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.kit import Card, Label, Paragraph, column, line
from desktop.views.kit.fitscroll import FitScroll
from desktop.views.kit.iconmark import IconMark
from desktop.views.kit.pressable import PressableRow
from desktop.views.look import theme
from desktop.views.welcome.arrival import Newcomer

_ROWS = 3


class PersonStep(Card):
    """`chosen` carries the `Newcomer`."""

    chosen = Signal(object)

    def __init__(self, place_name: str, people: Sequence[Newcomer]) -> None:
        super().__init__(padding=(26, 22))
        self._first: QWidget | None = None
        self.add(Label("接上了。您是哪一位？", "title"))
        self.add(Paragraph(f"区里说，在**{place_name}**办事的是这些人。别人以后在“设置”里加。"))
        rows: list[QWidget] = [self._row(one, has_rule=number > 0) for number, one in enumerate(people)]
        scroll = FitScroll(least_rows=_ROWS)
        scroll.fill(rows or [Paragraph("区里还没有给这里开人的账号。给区里打个电话，开好再来。")])
        self.add(scroll)
        if rows:
            self.setFocusProxy(rows[0])

    def _row(self, one: Newcomer, *, has_rule: bool) -> PressableRow:
        row = PressableRow(f"{one.name}，{one.post}" if one.post else one.name, has_rule=has_rule)
        texts = [Label(one.name, elide=True)]
        texts += [Label(one.post, "caption", tone="ink2", elide=True)] if one.post else []
        inside = line(
            IconMark("person"), column(None, *texts, None, gap=0), IconMark("chevron_right", size=18), gap=14
        )
        inside.layout().setStretch(1, 1)
        inside.setMinimumHeight(theme.current().px(46))
        row.hold(inside)
        row.clicked.connect(lambda _checked=False: self.chosen.emit(one))
        row.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return row
