"""问的是谁: who answers in an inquiry, taken from a party or typed; what the form of 调查记录 asks about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.casework.disputes.room import RESPONDENT
from desktop.views.disputes.forms.binding import Binding, Setting, bind
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.kit import Card, Choice, Combo, LabelledField, line
from desktop.views.look import theme
from sync.records import codes
from sync.records.field import Field
from sync.records.session import SESSION

_PARTY = "respondent_party_id"
_LEAST = 70
"""The side of a narrow window is narrower than two fields would like to be."""


class RespondentCard(Card):
    """The card. `typed` after every letter; `party_asked` carries the id of a party to be taken over."""

    typed = Signal()
    party_asked = Signal(str)

    def __init__(self, setting: Setting, *, parent: QWidget | None = None) -> None:
        super().__init__("问的是谁", padding=(15, 12), parent=parent)
        self.fields = FieldSet(self)
        self._setting = setting
        self._party = ""
        self._choice = Combo(placeholder="从当事人里选，或往下写")
        self._choice.setMinimumWidth(theme.current().px(_LEAST))
        self._choice.setAccessibleName("从当事人里选")
        self._choice.chosen.connect(lambda party: self.party_asked.emit(str(party)))
        self._parties: Sequence[tuple[str, str]] = ()
        self.add(self._choice, self._field("respondent", "姓名", optional=False))
        self.add(self._field("respondent_phone", "电话"), self._field("respondent_sex", "性别"))
        self.add(line(self._field("respondent_ethnic", "民族"), self._field("respondent_age", "年龄"), gap=10))
        self.add(self._field("respondent_occupation", "职业或职务"), self._field("respondent_address", "单位或住址"))
        self.fields.typed.connect(lambda _key: self.typed.emit())
        self.fields.settled.connect(lambda _key: self.typed.emit())

    def fold_rows(self) -> list[QWidget]:
        """What a fold never cuts: each field; the card as a whole is higher than a low window."""
        return [field for field in self.findChildren(LabelledField) if not field.isHidden()]

    def offer_parties(self, parties: Sequence[tuple[str, str]]) -> None:
        """Whose details are known: choosing one takes them over."""
        if parties != self._parties:
            self._parties = parties
            self._choice.offer([Choice(key, name) for key, name in parties])
            self._choice.set_value(self._party or None)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what is known."""
        self._party = str(values.get(_PARTY) or "")
        self._choice.set_value(self._party or None)
        self.fields.fill({key: values.get(key) for key in self.fields.keys()})  # noqa: SIM118

    def values(self) -> dict[str, Any]:
        """What is filled, under the names of the record."""
        found = self.fields.values()
        return {**{key: found.get(key) for key in RESPONDENT if key != _PARTY},
                "respondent": str(found["respondent"] or ""), _PARTY: self._party or None}  # fmt: skip

    def _field(self, key: str, label: str, *, optional: bool = True) -> QWidget:
        field = SESSION.by_name[key]
        binding = _combo(field) if field.codes == "SEX" else bind(field, self._setting)
        frame = self.fields.add(key, label, binding, optional=optional)
        frame.field.setMinimumWidth(theme.current().px(_LEAST))
        return frame


def _combo(field: Field) -> Binding:
    """Four answers in a row are wider than the side of a narrow window."""
    combo = Combo([Choice(one.code, one.name) for one in codes.table(field.codes).items.values()])
    return Binding(
        combo, combo.value, lambda value: combo.set_value(str(value) if value else None),
        combo.chosen.connect, combo.chosen.connect,
    )  # fmt: skip
