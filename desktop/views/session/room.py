"""Beside the record: who is in the room, what must be told at the start, where it got stuck the last time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.casework.disputes.room import Attendant, Telling
from desktop.views.kit import Button, Card, CheckBox, Label, Paragraph, ShapeMark, TextField, column, line
from desktop.views.look import theme
from desktop.views.look.shapes import Shape

_PADDING = (15, 12)
_MOST_LETTERS = 10
"""Longer names are cut in the list; the tooltip and a screen reader have the whole."""
_TOLD, _NOT_TOLD = Shape("filled disc with tick", "accent"), Shape("empty ring", "ink3")


class PresenceCard(Card):
    """谁在场. `came` carries (key, here); `joined` (name, who they are, whether both sides agreed)."""

    came = Signal(str, bool)
    joined = Signal(str, str, bool)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("谁在场", padding=_PADDING, parent=parent)
        self.body.setSpacing(2)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._shown: Sequence[Attendant] = ()
        self._add = Button("加一个人", "link", size="row", icon="add")
        self._add.clicked.connect(self._ask)
        self._name, self._relation = TextField(placeholder="姓名"), TextField(placeholder="什么人，如村主任")
        self._consent = CheckBox("双方同意他来")
        take = Button("加上", size="row")
        take.clicked.connect(self._take)
        self._form = column(self._name, self._relation, line(self._consent, None, take), gap=6)
        self._form.hide()
        self._name.setAccessibleName("姓名")
        self._relation.setAccessibleName("什么人")
        self.body.addLayout(self._rows)
        self.body.addWidget(line(self._add, None))
        self.body.addWidget(self._form)

    def show_people(self, people: Sequence[Attendant]) -> None:
        """Show who may be here; boxes keep the keyboard where it is."""
        if [one.key for one in people] != [one.key for one in self._shown]:
            _empty(self._rows)
            for one in people:
                self._rows.addWidget(self._row(one))
        self._shown = people

    def _row(self, one: Attendant) -> QWidget:
        is_long = len(one.name) > _MOST_LETTERS
        box = CheckBox(f"{one.name[: _MOST_LETTERS - 1]}…" if is_long else one.name)
        box.setAccessibleName(one.name)
        box.setToolTip(one.name if is_long else "")
        box.setChecked(one.here)
        box.toggled.connect(lambda here, key=one.key: self.came.emit(key, here))
        role = Label(one.role, "caption", tone="ink2", elide=True)
        role.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        role.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return line(box, role)

    def _ask(self) -> None:
        self._form.show()
        self._add.hide()
        self._name.setFocus()

    def _take(self) -> None:
        if self._name.value():
            self.joined.emit(self._name.value(), self._relation.value(), self._consent.isChecked())
            self._name.clear()
            self._relation.clear()
            self._consent.setChecked(False)
            self._form.hide()
            self._add.show()


class TellingCard(Card):
    """开头要讲明的. `told` carries a key; `asked_closed` the answer to 要不要关起门谈."""

    told = Signal(str)
    asked_closed = Signal(bool)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("开头要讲明的", padding=_PADDING, parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)
        self._shown: tuple[Sequence[Telling], bool | None] = ((), None)
        self._is_asking = False

    def show_tellings(self, tellings: Sequence[Telling], *, closed: bool | None) -> None:
        """Show what was told and when, and what is still to be told."""
        if (tellings, closed) == self._shown:
            return
        self._shown = (tellings, closed)
        self._fill()

    def _fill(self) -> None:
        _empty(self._rows)
        tellings, closed = self._shown
        for one in tellings:
            self._rows.addWidget(self._row(one, closed))

    def _row(self, one: Telling, closed: bool | None) -> QWidget:
        words = Label(one.label, "small", elide=True)
        mark = ShapeMark(_TOLD if one.at else _NOT_TOLD, size=15, name="讲过了" if one.at else "还没讲")
        if one.at:
            answer = {True: "关起门", False: "公开谈"}.get(closed, "") if one.key == "closed" else ""
            said = f"{answer} {one.at:%H:%M}".strip()
            return _ends(mark, words, Label(said, "caption", tone="ink2"))
        if one.key == "closed" and self._is_asking:
            return column(_ends(mark, words, QWidget()), line(None, *self._answers()), gap=2)
        button = Button(one.ask, size="row")
        button.setAccessibleDescription(one.label)
        button.clicked.connect(lambda: self._press(one.key))
        return _ends(mark, words, button)

    def _answers(self) -> list[QWidget]:
        closed, public = Button("关起门谈", size="row"), Button("公开谈", size="row")
        closed.clicked.connect(lambda: self.asked_closed.emit(True))
        public.clicked.connect(lambda: self.asked_closed.emit(False))
        return [public, closed]

    def _press(self, key: str) -> None:
        if key == "closed":
            self._is_asking = True
            self._fill()
        else:
            self.told.emit(key)


class StuckCard(Card):
    """上次卡在哪; nothing known takes no room."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("上次卡在哪", padding=_PADDING, parent=parent)
        self._said = Paragraph("", "small")
        self.body.addWidget(self._said)

    def show_stuck(self, said: str) -> None:
        """Show it."""
        self.setVisible(bool(said))
        self._said.say(said)


def minutes_since(start: datetime, now: datetime) -> str:
    """已 47 分钟, 已 1 小时 5 分; nothing in the first minute."""
    hours, minutes = divmod(max(0, int((now - start).total_seconds() // 60)), 60)
    if hours:
        return f"已 {hours} 小时 {minutes} 分"
    return f"已 {minutes} 分钟" if minutes else ""


def _ends(mark: QWidget, words: QWidget, end: QWidget) -> QWidget:
    row = line(mark, words, end)
    row.setMinimumHeight(theme.current().px(34))
    layout = row.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.setStretchFactor(words, 1)
    return row


def _empty(rows: QVBoxLayout) -> None:
    while item := rows.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
