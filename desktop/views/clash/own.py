"""自己另写一个: a field of the right kind for each part of a row, in a side sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.disputes.clashes import ClashRow
from desktop.views import words
from desktop.views.kit import (
    Button,
    Choice,
    DateField,
    LabelledField,
    MomentField,
    NumberField,
    Paragraph,
    SearchChoice,
    Segment,
    Segments,
    TextBox,
    TextField,
    column,
    line,
)
from sync.records import RECORD_TYPES, codes
from sync.records.field import Field, Kind

_HELP = "两份都不合适，就在这里写一个新的。那两份还留在“改动记录”里。"


class Editor(Protocol):
    """A widget that shows and gives one value of the wire."""

    widget: QWidget

    def show(self, value: Any) -> None: ...

    def value(self) -> Any: ...

    def words(self) -> str: ...


class OwnSheet(QWidget):
    """The editors of one row. `written` carries {field: value} and the lines that say them."""

    written = Signal(dict, tuple)

    def __init__(self, row: ClashRow, today: Callable[[], date], zone: tzinfo | None) -> None:
        super().__init__()
        fields = fields_of(row)
        self._editors = {field.name: _EDITORS[field.kind](field, today, zone) for field in fields}
        parts: list[QWidget | None] = [Paragraph(_HELP, "small")]
        parts += [LabelledField(field.label, self._editors[field.name].widget) for field in fields]
        take = Button("用我写的这个", "tonal", size="large")
        take.clicked.connect(self._take)
        column(*parts, line(take, None), None, gap=12, parent=self)
        self.setLayout(self.children()[-1].layout())

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Begin from these values."""
        for name, editor in self._editors.items():
            editor.show(values.get(name))

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        next(iter(self._editors.values())).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        values = {name: editor.value() for name, editor in self._editors.items()}
        self.written.emit(values, tuple(editor.words() for editor in self._editors.values()))


def fields_of(row: ClashRow) -> tuple[Field, ...]:
    """The declared fields of a row, when each of them can be written by hand here; else none."""
    for kind in RECORD_TYPES.values():
        fields = tuple(kind.by_name[name] for name in row.fields if name in kind.by_name)
        is_this = len(fields) == len(row.fields) and (len(fields) > 1 or fields[0].label == row.label)
        if is_this:
            return fields if all(field.kind in _EDITORS for field in fields) else ()
    return ()


def shown_openly(row: ClashRow) -> dict[str, Any]:
    """What the sheet begins with: this side's values, but none that is shown only on a person's wish (class S)."""
    open_fields = {field.name for field in fields_of(row) if field.privacy != "S"}
    return {name: value for name, value in row.mine.values.items() if name in open_fields}


class _Text:
    def __init__(self, field: Field, _today: Callable[[], date], _zone: tzinfo | None) -> None:
        self.widget: TextBox | TextField = TextBox(rows=6) if field.kind == "long_text" else TextField()

    def show(self, value: Any) -> None:
        text = str(value or "")
        self.widget.set_value(text) if isinstance(self.widget, TextBox) else self.widget.setText(text)

    def value(self) -> Any:
        return self.widget.value() or None

    def words(self) -> str:
        return self.widget.value() or "没填"


class _Number:
    def __init__(self, field: Field, _today: Callable[[], date], _zone: tzinfo | None) -> None:
        self._is_money = field.kind == "money"
        self._unit = "元" if self._is_money else field.unit
        self.widget = NumberField(self._unit, decimals=2 if self._is_money else 0)

    def show(self, value: Any) -> None:
        self.widget.set_number(value if isinstance(value, int) else None)

    def value(self) -> Any:
        return self.widget.number()

    def words(self) -> str:
        number = self.widget.number()
        if number is None:
            return "没填"
        return f"{words.money(number) if self._is_money else words.count(number)} {self._unit}".rstrip()


class _Flag:
    def __init__(self, field: Field, _today: Callable[[], date], _zone: tzinfo | None) -> None:
        self.widget = Segments([Segment("yes", "是"), Segment("no", "否")], name=field.label)

    def show(self, value: Any) -> None:
        self.widget.set_value(None if value is None else "yes" if value else "no")

    def value(self) -> Any:
        return {"yes": True, "no": False}.get(self.widget.value() or "")

    def words(self) -> str:
        return {"yes": "是", "no": "否"}.get(self.widget.value() or "", "没填")


class _Code:
    def __init__(self, field: Field, _today: Callable[[], date], _zone: tzinfo | None) -> None:
        self._table = codes.table(field.codes)
        self.widget = SearchChoice([Choice(code.code, code.name) for code in self._table.items.values()])

    def show(self, value: Any) -> None:
        self.widget.set_value(str(value) if value in self._table else None)

    def value(self) -> Any:
        return self.widget.value()

    def words(self) -> str:
        value = self.widget.value()
        return self._table.text(value) if value else "没填"


class _Day:
    def __init__(self, _field: Field, today: Callable[[], date], _zone: tzinfo | None) -> None:
        self._today = today
        self.widget = DateField(today=today)

    def show(self, value: Any) -> None:
        self.widget.set_day(date.fromisoformat(value) if value else None)

    def value(self) -> Any:
        day = self.widget.day()
        return day.isoformat() if day else None

    def words(self) -> str:
        day = self.widget.day()
        return words.calendar_day(day, self._today()) if day else "没填"


class _Moment:
    def __init__(self, _field: Field, today: Callable[[], date], zone: tzinfo | None) -> None:
        self._today, self._zone = today, zone
        self.widget = MomentField(today=today)

    def show(self, value: Any) -> None:
        moment = datetime.fromisoformat(value).astimezone(self._zone) if value else None
        self.widget.set_moment(moment.replace(tzinfo=None) if moment else None)

    def value(self) -> Any:
        moment = self.widget.moment()
        return moment.replace(tzinfo=self._zone).isoformat(timespec="seconds") if moment else None

    def words(self) -> str:
        moment = self.widget.moment()
        return f"{words.calendar_day(moment.date(), self._today())} {moment:%H:%M}" if moment else "没填"


_Maker = Callable[[Field, Callable[[], date], tzinfo | None], Editor]
_EDITORS: dict[Kind, _Maker] = {
    "text": _Text,
    "long_text": _Text,
    "integer": _Number,
    "money": _Number,
    "flag": _Flag,
    "code": _Code,
    "day": _Day,
    "moment": _Moment,
}
