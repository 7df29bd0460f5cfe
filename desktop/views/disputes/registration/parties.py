"""Part two of the registration: who the sides are. Two rows stand there; more people, and more of each, on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.casework.disputes import draft as drafts
from desktop.views.disputes.forms.binding import Binding, Setting, bind, tick
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.wraprow import WrapRow
from desktop.views.kit import Button, Choice, Combo, Paragraph, ShapeMark, column, line
from desktop.views.look.shapes import Shape
from sync.records.field import Value
from sync.records.party import PARTY

_FIRST = (("name", 170, False), ("phone", 182, False), ("address", 220, True))
_MORE = (
    ("kind", 240, False), ("sex", 130, False), ("age", 96, False), ("id_type", 170, True), ("id_no", 200, True),
    ("credit_code", 200, True), ("legal_rep", 130, True), ("agent_name", 130, True), ("occupation", 130, True),
    ("is_representative", 130, False), ("represents", 130, False),
)  # fmt: skip
_DOUBT = Shape("filled triangle with !", "amberMark")
_GUARDIAN, _AGES = "guardian_party_id", frozenset({"age", "id_no", "id_type"})
_SIDES = [Choice("甲", "甲方"), Choice("乙", "乙方"), Choice("第三人", "第三人")]
_NEEDED = frozenset({"side", "name", "kind"})
_PLACEHOLDERS = {"address": "可只写到村组"}


class PartyRow(QWidget):
    """One party: name, phone, address; the rest comes out with 再填. Rows beyond the first two can be taken away.

    A child is asked for its guardian: one of the other rows, by its number (`offer_guardians`).
    """

    removed = Signal(object)
    grown = Signal()

    def __init__(self, fields: FieldSet, setting: Setting, index: int, side: str) -> None:
        super().__init__()
        self.index, self._side = index, side
        self._fields, self._setting = fields, setting
        self._more: WrapRow | None = None
        self._guardian = Combo([], placeholder="这件里的哪一个大人")
        self._guarded: QWidget | None = None
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
        fields.typed.connect(self._follow)

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
        guardian = own.pop(_GUARDIAN, None)
        return {
            "side": self._side,
            "kind": "自然人",
            **{name: value for name, value in own.items() if value is not None},
            **({"guardian": guardian} if guardian and is_minor(own, self._setting) else {}),
        }

    def offer_guardians(self, choices: list[Choice]) -> None:
        """Who may be the guardian; who was chosen stays."""
        chosen = self._guardian.value()
        self._guardian.offer(choices)
        self._guardian.set_value(chosen if chosen in {choice.value for choice in choices} else None)

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
        self._show_guardian()

    def choose_guardian(self, row: str) -> None:
        """Show who the guardian is: the number of a row."""
        self._guardian.set_value(row or None)

    def _follow(self, key: str) -> None:
        if key in {f"parties.{self.index}.{name}" for name in _AGES}:
            self._show_guardian()

    def _show_guardian(self) -> None:
        """The guardian is asked for as soon as the row is a child's, and no longer when it is not."""
        is_child = is_minor(self.values(), self._setting)
        if is_child and self._guarded is None:
            self._guarded = WrapRow([(self._guardian_frame(), 260, False)])
            self._layout.insertWidget(self._layout.count() - 1, self._guarded)
            self.grown.emit()
        if self._guarded:
            self._guarded.setVisible(is_child)

    def _guardian_frame(self) -> QWidget:
        combo = self._guardian

        def read() -> Value:
            return combo.value()

        def write(value: Value) -> None:
            combo.set_value(str(value) if value else None)

        binding = Binding(combo, read, write, combo.chosen.connect, combo.chosen.connect)
        key = f"parties.{self.index}.{_GUARDIAN}"
        return self._fields.add(key, PARTY.by_name[_GUARDIAN].label, binding, optional=True)

    def _row(self, names: tuple[tuple[str, int, bool], ...]) -> WrapRow:
        return WrapRow([(self._frame(name), width, grows) for name, width, grows in names])

    def _frame(self, name: str) -> QWidget:
        field = PARTY.by_name[name]
        if field.kind == "flag":
            return self._fields.add_bare(f"parties.{self.index}.{name}", tick(field.label))
        label = f"{self._side}方{field.label}" if name == "name" and self._side else field.label
        binding: Binding = bind(field, self._setting, placeholder=_PLACEHOLDERS.get(name, ""))
        key = f"parties.{self.index}.{name}"
        return self._fields.add(key, label, binding, optional=name not in _NEEDED)


def is_minor(party: Mapping[str, Any], setting: Setting) -> bool:
    """Whether a row is a child's, by age or ID number."""
    return drafts.is_minor(party, setting.desk.today)


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
        self._crowd = QWidget()
        self._layout.addWidget(self._crowd)
        self._said: list[str] = []
        fields.typed.connect(lambda key: self._offer() if key.startswith("parties.") else None)

    def say(self, doubts: list[str]) -> None:
        """Say under all rows what to look at (representatives of a crowd)."""
        if doubts == self._said:
            return
        self._said = doubts
        self._crowd.hide()
        self._crowd.deleteLater()
        lines = [line(ShapeMark(_DOUBT, size=15), Paragraph(said, "small", tone="amber")) for said in doubts]
        self._crowd = column(*lines, gap=4)
        self._layout.addWidget(self._crowd)
        self._crowd.setVisible(bool(doubts))

    def values(self) -> list[dict[str, Any]]:
        """All parties, in the order of their rows; their numbers are those of the keys, and of who guards whom."""
        rows = {row.index: row.values() for row in self._rows}
        for guardian in {row["guardian"] for row in rows.values() if row.get("guardian")}:
            if int(guardian) in rows:
                rows[int(guardian)]["row"] = guardian
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
        self._offer()
        numbers = {party.get("row"): str(index) for index, party in enumerate(parties) if party.get("row")}
        for row in self._rows:
            row.choose_guardian(numbers.get(parties[row.index].get("guardian"), ""))

    def _offer(self) -> None:
        """The grown-ups among the rows may be guardians of the others."""
        told = {row.index: row.values() for row in self._rows}
        grown = [(index, own) for index, own in told.items() if own.get("name") and not is_minor(own, self._setting)]
        for row in self._rows:
            row.offer_guardians([Choice(str(i), str(own["name"])) for i, own in grown if i != row.index])
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
        self._layout.insertWidget(self._layout.count() - 2, row)
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
