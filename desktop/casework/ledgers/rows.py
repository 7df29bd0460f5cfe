"""From the rows of a table to disputes: each row read by its columns, then settled as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.casework.ledgers.cells import CellReader
from desktop.casework.ledgers.columns import ColumnMapping, heading_unit
from desktop.casework.ledgers.context import Knowledge, Surroundings
from desktop.casework.ledgers.draft import Column, Draft
from desktop.casework.ledgers.entry import LedgerRow
from desktop.casework.ledgers.grid import cell_text
from desktop.casework.ledgers.party_columns import PARTY_PARTS, read_party_part
from desktop.casework.ledgers.tables import RowKind, Table, TableRow
from desktop.casework.ledgers.width import squeeze

_ANCHORS = ("found_date", "title", "summary", "zz_type", "accept_date")
_NOT_CONTENT = frozenset({"seq", "import_reason", "import_origin"})
_SMALL_PLACE = re.compile(r"第?[一二三四五六七八九十\d]+(社|组|队|网格|号|户|单元|楼).*")
_OTHER_DAYS = ("accept_date", "happen_date")
_SETTLED = frozenset({"60", "70", "80"})
_FINAL = frozenset({"71", "21"})
_TITLE_LIMIT, _PLACE_LIMIT = 100, 100
CODE_CHARS = 12
"""A shorter "案件编码" is a number of that book alone, used again next month; it does not tell matters apart."""


class RowReader:
    """Interprets the data rows of one table."""

    def __init__(self, table: Table, mapping: ColumnMapping, *, knowledge: Knowledge, around: Surroundings) -> None:
        self._table = table
        self._knowledge = knowledge
        self._around = around
        self._cells = CellReader(knowledge, around)
        self._columns = _columns(mapping, knowledge)
        self._by_key = {column.field.key: column for column in self._columns if column.field}
        self._plan = sorted(self._columns, key=_after_names)
        self._shape = mapping.shape
        self._content = [
            column.index for column in self._columns if not (column.field and column.field.key in _NOT_CONTENT)
        ]
        self._anchors = [self._by_key[key].index for key in _ANCHORS if key in self._by_key]

    def read(self) -> Iterator[LedgerRow]:
        """Every row of the table, in order; a row that continues the one above is merged into it."""
        main: Draft | None = None
        waiting: list[LedgerRow] = []
        for row in self._table.rows:
            if row.kind is not RowKind.DATA:
                waiting.append(LedgerRow(self._table.sheet, row.number, row.kind, row.cells))
            elif main is not None and self._continues(row):
                waiting.append(self._join(main, row))
            else:
                yield from self._finish(main, waiting)
                main = self._draft(row)
                waiting = [main.row]
        yield from self._finish(main, waiting)

    def _finish(self, main: Draft | None, waiting: list[LedgerRow]) -> list[LedgerRow]:
        if main is not None:
            self._settle(main)
        return waiting

    def _draft(self, row: TableRow) -> Draft:
        draft = Draft(LedgerRow(self._table.sheet, row.number, RowKind.DATA, row.cells), row.inherited)
        for column in self._plan:
            self._take(draft, column)
        return draft

    def _take(self, draft: Draft, column: Column) -> None:
        if column.field and column.field.field in PARTY_PARTS and column.field.record == "party":
            read_party_part(draft, column, self._knowledge.vocabulary)
        else:
            self._cells.read(draft, column)

    def _continues(self, row: TableRow) -> bool:
        """Whether a row is a further line of the dispute above: its number and all its main facts are
        merged with the row above, or blank."""
        seq = self._by_key.get("seq")
        own = [index for index in self._anchors if row.cells[index] is not None and index not in row.inherited]
        merged = [index for index in self._anchors if index in row.inherited]
        return not own and (seq.index in row.inherited if seq else len(merged) > 1)

    def _join(self, main: Draft, row: TableRow) -> LedgerRow:
        """Take the parties and other own cells of a continuing row into its dispute."""
        part = Draft(replace(main.row, number=row.number, cells=row.cells), frozenset(), places=[])
        part.row.kind = RowKind.PART
        for column in self._plan:
            if row.cells[column.index : column.index + 1] == [None] or column.index in row.inherited:
                continue
            if column.field and column.field.record == "party":
                self._take(part, column)
            else:
                main.keep(column, cell_text(row.cells[column.index]))
        main.parties += part.parties
        main.counted += part.counted
        main.row.parts.append(row.number)
        return LedgerRow(self._table.sheet, row.number, RowKind.PART, row.cells)

    def _settle(self, draft: Draft) -> None:
        self._settle_place(draft)
        self._settle_title(draft)
        self._settle_type(draft)
        self._settle_days(draft)
        self._settle_people(draft)
        self._settle_status(draft)
        draft.row.parties = [party.fields for party in draft.parties]
        draft.row.key = _key(draft.row)
        draft.row.digest = self._digest(draft.row)

    def _settle_place(self, draft: Draft) -> None:
        text = "/".join(text for _, text in draft.places)
        found = self._knowledge.gazetteer.find(text or draft.place_text)
        rest = found.rest if text else ""
        if draft.places and not found.code and (found.reason or not _SMALL_PLACE.fullmatch(found.rest)):
            reason = found.reason or f"“{text[:20]}”没认出是哪个村"
            draft.note(draft.places[0][0], f"{reason}，先记在本单位")
            rest = text
        draft.row.values["place_code"] = found.code or self._around.place_code
        place = " ".join(filter(None, (rest, draft.place_text)))
        if place:
            draft.row.values["place_text"] = place[:_PLACE_LIMIT]

    def _settle_title(self, draft: Draft) -> None:
        values = draft.row.values
        title, summary = str(values.get("title", "")), str(values.get("summary", ""))
        if not draft.parties and title:
            self._name_parties(draft, title)
        names = [str(party.fields["name"]) for party in draft.parties]
        if not (title or summary or names):
            draft.refuse(None, "没有名称、当事人，也没有经过，不知道是哪件事")
            return
        made = f"{'与'.join(names) if len(names) == 2 else '、'.join(names)}纠纷" if names else summary[:30]
        values["title"] = (title or made)[:_TITLE_LIMIT]
        values.setdefault("summary", title or made)

    def _name_parties(self, draft: Draft, title: str) -> None:
        found = self._knowledge.party_reader.read_title(title)
        draft.parties, draft.counted = found.parties, max(draft.counted, found.count)
        column = self._by_key["title"]
        if found.parties and "当事人" not in column.heading:
            draft.note(column, "当事人是从名称里看出来的，核对一下")

    def _settle_type(self, draft: Draft) -> None:
        if "zz_type" in draft.row.values or any(set_name == "ZZ_TYPE" for set_name, _ in draft.row.unknown):
            return
        column = self._by_key.get("zz_type")
        code = self._knowledge.vocabulary.code("ZZ_TYPE", str(draft.row.values.get("title", "")))
        if code is None:
            draft.refuse(column, "没写纠纷类型，从名称里也看不出来")
        else:
            draft.row.values["zz_type"] = code
            name = self._knowledge.vocabulary.name("ZZ_TYPE", code)
            draft.note(column, f"没写类型，从名称看是“{name}”，核对一下")

    def _settle_days(self, draft: Draft) -> None:
        values, today = draft.row.values, self._knowledge.context.today.isoformat()
        column = self._by_key.get("found_date")
        if "found_date" not in values:
            session = draft.row.beside.get("session", {}).get("start_at")
            other = next((values[key] for key in _OTHER_DAYS if key in values), session)
            if other is None:
                draft.refuse(column or self._by_key.get("accept_date"), "没有日期，或日期没认出来")
                return
            values["found_date"] = other
            if column:
                draft.note(column, f"没有登记日期，用了{date.fromisoformat(str(other)):%Y-%m-%d}这个日期")
        found = str(values["found_date"])
        if found > today:
            draft.note(column, f"日期 {found} 在今天以后，核对一下")
        if str(values.get("end_date", found)) < found:
            draft.note(self._by_key.get("end_date"), f"化解日期 {values['end_date']} 早于登记日期 {found}，核对一下")

    def _settle_people(self, draft: Draft) -> None:
        if "people_count" in draft.row.values:
            return
        column = self._by_key.get("people_count")
        count = max(draft.counted, len(draft.parties))
        if count:
            draft.row.values["people_count"] = count
            draft.note(column, f"没写涉及人数，按写到的当事人算 {count} 人")
        else:
            draft.refuse(column, "没写涉及人数，也看不出当事人有几个")

    @staticmethod
    def _settle_status(draft: Draft) -> None:
        """The status the ledger tells; an ending it spells out is kept, none is invented."""
        told = [draft.statuses[key] for key in ("status", "result") if key in draft.statuses]
        values = draft.row.values
        if not told:
            values.pop("end_reason", None)
            return
        status = next((code for code in told if code in _FINAL), told[0])
        values["status"] = status
        agreement = draft.row.beside.get("agreement", {})
        form, performance = agreement.get("form"), agreement.get("performance")
        if status in _SETTLED and form and performance == "已履行":
            values.setdefault("end_reason", "11" if form == "书面" else "12")

    def _digest(self, row: LedgerRow) -> str:
        """The same only for rows of one shape whose every cell reads the same."""
        texts = [cell_text(row.cells[index]) for index in self._content if index < len(row.cells)]
        return _hash(self._shape, *("".join(text.split()) for text in texts))


def _columns(mapping: ColumnMapping, knowledge: Knowledge) -> list[Column]:
    fields = knowledge.context.columns.fields
    return [
        Column(index, heading, fields.get(key) if key else None, heading_unit(heading))
        for index, (heading, key) in enumerate(zip(mapping.headings, mapping.keys, strict=True))
    ]


def _after_names(column: Column) -> bool:
    """Names are read first, so that phones find their owners."""
    return not (column.field and column.field.reader == "parties")


def _key(row: LedgerRow) -> str:
    """The same for the same dispute in any file: its own code, or day, place, people and story."""
    values = row.values
    if len(str(values.get("matter_code", ""))) >= CODE_CHARS:
        return _hash("code", str(values["matter_code"]))
    names = sorted(str(party["name"]) for party in row.parties) or [squeeze(str(values.get("title", "")))]
    story = squeeze(str(values.get("summary", "")))
    return _hash(str(values.get("found_date")), str(values["place_code"]), *names, story)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
