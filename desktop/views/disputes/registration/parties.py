"""Part two of the registration: who the sides are. Two rows stand there; more people, and more of each, on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.disputes.forms.binding import Binding, Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Button, Choice, line
from sync.records.party import PARTY

_FIRST = (("name", 170, False), ("phone", 182, False), ("address", 220, True))
_MORE = (
    ("kind", 240, False), ("sex", 130, False), ("age", 96, False), ("id_type", 170, True), ("id_no", 200, True),
    ("credit_code", 200, True), ("legal_rep", 130, True), ("agent_name", 130, True), ("occupation", 130, True),
)  # fmt: skip
_SIDES = [Choice("甲", "甲方"), Choice("乙", "乙方"), Choice("第三人", "第三人")]
_NEEDED = frozenset({"side", "name", "kind"})
_PLACEHOLDERS = {"address": "可只写到村组"}


class PartyRow(QWidget):
    """One party: name, phone, address; the rest comes out with 再填. Rows beyond the first two can be taken away."""

    removed = Signal(object)
    grown = Signal()

    def __init__(self, fields: FieldSet, setting: Setting, index: int, side: str) -> None:
        super().__init__()
        self.index, self._side = index, side
        self._fields, self._setting = fields, setting
        self._more: WrapRow | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        names = _FIRST if side else (("side", 200, False), *_FIRST)
        self._layout.addWidget(self._row(names))
        self._more_button = Button("再填性别、证件、代理人，或是个单位", "link", size="row")
        self._more_button.clicked.connect(self.show_more)
        remove = Button("不要这个人", "text", size="row")
        remove.clicked.connect(lambda: self.removed.emit(self))
        self._layout.addWidget(line(self._more_button, remove, None))
        remove.setVisible(not side)

    def show_more(self) -> None:
        """Show everything that can be said of a party."""
        if self._more is None:
            self._more = self._row(_MORE)
            self._layout.insertWidget(1, self._more)
            self.grown.emit()
        self._more_button.hide()

    def values(self) -> dict[str, Any]:
        """What is filled, with the side."""
        prefix = f"parties.{self.index}."
        own = {
            key.removeprefix(prefix): value
            for key, value in self._fields.values().items()
            if key.startswith(prefix)
        }
        return {
            "side": self._side,
            "kind": "自然人",
            **{name: value for name, value in own.items() if value is not None},
        }

    def fill(self, party: Mapping[str, Any]) -> None:
        """Show a party; what is known beyond the first line is shown too."""
        if any(party.get(name) not in (None, "") for name, _, _ in _MORE if name != "kind") or party.get(
            "kind"
        ) in (
            "法人",
            "其他组织",
        ):
            self.show_more()
        self._fields.fill({f"parties.{self.index}.{name}": value for name, value in party.items()})

    def _row(self, names: tuple[tuple[str, int, bool], ...]) -> WrapRow:
        return WrapRow([(self._frame(name), width, grows) for name, width, grows in names])

    def _frame(self, name: str) -> QWidget:
        field = PARTY.by_name[name]
        label = f"{self._side}方{field.label}" if name == "name" and self._side else field.label
        binding: Binding = bind(field, self._setting, placeholder=_PLACEHOLDERS.get(name, ""))
        key = f"parties.{self.index}.{name}"
        return self._fields.add(key, label, binding, optional=name not in _NEEDED)


class Parties(QWidget):
    """The rows of all parties. `changed` when a row comes or goes."""

    changed = Signal()

    def __init__(self, fields: FieldSet, setting: Setting, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields, self._setting = fields, setting
        setting.choices["side"] = _SIDES
        self._rows: list[PartyRow] = []
        self._next = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        add = Button("再加一个人", "link", size="row", icon="person_add")
        add.clicked.connect(self._add_person)
        self._layout.addWidget(line(add, None))

    def values(self) -> list[dict[str, Any]]:
        """All parties, in the order of their rows; their numbers are those of the keys."""
        rows = {row.index: row.values() for row in self._rows}
        return [rows.get(index, {}) for index in range(self._next)]

    def fill(self, parties: list[dict[str, Any]]) -> None:
        """Show the parties of a draft."""
        for row in list(self._rows):
            self._take_away(row)
        self._next = 0
        for index, party in enumerate(parties):
            if index < 2 or party:
                side = str(party.get("side") or "") if index < 2 else ""
                self._add(index, side).fill(party)

    def _add_person(self) -> None:
        row = self._add(self._next, "")
        self._fields.jump(f"parties.{row.index}.side")
        self.changed.emit()

    def _add(self, index: int, side: str) -> PartyRow:
        row = PartyRow(self._fields, self._setting, index, side)
        row.removed.connect(self._remove)
        row.grown.connect(self.changed)
        self._rows.append(row)
        self._next = max(self._next, index + 1)
        self._layout.insertWidget(self._layout.count() - 1, row)
        row.show()
        return row

    def _remove(self, row: PartyRow) -> None:
        self._take_away(row)
        self.changed.emit()

    def _take_away(self, row: PartyRow) -> None:
        self._rows.remove(row)
        self._fields.drop(f"parties.{row.index}.")
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
