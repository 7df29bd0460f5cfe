"""Dossier numbers (卷号): how they are written and read, and which are missing from a year and why. domain.md §2.3.

Pure. Desk and hub write, read and account for numbers by the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeAlias

FORM = r"（(\d{4})）(.{1,40}?)人调字第(\d{1,6})号"
"""（2026）花所人调字第12号."""
_LIKE = re.compile(r"[（(〔\[](\d{4})[）)〕\]]\s*(.{1,40}?)人调字第\s*(\d{1,6})\s*号")

Why: TypeAlias = Literal["held", "replaced", "over", "skipped", "void", "not_kept", "double"]
WORDS: dict[Why, str] = {
    "held": "在{pc}的号段里，还没用到",
    "replaced": "在{pc}的号段里；那台电脑停用、恢复或拷贝过，剩下的不再用",
    "over": "在{pc}的号段里；那一年过了，没有用到",
    "skipped": "没有给过哪台电脑：区里的资料恢复过，或者有人手写过更大的号，跳过去了",
    "void": "用它的纠纷作废了，号留着不再用",
    "not_kept": "编过，最后没有用在卷上：两边各编了一个，或者区里没收下",
    "double": "有两件以上的纠纷写着这个号，要核对",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A dossier number taken apart."""

    year: int
    short_name: str
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers first..last as lent. device: whose they are, its record id; is_over: that PC draws no more from them."""

    first: int
    last: int
    device: str
    is_over: bool

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Use:
    """A dispute that a number was drawn for. is_kept: it still bears the number. is_void: it was struck out."""

    record: str
    is_kept: bool = True
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers first..last that no live dossier bears, or more than one, and why. device: the PC, "" for none.

    records: the disputes concerned. text: the reason in words.
    """

    first: int
    last: int
    why: Why
    device: str
    records: tuple[str, ...]
    text: str


def text_of(year: int, short_name: str, number: int) -> str:
    """The number as printed: （2026）花所人调字第12号."""
    return f"（{year}）{short_name}人调字第{number}号"


def read(text: Any) -> Numbered | None:
    """A number taken apart, also from other brackets, as people type them; None for anything else."""
    found = _LIKE.fullmatch(text.strip()) if isinstance(text, str) else None
    return Numbered(int(found[1]), found[2], int(found[3])) if found else None


def blocks(
    leases: Iterable[Mapping[str, Any]], year: int, *, dead: Collection[str] = (), epoch: str = ""
) -> list[Block]:
    """The blocks of a year. `leases`: all of the committee, of all years, for a PC draws only under its newest writer.

    dead: devices that were revoked. epoch: the hub's, when it is known: what was lent before a restore is over.
    """
    known = sorted(leases, key=lambda lease: (str(lease["lent_at"]), int(lease["first"])))
    newest = {str(lease["device_id"]): lease["writer"] for lease in known}
    return [
        Block(int(lease["first"]), int(lease["last"]), str(lease["device_id"]),
              lease["writer"] != newest[str(lease["device_id"])] or lease["device_id"] in dead
              or epoch not in ("", lease["epoch"]))
        for lease in sorted(known, key=lambda lease: int(lease["first"]))
        if int(lease["year"]) == year
    ]  # fmt: skip


def gaps(
    lent: Iterable[Block], used: Mapping[int, Collection[Use]], pcs: Mapping[str, str], *, is_over: bool
) -> tuple[Gap, ...]:
    """What is missing from 1 to the highest number known, and why, neighbours of one kind together.

    pcs: device -> how that PC is called. is_over: the year is past.
    """
    found = sorted(lent, key=lambda block: block.first)
    end = max([block.last for block in found] + list(used), default=0)
    reasons = [(n, *_reason(n, found, used.get(n, ()), is_over=is_over)) for n in range(1, end + 1)]
    return tuple(_joined(reasons, used, pcs))


def _reason(number: int, lent: Collection[Block], uses: Collection[Use], *, is_over: bool) -> tuple[Why | None, str]:
    block = next((block for block in lent if number in block), None)
    device = block.device if block else ""
    kept = {use.record for use in uses if use.is_kept}
    if len(kept) > 1:
        return "double", device
    if kept:
        return ("void" if any(use.is_void for use in uses if use.is_kept) else None), device
    if uses:
        return "not_kept", device
    if block is None:
        return "skipped", ""
    return ("over" if is_over else "replaced" if block.is_over else "held"), device


def _joined(
    reasons: Iterable[tuple[int, Why | None, str]], used: Mapping[int, Collection[Use]], pcs: Mapping[str, str]
) -> Iterator[Gap]:
    for (why, device), lines in groupby(reasons, key=lambda line: line[1:]):
        if why is None:
            continue
        numbers = [line[0] for line in lines]
        records = tuple(dict.fromkeys(use.record for n in numbers for use in used.get(n, ())))
        words = WORDS[why].format(pc=pcs.get(device, "别的电脑"))
        yield Gap(numbers[0], numbers[-1], why, device, records, words)
