"""How each kind of column is read into a draft."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.casework.ledgers.amounts import parse_money_cents, parse_people, parse_yes_no
from desktop.casework.ledgers.context import Knowledge, Surroundings
from desktop.casework.ledgers.days import parse_day
from desktop.casework.ledgers.draft import Column, Draft
from desktop.casework.ledgers.grid import Cell, cell_text
from desktop.casework.ledgers.parsed import Parsed
from desktop.casework.ledgers.width import says_nothing, squeeze

_NUMBERED = re.compile(r"[\n;；]|(?:^|(?<=[。;；\s]))\d{1,2}[.、]")
_SAYS_NO = frozenset({"否", "无", "没有", "不涉及", "未涉及", "未回访", "未"})
_LONGEST_PLAIN_WORD = 8


class CellReader:
    """Reads the cells of one table into drafts, by the reader each column's field names."""

    def __init__(self, knowledge: Knowledge, around: Surroundings) -> None:
        self._words = knowledge.vocabulary
        self._party_reader = knowledge.party_reader
        self._around = around
        self._readers: dict[str, Callable[[Draft, Column, Cell], None]] = {
            "none": self._keep, "text": self._text, "title": self._text, "summary": self._summary,
            "day": self._day, "money": self._money, "people": self._people, "code": self._code,
            "codes": self._codes, "status": self._status, "satisfaction": self._satisfaction,
            "flag": self._flag, "list": self._list, "place": self._place, "parties": self._parties,
        }  # fmt: skip

    def read(self, draft: Draft, column: Column) -> None:
        """Read one cell; a formula error is noted and counts as blank."""
        cell = draft.column_cell(column)
        if cell is None:
            return
        if isinstance(cell, str) and cell.startswith("#") and cell.rstrip("!?").isupper():
            draft.note(column, f"这一格的公式出错了（{cell}），当作没填")
        elif column.field is None:
            draft.keep(column, cell_text(cell))
        elif column.field.reader in self._readers:
            self._readers[column.field.reader](draft, column, cell)

    @staticmethod
    def _keep(draft: Draft, column: Column, cell: Cell) -> None:
        if column.field and column.field.record == "keep" and not says_nothing(cell_text(cell)):
            draft.keep(column, cell_text(cell))

    @staticmethod
    def _text(draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        if says_nothing(text):
            return
        limit = column.field.limit if column.field and column.field.limit else 100
        if len(text) > limit:
            draft.note(column, f"有 {len(text)} 个字，最多 {limit} 个，多的附在经过后面")
            draft.keep(column, text)
            draft.put(column, text[: limit - 1] + "…")
        else:
            draft.take(column, Parsed(text), text)

    @staticmethod
    def _summary(draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        limit = column.field.limit if column.field else 0
        if len(text) > limit:
            draft.refuse(column, f"有 {len(text):,} 个字，最多 {limit:,} 个，删短一些")
        elif not says_nothing(text):
            draft.put(column, text)

    def _day(self, draft: Draft, column: Column, cell: Cell) -> None:
        day, reason = parse_day(cell, year=self._around.year)
        draft.take(column, Parsed(day.isoformat() if day else None, reason), cell_text(cell))

    @staticmethod
    def _money(draft: Draft, column: Column, cell: Cell) -> None:
        draft.take(column, Parsed(*parse_money_cents(cell, unit=column.unit)), cell_text(cell))
        if column.index in draft.inherited:
            draft.note(column, "这一格是几行合并的，每行都记了同一个金额，核对一下")

    @staticmethod
    def _people(draft: Draft, column: Column, cell: Cell) -> None:
        draft.take(column, Parsed(*parse_people(cell)), cell_text(cell))
        if column.index in draft.inherited:
            draft.note(column, "这一格是几行合并的，每行都记了同一个人数，核对一下")

    def _code(self, draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        if says_nothing(text) or column.field is None:
            return
        set_name = column.field.set_name
        code = self._words.code(set_name, text)
        if code is None:
            draft.row.unknown.append((set_name, text))
        if set_name == "ZZ_TYPE":
            self._type(draft, column, code, text)
        else:
            draft.take(column, Parsed(code, "" if code else f"“{text[:20]}”没认出是哪一种"), text)

    def _type(self, draft: Draft, column: Column, code: str | None, text: str) -> None:
        """The type is needed: a word nobody knows stops the row. A mediation category is kept as such."""
        if code is None:
            draft.refuse(column, f"类型“{text[:20]}”没认出来，改成纠纷类型表里的一种")
            return
        draft.put(column, code)
        category = self._words.by_name("RMTJ_TYPE", text)
        if category:
            draft.row.values["rmtj_type"] = category
        if len(text) > _LONGEST_PLAIN_WORD:
            draft.keep(column, text)

    def _codes(self, draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        if says_nothing(text) or squeeze(text) in _SAYS_NO or column.field is None:
            return
        found = self._words.codes(column.field.set_name, text)
        draft.take(column, Parsed(found or None, "" if found else f"“{text[:20]}”没认出是哪一种"), text)

    def _status(self, draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        if says_nothing(text) or column.field is None:
            return
        status = self._words.code("CASE_STATUS", text)
        if status is None:
            draft.row.unknown.append(("CASE_STATUS", text))
            draft.note(column, f"“{text[:20]}”没认出办到了哪一步")
        else:
            draft.statuses[column.field.key] = status
        if status is None or len(text) > _LONGEST_PLAIN_WORD:
            draft.keep(column, text)
        end = self._words.code("END_REASON", text)
        if end:
            draft.row.values.setdefault("end_reason", end)

    def _satisfaction(self, draft: Draft, column: Column, cell: Cell) -> None:
        """Only what the ledger says: 是 or 已回访 alone says nothing about satisfaction."""
        text = cell_text(cell)
        if says_nothing(text):
            return
        code = self._words.code("SATISFACTION", text)
        silent = parse_yes_no(text).value is not None or "回访" in text
        reason = "" if code or silent else f"“{text[:20]}”没认出满意不满意"
        draft.take(column, Parsed(code, reason), text)

    @staticmethod
    def _flag(draft: Draft, column: Column, cell: Cell) -> None:
        draft.take(column, Parsed(*parse_yes_no(cell)), cell_text(cell))

    @staticmethod
    def _list(draft: Draft, column: Column, cell: Cell) -> None:
        items = [part.strip(" ;；\n") for part in _NUMBERED.split(cell_text(cell))]
        found: list[str] = [item for item in items if item and not says_nothing(item)]
        if found:
            draft.put(column, found)

    @staticmethod
    def _place(draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        if says_nothing(text) or column.field is None:
            return
        if column.field.key == "place_text":
            draft.place_text = text
        else:
            draft.places.append((column, text))

    def _parties(self, draft: Draft, column: Column, cell: Cell) -> None:
        text = cell_text(cell)
        side = column.field.side if column.field else ""
        found = self._party_reader.read(text, side=side)
        draft.parties += found.parties
        draft.counted += found.count
        doubts = [*found.doubts, *(doubt for party in found.parties for doubt in party.doubts)]
        for doubt in doubts:
            draft.note(column, doubt)
        if doubts:
            draft.keep(column, text)
