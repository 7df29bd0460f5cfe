"""Code tables: data in resources/codes, with validity, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: code, name, the days it is valid ("" = open), and what else the table says of it."""

    code: str
    name: str
    valid_from: str = ""
    valid_to: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def is_valid(self, day: str) -> bool:
        """Whether it may be chosen on that day ("YYYY-MM-DD")."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A set of codes under one name, in the order a person expects."""

    name: str
    label: str
    items: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.items

    def text(self, code: str) -> str:
        """The name of a code; an unknown code is shown as itself, never hidden."""
        return self.items[code].name if code in self.items else code


def folder() -> Path:
    """Where the code tables lie, beside the packages in a checkout and in a frozen desk."""
    return Path(__file__).resolve().parents[2] / "resources" / "codes"


@cache
def table(name: str) -> CodeTable:
    """The code table of that name, e.g. "ZZ_TYPE".

    Raises KeyError when there is no such table.
    """
    path = folder() / f"{name.lower()}.json"
    if not path.is_file():
        raise KeyError(name)
    raw = json.loads(path.read_text(encoding="utf-8"))
    items = {item["code"]: _code(item) for item in raw["items"]}
    return CodeTable(raw["set"], raw["label"], items)


def _code(item: dict[str, Any]) -> Code:
    known = {"code", "name", "valid_from", "valid_to"}
    more = {key: value for key, value in item.items() if key not in known}
    return Code(item["code"], item["name"], item.get("valid_from", ""), item.get("valid_to", ""), more)


def other_types(zz_type: str) -> dict[str, str | None]:
    """The mediation and monthly-report types that follow from one choice (domain.md §3.2)."""
    code = table("ZZ_TYPE").items.get(zz_type)
    if code is None:
        return {"rmtj_type": None, "month_row": None}
    return {"rmtj_type": code.more.get("rmtj"), "month_row": code.more.get("month_row")}
