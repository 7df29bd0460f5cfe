"""Values that stay once they are written: a number that was drawn is printed, and is never another's."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.casework.errors import NotAllowed
from desktop.store import Edit, Store
from sync.records import RECORD_TYPES, Value

_STAYS = "{label}编了就不再改，纸上印的和这里要一样。什么也没有动。号有错，在卷宗情况说明里写一句。"


def check(store: Store, edits: Sequence[Edit]) -> None:
    """Raises NotAllowed when an edit would replace such a value; a decision may take the other side's."""
    for edit in edits:
        fields = [field for field in RECORD_TYPES[edit.type].fields if field.lasting and field.name in edit.set]
        before = (store.record(edit.type, edit.record) or {}) if fields else {}
        for field in fields:
            fits = {before.get(field.name), *(_sides(store, edit.record, field.name) if edit.settles else ())}
            if field.lasts(before.get(field.name)) and edit.set[field.name] not in fits:
                raise NotAllowed(_STAYS.format(label=field.label))


def _sides(store: Store, record: str, name: str) -> set[Value]:
    """Both sides of what is to be decided."""
    return {side.values.get(name) for clash in store.clashes(record) for side in (clash.agreed, clash.aside)}
