"""export: everything this person may read, as JSON Lines or as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from desktop.casework.portable import exporting
from desktop.casework.portable.exporting import ExportReport
from desktop.casework.portable.gathering import ALL, Gathering, Watch
from desktop.commands.call import DONE, Call
from desktop.commands.opening import opened
from desktop.commands.stopping import stoppable
from desktop.commands.trouble import Misused
from sync.records import RECORD_TYPES

FORMATS: dict[str, Callable[[Gathering, Path], ExportReport]] = {
    "jsonl": exporting.export_lines,
    "xlsx": exporting.export_workbook,
    "ledger": exporting.export_ledger,
    "ledger-pdf": exporting.export_ledger_pdf,
    "province": exporting.export_province,
}


def take_out(call: Call) -> int:
    """Write the file."""
    kinds, form = tuple(call.arguments.type or ALL), call.arguments.format
    if call.arguments.type and form in ("ledger", "ledger-pdf", "province"):
        raise Misused(f"--format {form} 只有一种内容，不用写 --type。")
    with opened(call) as desk, stoppable() as stopped:
        watch = Watch(cancelled=stopped)
        report = FORMATS[form](Gathering(desk, kinds=kinds, watch=watch), call.arguments.out)
    call.answer(asdict(report), _words(report))
    return DONE


def _words(report: ExportReport) -> str:
    parts = [f"{RECORD_TYPES[kind].label} {count:,}" for kind, count in report.records.items()]
    closed = f"\n有 {report.closed} 件关起门谈的不归您看，没有导出。" if report.closed else ""
    return f"已存到 {report.file}：{'，'.join(parts) or '一条也没有'}。{closed}"
