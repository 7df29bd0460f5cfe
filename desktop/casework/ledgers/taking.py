"""Taking a ledger that was read into the desk: every row that can be a dispute becomes one, once.

Saved in batches, each whole or not at all. A row is known again by its `origin_key`, whoever took it on
whatever desk, and by its matter code; so a run that was killed is simply run again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from desktop.casework.desk import Desk
from desktop.casework.disputes.draft import is_minor
from desktop.casework.ledgers.columns import LedgerColumns
from desktop.casework.ledgers.context import LedgerContext
from desktop.casework.ledgers.entry import Extra, LedgerRow, with_extras
from desktop.casework.ledgers.grid import Cancelled, Progress
from desktop.casework.ledgers.people import Wire
from desktop.casework.ledgers.reading import LedgerReading
from desktop.casework.ledgers.report import ImportReport
from desktop.casework.ledgers.rows import CODE_CHARS
from desktop.casework.ledgers.vocabulary import LedgerWords
from desktop.casework.portable.admission import Author, Proposal, reasons_against
from desktop.casework.portable.matter_codes import MatterCodes
from desktop.store import Edit
from sync.records import Record, Value, codes
from sync.records.dispute import DISPUTE
from sync.records.party import PARTY

SAVING = "存进本机"
"""The step in which rows are saved; it is counted in rows."""

BATCH = 200
"""Rows saved in one transaction."""

_CODE_SETS = (
    "ZZ_TYPE", "RMTJ_TYPE", "CASE_SOURCE", "CASE_STATUS", "END_REASON", "RESOLVE_WAY", "RESOLVE_LEVEL",
    "RISK", "DIFFICULTY", "PERFORMANCE", "AGREEMENT_FORM", "SATISFACTION", "SPECIAL_GROUP", "SEX", "ETHNIC",
)  # fmt: skip

_HELD_AS = {"60": "70", "80": "70", "21": "10"}
"""What a status told by a ledger is held as. What was settled long ago waits for no follow-up; archiving
needs a retention class, a refusal its reason and day, which no ledger holds: its own words stay as text."""
_LONGEST = 1 << 20


def ledger_context(
    desk: Desk,
    *,
    home: str = "",
    mappings: Mapping[str, Sequence[str | None]] | None = None,
    word_choices: Mapping[tuple[str, str], str] | None = None,
) -> LedgerContext:
    """What this desk knows that helps to read a ledger. home: where rows without a place belong."""
    places = [(str(place["id"]), str(place["name"])) for place in desk.store.records("place")]
    return LedgerContext(
        home=home or desk.place,
        divisions=places,
        tables={name: {c.code: c.name for c in codes.table(name).items.values()} for name in _CODE_SETS},
        columns=LedgerColumns.load(codes.folder()),
        words=LedgerWords.load(codes.folder()),
        today=desk.today,
        mappings=mappings or {},
        word_choices=word_choices or {},
    )


def take(
    desk: Desk,
    reading: LedgerReading,
    *,
    keep: bool = True,
    on_progress: Progress = lambda step, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> ImportReport:
    """Make disputes and parties of the rows; `keep` false only says what would come of it.

    After a cancel what was saved stays and the report says so. Raises what `Store.save` raises: the batch at
    hand is then not in, those before it are.
    """
    return _Taking(desk, reading, keep=keep).run(on_progress, cancelled)


@dataclass(slots=True)
class _Batch:
    rows: list[LedgerRow]
    edits: list[Edit]


class _Taking:
    """One run over one reading."""

    def __init__(self, desk: Desk, reading: LedgerReading, *, keep: bool) -> None:
        self._desk = desk
        self._reading = reading
        self._keep = keep
        self._report = ImportReport.of(reading)
        self._author = Author(desk.place, desk.account.roles)
        self._composer = _Composer(desk, reading.file)
        self._batch = _Batch([], [])
        self._taken: set[str] = set()

    def run(self, on_progress: Progress, cancelled: Cancelled) -> ImportReport:
        rows = list(_with_keys(list(self._reading.disputes())))
        for start in range(0, len(rows), BATCH):
            on_progress(SAVING, start, len(rows))
            if cancelled():
                self._reading.is_cancelled = True
                return self._report
            part = rows[start : start + BATCH]
            known = self._known(part)
            for row, key in part:
                self._take(row, key, known)
            self._save()
        on_progress(SAVING, len(rows), len(rows))
        return self._report

    def _take(self, row: LedgerRow, key: str, known: Set[Value]) -> None:
        if key in self._taken or key in known or _matter_code(row) in known:
            self._report.repeat(row)
            return
        edits = self._composer.edits(row, key)
        if reasons := list(self._reasons(edits)):
            self._report.refuse(row, "；".join(dict.fromkeys(reasons)))
        else:
            self._taken.add(key)
            self._batch.rows.append(row)
            self._batch.edits += edits

    def _known(self, rows: Sequence[tuple[LedgerRow, str]]) -> Set[Value]:
        """Which of these rows' keys and matter codes a dispute here already has."""
        marks: dict[str, list[Value]] = {
            "origin_key": [key for _, key in rows],
            "matter_code": [code for row, _ in rows if (code := _matter_code(row))],
        }
        records = self._desk.store.records
        return {found[name] for name, wanted in marks.items() for found in records("dispute", {name: wanted})}

    def _reasons(self, edits: Sequence[Edit]) -> Iterator[str]:
        dispute, *parties = edits
        found = reasons_against(Proposal(DISPUTE, dispute.record, None, dispute.set), self._author)
        yield from (reason for _, reason in found)
        for party in parties:
            found = reasons_against(Proposal(PARTY, party.record, None, party.set, dispute.set), self._author)
            yield from (f"{party.set.get('name', '')}：{reason}" for _, reason in found)

    def _save(self) -> None:
        if self._batch.edits and self._keep:
            self._desk.save(self._batch.edits)
        for row in self._batch.rows:
            self._report.imported(row)
        self._batch = _Batch([], [])


def _with_keys(rows: Sequence[LedgerRow]) -> Iterator[tuple[LedgerRow, str]]:
    """Each row with its `origin_key`; rows that look alike are told apart by order, if not by their code."""
    seen: Counter[str] = Counter()
    for row in rows:
        nth = seen[row.key]
        seen[row.key] += 0 if _matter_code(row) else 1
        yield row, row.key if nth == 0 else hashlib.sha256(f"{row.key}#{nth}".encode()).hexdigest()


def _matter_code(row: LedgerRow) -> str:
    """The row's own code, when it is long enough to be one matter's alone; else ""."""
    code = str(row.values.get("matter_code") or "")
    return code if len(code) >= CODE_CHARS else ""


class _Composer:
    """From a row to the edits that make its records."""

    def __init__(self, desk: Desk, file: str) -> None:
        self._desk = desk
        self._file = file[-200:]
        self._codes = MatterCodes(desk)
        self._names = _Names(desk)

    def edits(self, row: LedgerRow, key: str) -> list[Edit]:
        """The dispute first, then its parties."""
        dispute_id = self._desk.ids()
        edits = [Edit("dispute", dispute_id, self._dispute(row, key))]
        for seq, fields in enumerate(row.parties, 1):
            minor = is_minor(fields, self._desk.today)
            party: Record = {**_plain(fields), "dispute_id": dispute_id, "seq": seq, "is_minor": minor}
            edits.append(Edit("party", self._desk.ids(), party))
        return edits

    def _dispute(self, row: LedgerRow, key: str) -> Record:
        told = _plain(row.values)
        referred, used = self._names.referred(row)
        status = str(told.get("status") or "10")
        code = _matter_code(row)
        extras = [extra for extra in row.extras if extra.key not in used]
        if told.get("matter_code") and not code:
            extras.append(Extra("", "原编码", "matter_code", str(told["matter_code"])))
        if status in _HELD_AS and status != "60":
            extras.append(Extra("", "目前进展", "status", codes.table("CASE_STATUS").text(status)))
        summary, _ = with_extras(str(told.get("summary") or ""), extras, limit=_LONGEST)
        filled: Record = {
            **codes.other_types(str(told.get("zz_type"))),
            **told,
            **referred,
            "summary": summary,
            "status": _HELD_AS.get(status, status),
            "closed_session": False,
            "matter_code": code or self._codes.next(str(told["place_code"])),
            "origin_file": self._file,
            "origin_sheet": row.sheet[:100],
            "origin_row": row.number,
            "origin_key": key,
        }
        return {name: value for name, value in filled.items() if value is not None}


class _Names:
    """Who a row means by a name: an id only when exactly one person or body here is called so."""

    def __init__(self, desk: Desk) -> None:
        self._orgs = _by_name(desk.store.records("mediation_org"), "full_name")
        self._mediators = _by_name(desk.store.records("mediator"), "name")

    def referred(self, row: LedgerRow) -> tuple[Record, set[str]]:
        """The reference fields that are sure, and the keys of the columns they were read from."""
        org = self._orgs.get(row.names.get("org", ""))
        host = self._mediators.get(row.names.get("host_mediator", ""))
        found: Record = {"org_id": org, "host_mediator_id": host}
        return found, {key for key, id_ in (("org", org), ("host_mediator", host)) if id_}


def _by_name(records: Sequence[Record], field: str) -> dict[str, str]:
    counts = Counter(str(record.get(field)) for record in records)
    named = ((str(record.get(field)), str(record["id"])) for record in records)
    return {name: id_ for name, id_ in named if counts[name] == 1}


def _plain(values: Mapping[str, Wire]) -> Record:
    return {name: list(value) if isinstance(value, list) else value for name, value in values.items()}
