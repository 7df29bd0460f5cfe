"""One declared field on the window: which control it gets, and its value in wire form both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.views.disputes.forms.growingbox import GrowingBox
from desktop.views.disputes.forms.items import ItemsEditor
from desktop.views.disputes.forms.manychoices import ManyChoices
from desktop.views.kit import (
    CheckBox,
    Choice,
    DateField,
    MomentField,
    NumberField,
    SearchChoice,
    Segment,
    Segments,
    TextField,
)
from desktop.views.look import shapes
from sync.records import codes
from sync.records.field import Field, Value

_SEGMENTS_MOST = 4
_LONG_LETTERS = 200
Listen = Callable[[Callable[[], object]], object]


@dataclass(frozen=True)
class Binding:
    """A control with its value in wire form. `typed` tells of every letter, `settled` when the field was left."""

    widget: QWidget
    read: Callable[[], Value]
    write: Callable[[Value], None]
    typed: Listen
    settled: Listen


@dataclass(frozen=True)
class Setting:
    """What controls need of the desk: its day, its calendar, its clock's zone, and what can be chosen by name."""

    desk: Desk
    choices: dict[str, Sequence[Choice]]

    def today(self) -> date:
        """The day on the desk's clock."""
        return self.desk.today

    def mark(self, day: date) -> str:
        """休 on a rest day, 班 on a weekend that is worked."""
        calendar = self.desk.calendar
        if not calendar.is_working(day):
            return "休"
        return "班" if day.weekday() >= 5 else ""


def bind(
    field: Field, setting: Setting, *, words: tuple[str, str] = ("是", "否"), placeholder: str = ""
) -> Binding:
    """The control of a field. `words` are what a flag's two answers are called. Raises KeyError for an unknown kind."""
    if field.kind == "flag":
        return _flag(field, words)
    if field.kind in ("code", "place", "reference"):
        return _one_of(field, _offered(field, setting))
    if field.kind in ("codes", "references"):
        return _some_of(_offered(field, setting), field.label)
    if field.kind == "items":
        return _entries(field, setting)
    makers: dict[str, Callable[[], Binding]] = {
        "text": lambda: _text(placeholder),
        "long_text": lambda: _lines(placeholder, rows=3 if field.limit > _LONG_LETTERS else 2),
        "texts": lambda: _list_of_lines(placeholder or "一行一条"),
        "integer": lambda: _number(field.unit, 0),
        "money": lambda: _number(field.unit or "元", 2),
        "day": lambda: _day(setting),
        "moment": lambda: _moment(setting),
    }
    return makers[field.kind]()


def tick(text: str, *, hint: str = "") -> Binding:
    """A box to tick: True or None; not ticked is not an answer."""
    box = CheckBox(text, hint=hint)

    def write(value: Value) -> None:
        box.setChecked(value is True)

    return Binding(
        box, lambda: True if box.isChecked() else None, write, box.toggled.connect, box.toggled.connect
    )


def _offered(field: Field, setting: Setting) -> Sequence[Choice]:
    if field.name in setting.choices:
        return setting.choices[field.name]
    today = setting.today().isoformat()
    return [Choice(c.code, c.name) for c in codes.table(field.codes).items.values() if c.is_valid(today)]


def _text(placeholder: str) -> Binding:
    field = TextField(placeholder=placeholder)

    def write(value: Value) -> None:
        field.setText(_words(value))

    return Binding(field, lambda: field.value() or None, write, field.typed.connect, field.settled.connect)


def _lines(placeholder: str, *, rows: int) -> Binding:
    box = GrowingBox(placeholder=placeholder, rows=rows)

    def write(value: Value) -> None:
        box.set_value(_words(value))

    return Binding(box, lambda: box.value() or None, write, box.typed.connect, box.settled.connect)


def _list_of_lines(placeholder: str) -> Binding:
    box = GrowingBox(placeholder=placeholder, rows=2)

    def read() -> Value:
        return [text for line in box.value().splitlines() if (text := line.strip())] or None

    def write(value: Value) -> None:
        box.set_value("\n".join(str(one) for one in value) if isinstance(value, list) else "")

    return Binding(box, read, write, box.typed.connect, box.settled.connect)


def _number(unit: str, decimals: int) -> Binding:
    field = NumberField(unit, decimals=decimals)

    def write(value: Value) -> None:
        field.set_number(value if isinstance(value, int) else None)

    return Binding(field, field.number, write, field.typed.connect, field.settled.connect)


def _flag(field: Field, words: tuple[str, str]) -> Binding:
    segments = Segments([Segment("yes", words[0]), Segment("no", words[1])], name=field.label)

    def read() -> Value:
        said = segments.value()
        return None if said is None else said == "yes"

    def write(value: Value) -> None:
        segments.set_value(None if value is None else "yes" if value else "no")

    return Binding(segments, read, write, segments.changed.connect, segments.changed.connect)


def _one_of(field: Field, choices: Sequence[Choice]) -> Binding:
    control: Any
    if len(choices) <= _SEGMENTS_MOST and field.kind == "code":
        shape = shapes.of_risk if field.codes == "RISK" else lambda _value: None
        control = Segments(
            [Segment(c.value, c.words, shape=shape(c.value)) for c in choices], name=field.label
        )
        told = control.changed
    else:
        control = SearchChoice(choices)
        told = control.chosen
    offered = {choice.value for choice in choices}

    def write(value: Value) -> None:
        control.set_value(str(value) if value in offered else None)

    return Binding(control, control.value, write, told.connect, told.connect)


def _some_of(choices: Sequence[Choice], name: str) -> Binding:
    control = ManyChoices(choices, name=name)

    def write(value: Value) -> None:
        control.set_values([str(one) for one in value] if isinstance(value, list) else [])

    return Binding(
        control, lambda: control.values() or None, write, control.changed.connect, control.changed.connect
    )


def _entries(field: Field, setting: Setting) -> Binding:
    editor = ItemsEditor(field, lambda part: bind(part, setting), setting.desk.ids)

    def write(value: Value) -> None:
        editor.fill(list(value) if isinstance(value, list) else [])

    return Binding(
        editor, lambda: list(editor.values()) or None, write, editor.changed.connect, editor.grown.connect
    )


def _day(setting: Setting) -> Binding:
    field = DateField(today=setting.today, marks=setting.mark)

    def read() -> Value:
        day = field.day()
        return day.isoformat() if day else None

    def write(value: Value) -> None:
        field.set_day(date.fromisoformat(value) if isinstance(value, str) and value else None)

    return Binding(field, read, write, field.typed.connect, field.chosen.connect)


def _moment(setting: Setting) -> Binding:
    field = MomentField(today=setting.today, marks=setting.mark)

    def read() -> Value:
        said = field.moment()
        zone = setting.desk.now().tzinfo
        return said.replace(tzinfo=zone).isoformat(timespec="seconds") if said else None

    def write(value: Value) -> None:
        if isinstance(value, str) and value:
            local = datetime.fromisoformat(value).astimezone(setting.desk.now().tzinfo)
            field.set_moment(local.replace(tzinfo=None))
        else:
            field.set_moment(None)

    return Binding(field, read, write, field.chosen.connect, field.chosen.connect)


def _words(value: Value) -> str:
    return "" if value is None else str(value)
