"""两边改得不一样 (picture 06): the rows to decide, and deciding them. Both texts stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

from desktop.casework import values
from desktop.casework.desk import Desk
from desktop.casework.disputes import case as cases
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.change_log import history, moment_of
from desktop.casework.disputes.whole_groups import whole
from desktop.casework.errors import Lack, NotYet
from desktop.store import Changes, Clash, Edit
from desktop.store import Side as StoredSide
from sync.records import declared
from sync.records.field import Record
from sync.records.validate import value_complaints

Own: TypeAlias = tuple[Literal["own"], dict[str, Any]]
Choice: TypeAlias = Literal["theirs", "mine"] | Own
"""The agreed value, the one set aside, or one's own: a value for every field of the row, by name."""

Span: TypeAlias = tuple[int, int]
_GAP_LETTERS = 2
_SAYS = "："


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its values by field, in words line by line, what differs in each line, whose and when.

    where: 这台电脑, or where that person works.
    """

    values: Mapping[str, Any]
    lines: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...]
    who: str = ""
    where: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One decision: a field, or fields that belong together. key: what `settle` takes; no: journal number.

    subject: whose field, when it is not the dispute's own: 当事人 王有福. help: 一起定的两项 for a group.
    """

    key: str
    no: int
    fields: tuple[str, ...]
    label: str
    subject: str
    help: str
    base: Side
    theirs: Side
    mine: Side


@dataclass(frozen=True, slots=True)
class ClashPage:
    """All open rows of a dispute and its children, and the line about what merged by itself."""

    dispute_id: str
    title: str
    rows: tuple[ClashRow, ...]
    merged_sentence: str


def page(desk: Desk, dispute_id: str) -> ClashPage:
    """What is to be decided. Raises Gone."""
    case = cases.load(desk, dispute_id)
    found = [whole(desk, clash) for clash in undecided(desk, dispute_id)]
    rows = tuple(row for clash in found for row in _rows(desk, case, clash))
    return ClashPage(dispute_id, case.title, rows, _merged(desk, case, found))


def undecided(desk: Desk, dispute_id: str = "") -> list[Clash]:
    """Clashes of one dispute, or of all, that nobody here has decided yet."""
    return [clash for clash in desk.store.clashes(dispute_id) if clash.state == "open"]


def decisions(clash: Clash) -> list[tuple[str, ...]]:
    """The decisions a clash asks for: a field each, or the fields of a group that are decided as one."""
    kind = declared(clash.type)
    together = [tuple(n for n in kind.together_with(name) if n in clash.fields) for name in clash.fields]
    return list(dict.fromkeys(together))


def settle(desk: Desk, dispute_id: str, choices: Mapping[str, Choice]) -> Changes:
    """Decide rows by their keys; what is not chosen stays readable in the change log.

    Raises NotYet while only some rows of one set-aside change are decided, or an own value does not fit; Gone.
    """
    case = cases.load(desk, dispute_id)
    found = [whole(desk, clash) for clash in undecided(desk, dispute_id)]
    edits = [edit for clash in found if (edit := _decision(desk, case, clash, choices))]
    return desk.save(edits)


def spans(base: str, text: str) -> tuple[Span, ...]:
    """The parts of `text` that are not in `base`; parts a letter apart are one."""
    codes = SequenceMatcher(None, base, text, autojunk=False).get_opcodes()
    found = [(b1, b2) for tag, _, _, b1, b2 in codes if tag != "equal" and b2 > b1]
    joined: list[Span] = []
    for start, end in found:
        if joined and start - joined[-1][1] < _GAP_LETTERS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _rows(desk: Desk, case: Case, clash: Clash) -> Iterator[ClashRow]:
    kind = declared(clash.type)
    for fields in decisions(clash):
        base, label = _lines(desk, clash, fields, clash.base), values.label(clash.type, fields[0])
        yield ClashRow(
            key=f"{clash.no}:{fields[0]}",
            no=clash.no,
            fields=fields,
            label=label,
            subject="" if clash.type == "dispute" else _subject(case, clash, kind.label),
            help="、".join(values.label(clash.type, name) for name in fields[1:]) + "一起定" if len(fields) > 1 else "",
            base=Side({n: clash.base.get(n) for n in fields}, base, tuple(() for _ in base)),
            theirs=_side(desk, clash, fields, clash.agreed),
            mine=_side(desk, clash, fields, clash.aside),
        )


def _side(desk: Desk, clash: Clash, fields: tuple[str, ...], side: StoredSide) -> Side:
    base, lines = _lines(desk, clash, fields, clash.base), _lines(desk, clash, fields, side.values)
    return Side(
        values={name: side.values.get(name) for name in fields},
        lines=lines,
        spans=tuple(map(_differing, [_is_text(clash, name) for name in fields], base, lines)),
        who=desk.directory.account_name(side.by),
        where="这台电脑" if side.mine else desk.directory.account_post(side.by),
        at=moment_of(desk, side.at_ms) if side.at_ms else None,
    )


def _is_text(clash: Clash, name: str) -> bool:
    field = declared(clash.type).by_name.get(name)
    return field is not None and field.kind in ("text", "long_text")


def _differing(is_text: bool, old: str, new: str) -> tuple[Span, ...]:
    if old == new:
        return ()
    return spans(old, new) if is_text else ((len(new) - len(new.rpartition(_SAYS)[2]), len(new)),)


def _lines(desk: Desk, clash: Clash, fields: tuple[str, ...], record: Record) -> tuple[str, ...]:
    """The values in words; where several are decided as one, each with its label."""
    known = declared(clash.type).by_name
    said = [
        values.in_words(desk, known[name], record.get(name)) if name in known else str(record.get(name))
        for name in fields
    ]
    if len(fields) == 1:
        return tuple(said)
    return tuple(f"{values.label(clash.type, name)}{_SAYS}{value}" for name, value in zip(fields, said, strict=True))


def _subject(case: Case, clash: Clash, label: str) -> str:
    record = next((r for r in case.children.get(clash.type, ()) if r["id"] == clash.record), {})
    return f"{label} {record['name']}" if record.get("name") else label


def _decision(desk: Desk, case: Case, clash: Clash, choices: Mapping[str, Choice]) -> Edit | None:
    rows = list(_rows(desk, case, clash))
    open_rows = [row for row in rows if row.key not in choices]
    if len(open_rows) == len(rows):
        return None
    if open_rows:
        raise NotYet(tuple(Lack(row.key, row.label, f"“{row.label}”还没定") for row in open_rows))
    chosen: Record = {}
    for row in rows:
        chosen |= _chosen(clash, row, choices[row.key])
    return Edit(clash.type, clash.record, chosen, settles=(clash.no,))


def _chosen(clash: Clash, row: ClashRow, choice: Choice) -> Record:
    if choice == "theirs":
        return dict(row.theirs.values)
    if choice == "mine":
        return dict(row.mine.values)
    own = {name: choice[1].get(name) for name in row.fields}
    kind = declared(clash.type)
    wrong = [c for name, value in own.items() for c in value_complaints(kind, name, value) if c.level == "error"]
    if wrong:
        raise NotYet(tuple(Lack(row.key, row.label, complaint.message) for complaint in wrong))
    return own


def _merged(desk: Desk, case: Case, found: Sequence[Clash]) -> str:
    """另外 4 处两边改的不是同一项，已经合到一起: the other fields of the very changes that clashed."""
    if not found:
        return ""
    lines = history(desk, case)
    labels = [
        values.label(line.type, name)
        for clash in found
        for line in lines
        if line.record == clash.record and (line.no == clash.no or _wrote(line.by, line.at_ms, clash.agreed))
        for name in line.set
        if name not in clash.fields and name not in line.aside
    ]
    unique = list(dict.fromkeys(labels))
    return f"另外 {len(unique)} 处两边改的不是同一项，已经合到一起：{'、'.join(unique)}" if unique else ""


def _wrote(by: str, at_ms: int, side: StoredSide) -> bool:
    return by == side.by and at_ms == side.at_ms
