"""import: a ledger (.xlsx, .xls, .csv) or records as JSON Lines, with a report of every row or line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.ledgers import LedgerContext, preview, read
from desktop.casework.ledgers.report import LABELS, Outcome, save_refused_rows
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.casework.portable.importing import import_lines
from desktop.casework.portable.report import ImportReport
from desktop.commands.call import DONE, TROUBLE, Call
from desktop.commands.lookup import find_place
from desktop.commands.opening import opened, require_roles
from desktop.commands.stopping import stoppable
from desktop.commands.trouble import Misused, Refused
from desktop.papers.outfile import replacing

LINES = frozenset({".jsonl", ".ndjson", ".json"})


def bring_in(call: Call) -> int:
    """Take a file; done when nothing in it was refused."""
    file: Path = call.arguments.file
    with opened(call) as desk, stoppable() as stopped:
        require_roles(desk)
        return (_lines if file.suffix.lower() in LINES else _ledger)(call, desk, stopped)


def _lines(call: Call, desk: Desk, stopped: Callable[[], bool]) -> int:
    if call.arguments.refused_rows or call.arguments.mapping or call.arguments.place:
        raise Misused("--refused-rows、--mapping、--place 只对表格有用，JSON Lines 不用写。")
    show = _Progress(call)
    report = import_lines(
        desk,
        call.arguments.file,
        keep=not call.arguments.dry_run,
        on_progress=lambda done, total: show("认行", done, total),
        cancelled=stopped,
    )
    _write_report(call, report.plain(), _line_words(report))
    return TROUBLE if report.refused or report.cancelled else DONE


def _ledger(call: Call, desk: Desk, stopped: Callable[[], bool]) -> int:
    arguments, file, show = call.arguments, call.arguments.file, _Progress(call)
    home = find_place(desk, arguments.place) if arguments.place else ""
    context = ledger_context(desk, home=home)
    if arguments.mapping:
        context = ledger_context(desk, home=home, mappings=_mappings(file, context, arguments.mapping))
    reading = read(file, context, on_progress=show, cancelled=stopped)
    report = take(desk, reading, keep=not arguments.dry_run, on_progress=show, cancelled=stopped)
    if arguments.refused_rows:
        with replacing(arguments.refused_rows) as draft:
            save_refused_rows(report, draft)
    counts = report.counts()
    words = "，".join(f"{LABELS[outcome]} {counts[outcome]} 行" for outcome in Outcome if counts[outcome])
    _write_report(call, {**report.to_json(), "tried": arguments.dry_run}, f"{words}。")
    return TROUBLE if counts[Outcome.REFUSED] or reading.is_cancelled else DONE


def _mappings(file: Path, context: LedgerContext, chosen: Path) -> Mapping[str, Sequence[str | None]]:
    """The columns a person chose (heading -> key or null), laid over the guess for each table of the file."""
    choices = _choices(chosen)
    known = {key for key, _ in context.columns.choices()}
    if wrong := [key for key in choices.values() if key is not None and key not in known]:
        raise Misused(f"{chosen.name}：没有“{wrong[0]}”这种列。可以写：{'、'.join(sorted(known))}。")
    found: dict[str, Sequence[str | None]] = {}
    used: set[str] = set()
    for table in preview(file, context, first_rows=1).tables:
        mapping = table.mapping
        for heading, key in choices.items():
            if heading in mapping.headings:
                used.add(heading)
                mapping = mapping.with_choice(mapping.headings.index(heading), key)
        found[mapping.shape] = mapping.keys
    if unused := [heading for heading in choices if heading not in used]:
        raise Misused(f"{chosen.name}：表里没有“{unused[0]}”这一列。看看表头是不是一字不差。")
    return found


def _choices(file: Path) -> dict[str, str | None]:
    try:
        choices = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise Refused(f"“{file.name}”读不了，什么也没有导入。它应该是 UTF-8 的 JSON。") from problem
    if not isinstance(choices, dict) or not all(key is None or isinstance(key, str) for key in choices.values()):
        raise Misused(f"“{file.name}”应该是 {{\"表头\": \"列名\"}} 这样的 JSON。")
    return choices


def _line_words(report: ImportReport) -> str:
    return (
        f"{report.lines} 行：新增 {report.created}，改动 {report.changed}，一样 {report.same}，"
        f"空行 {report.blank}，没导入 {report.refused}。"
    )


def _write_report(call: Call, plain: Mapping[str, Any], words: str) -> None:
    """The report as JSON to a file, with a sentence on the screen; without a file the screen gets the JSON."""
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    if call.arguments.report is None:
        call.say(text)
        return
    try:
        call.arguments.report.write_text(text + "\n", encoding="utf-8")
    except OSError as problem:
        raise Refused(f"{words}报告没存成：{problem.strerror}。换个地方再存一次。") from problem
    call.say(words)


class _Progress:
    """A line on stderr at each tenth, where a person watches."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._shown = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        tenth = done * 10 // total if total else 10
        if (step, tenth) != self._shown and self._call.world.errors.isatty():
            self._shown = (step, tenth)
            self._call.note(f"{step} {done:,} / {total:,}")
