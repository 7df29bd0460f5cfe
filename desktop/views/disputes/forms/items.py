"""A list of entries inside a record (what must be performed, who signed): rows of fields, added and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.disputes.forms.capitals import say_capitals
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Button, LabelledField, Rule, line
from sync.records.field import Field, Value
from sync.records.validate import is_empty

_LEAST = {"money": 250, "day": 176}
MakeBinding = Callable[[Field], Any]
_WIDE = {"what": 300, "who": 150, "to_whom": 150, "party_id": 150, "manner": 180, "place": 180}
_SELDOM = frozenset({"done_date", "proof_id", "place"})


class ItemsEditor(QWidget):
    """The entries of an `items` field. `changed` after every letter; `grown` when an entry came or went."""

    changed = Signal()
    grown = Signal()

    def __init__(
        self, field: Field, make: MakeBinding, new_id: Callable[[], str], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field, self._make, self._new_id = field, make, new_id
        self._entries: list[_Entry] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        add = Button("加一条", "link", size="row", icon="add")
        add.clicked.connect(self._add_empty)
        self._column.addWidget(line(add, None))
        self.setFocusProxy(add)

    def values(self) -> list[dict[str, Value]]:
        """The entries in which anything was filled, each with its own id."""
        return [found for entry in self._entries if (found := entry.values())]

    def fill(self, values: list[dict[str, Value]]) -> None:
        """Show entries."""
        for entry in list(self._entries):
            self._take_away(entry)
        for value in values:
            self._add(value)

    def extend(self, values: Sequence[Mapping[str, Value]]) -> None:
        """Add entries below those that stand there."""
        for value in values:
            self._add(value)
        self.grown.emit()
        self.changed.emit()

    def _add_empty(self) -> None:
        entry = self._add({"id": self._new_id()})
        entry.start()
        self.grown.emit()

    def _add(self, value: Mapping[str, Value]) -> _Entry:
        parts = [part for part in self._field.parts if part.name not in _SELDOM]
        entry = _Entry(
            str(value.get("id") or self._new_id()), parts, self._make, has_rule=bool(self._entries)
        )
        entry.fill(value)
        entry.changed.connect(self.changed)
        entry.removed.connect(lambda: self._remove(entry))
        self._entries.append(entry)
        self._column.insertWidget(self._column.count() - 1, entry)
        entry.show()
        return entry

    def _remove(self, entry: _Entry) -> None:
        self._take_away(entry)
        self.grown.emit()
        self.changed.emit()

    def _take_away(self, entry: _Entry) -> None:
        self._entries.remove(entry)
        self._column.removeWidget(entry)
        entry.hide()
        entry.deleteLater()


class _Entry(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, entry_id: str, parts: list[Field], make: MakeBinding, *, has_rule: bool) -> None:
        super().__init__()
        self._id = entry_id
        self._rest: dict[str, Value] = {}
        self._follows: list[Callable[[], None]] = []
        self._bindings = {part.name: make(part) for part in parts}
        frames = []
        for part in parts:
            binding = self._bindings[part.name]
            binding.typed(lambda *_: self.changed.emit())
            binding.settled(lambda *_: self.changed.emit())
            frame = LabelledField(part.label, binding.widget, optional=part.is_optional)
            if part.kind == "money":
                self._follows.append(say_capitals(frame, binding))
            least = _LEAST.get(part.kind, _WIDE.get(part.name, 150))
            frames.append((frame, least, part.name in _WIDE))
        remove = Button("不要这条", "text", size="row")
        remove.clicked.connect(self.removed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if has_rule:
            layout.addWidget(Rule())
        layout.addWidget(WrapRow(frames))
        layout.addWidget(line(None, remove))

    def values(self) -> dict[str, Value]:
        """What is filled; nothing when nothing is."""
        own = {name: binding.read() for name, binding in self._bindings.items()}
        filled = {name: value for name, value in {**self._rest, **own}.items() if not is_empty(value)}
        return {"id": self._id, **filled} if filled else {}

    def fill(self, value: Mapping[str, Value]) -> None:
        """Show an entry; parts that are not shown are kept."""
        self._rest = {name: v for name, v in value.items() if name not in self._bindings and name != "id"}
        for name, binding in self._bindings.items():
            binding.write(value.get(name))
        for follow in self._follows:
            follow()

    def start(self) -> None:
        """Give the keyboard to the first field."""
        next(iter(self._bindings.values())).widget.setFocus()
