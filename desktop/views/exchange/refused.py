"""What the district did not take: why, that nothing is lost, and three ways out for each.

What is refused because its dispute moved cannot be sent again; it can be handed to those who hold the dispute now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.exchange.status import RefusedLine
from desktop.views import words
from desktop.views.exchange.panel import Panel
from desktop.views.kit import Button, Chip, Heading, Label, Paragraph, Rule, ShapeMark, column, line
from desktop.views.kit.button import Kind
from desktop.views.look.shapes import Shape

_TRIANGLE = Shape("filled triangle with !", "amberMark")


class RefusedPanel(Panel):
    """One amber card for all of them. `chosen` carries ("again" | "hand" | "ask" | "keep" | "look", line)."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(tone="amber")
        self.setAccessibleName("区里没收下的")
        self._title, self._age = Heading(""), Label("", "small", tone="amber")
        self.add(line(ShapeMark(_TRIANGLE, size=18), self._title, None, self._age))
        self._said: Sequence[RefusedLine] = ()

    def say(self, lines: Sequence[RefusedLine], now: datetime) -> None:
        """Show them; what is shown already stays as it is, with the keyboard in it."""
        if not lines:
            return
        self._title.say(f"有 {words.count(len(lines))} 件区里没收下，其余照常")
        age = words.waiting(min(one.since for one in lines), now)
        self._age.setText(age if age == "刚刚" else f"等了 {age}")
        if lines != self._said:
            self._said = lines
            self.show_rows([self._block(one, has_rule=number > 0) for number, one in enumerate(lines)])

    def _block(self, one: RefusedLine, *, has_rule: bool) -> QWidget:
        again = ("交给现在管的单位", "hand") if one.may_hand_over else ("改了再传", "again")
        acts: list[QWidget | None] = [
            self._button(again[0], "plain", again[1], one),
            Chip("已记下，传的时候问区里") if one.asked else self._button("问区里", "plain", "ask", one),
            self._button("不传了，留底", "text", "keep", one),
            None,
            *([self._button("看这件", "link", "look", one)] if one.dispute_id else []),
        ]
        text = Paragraph(f"**{one.title}**：{one.why}", "small", tone="ink")
        block = column(*([Rule()] if has_rule else []), text, line(*acts), gap=10)
        block.layout().setContentsMargins(0, 10 if has_rule else 0, 0, 2)
        return block

    def _button(self, text: str, kind: Kind, way: str, one: RefusedLine) -> Button:
        button = Button(text, kind, size="row")
        button.setAccessibleDescription(one.title)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(way, one))
        return button
