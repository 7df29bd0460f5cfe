"""The small parts of an .xlsx: workbook, relations, styles, shared strings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.casework.ledgers.formats.number_formats import BUILT_IN_DATES, is_date_format
from desktop.casework.ledgers.grid import Budget

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Excel's own escapes for control characters (`_x000D_`), undone; carriage returns dropped."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by name without prefix (`r:id` is `id`)."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


@dataclass(slots=True)
class Relations:
    """Which part each relation id points to."""

    targets: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            relation = attributes.get("Id", "")
            self.targets[relation] = attributes.get("Target", "")
            self.kinds[attributes.get("Type", "").rpartition("/")[2]] = attributes.get("Target", "")

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass(slots=True)
class WorkbookPart:
    """Names of the sheets in order, their relation ids, whether hidden, and the date system."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    since_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            found = local_attributes(attributes)
            hidden = found.get("state", "visible") != "visible"
            self.sheets.append((unescape(found.get("name", "")), found.get("id", ""), hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass(slots=True)
class Styles:
    """Which cell styles show dates, by style number."""

    custom: dict[str, str] = field(default_factory=dict)
    dates: list[bool] = field(default_factory=list)
    inside: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.dates.append(self._is_date(attributes.get("numFmtId", "0")))

    def _is_date(self, number: str) -> bool:
        if number in self.custom:
            return is_date_format(self.custom[number])
        return number.isdecimal() and int(number) in BUILT_IN_DATES

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False

    def text(self, text: str) -> None:
        pass


@dataclass(slots=True)
class SharedStrings:
    """The table of texts cells point to; phonetic hints are left out."""

    budget: Budget
    items: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    in_text: bool = False
    in_hint: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces.clear()
        elif name == "rPh":
            self.in_hint = True
        elif name == "t":
            self.in_text = not self.in_hint

    def end(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.in_hint = False
        elif name == "si":
            text = unescape("".join(self.pieces))
            self.budget.spend_text(text)
            self.budget.spend_cells(1)
            self.items.append(text)

    def text(self, text: str) -> None:
        if self.in_text:
            self.pieces.append(text)
