"""What follows from what a line tells: the fields a person registering would not type either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes.draft import is_minor
from desktop.casework.portable.matter_codes import MatterCodes
from sync.records import Record, RecordType, codes

_AGE = frozenset({"birth_date", "age", "id_no", "id_type"})


class Derived:
    """Fills in automatic fields that a line leaves out; what it tells is never overruled."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._codes = MatterCodes(desk)

    def fields(
        self, kind: RecordType, before: Record | None, told: Mapping[str, Any], siblings: int
    ) -> Record:
        """The further fields to set. siblings: how many records of this type the parent already has."""
        found: Record = {}
        if before is None and kind.name == "dispute":
            found = self._registration(told)
        if before is None and "seq" in kind.by_name:
            found = {"seq": siblings + 1}
        zz_type = told.get("zz_type")
        if isinstance(zz_type, str) and zz_type != (before or {}).get("zz_type"):
            found |= codes.other_types(zz_type)
        if kind.name == "party" and _AGE & told.keys():
            found["is_minor"] = is_minor({**(before or {}), **told}, self._desk.today)
        return {name: value for name, value in found.items() if name not in told and value is not None}

    def _registration(self, told: Mapping[str, Any]) -> Record:
        found: Record = {"status": "10", "closed_session": False}
        if "matter_code" not in told:
            found["matter_code"] = self._codes.next(str(told.get("place_code") or self._desk.place))
        if told.get("origin_file"):
            return found
        me = self._desk.account.id
        return {**found, "found_by": me, "first_contact_id": me, "first_contact_at": self._desk.moment()}
