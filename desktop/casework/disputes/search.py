"""The search that is also the command bar (picture 02): people, disputes, things to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.casework.desk import Desk
from desktop.casework.disputes.lists import DisputeRow, rows_of
from desktop.store import Found as StoredFound
from desktop.store import PersonHit
from desktop.store.initials import initials

__all__ = ["Found", "Line", "find", "initials", "matches", "readable"]

_ACTS = (
    ("register", "登记纠纷", "登记 新纠纷 djjf"),
    ("today", "今日", "今天 要办的 jr"),
    ("disputes", "纠纷", "列表 jf"),
    ("exchange", "与区里同步", "传送 对账U盘 tb"),
    ("exchange_now", "现在就传", "传送 同步 xzjc"),
    ("lock", "锁上", "离开 ss"),
    ("settings", "设置", "字号 颜色 期限 sz"),
    ("backup", "备份", "拷一份 bf"),
    ("help", "帮助", "怎么用 bz"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One ready line. matches: (start, end) in `title`, to be set bold and underlined. aside: behind the title.
    phone: as stored, for the view to mask before `second`. row: the dispute's row, for its status and deadline.

    act: open_dispute, search_person, register, or one of the acts of the navigation. target: an id or a text.
    """

    kind: Literal["person", "dispute", "act"]
    title: str
    aside: str
    second: str
    act: str
    target: str
    phone: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    row: DisputeRow | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The groups 人, 纠纷, 做事. more: there are more disputes than shown."""

    people: tuple[Line, ...]
    disputes: tuple[Line, ...]
    acts: tuple[Line, ...]
    more: bool


def find(desk: Desk, text: str, *, limit: int = 5) -> Found:
    """What fits the text: part of a name, pinyin initials, phone digits, number, words; last, to register it."""
    words = text.strip()
    if not words:
        return Found((), (), _acts(""), more=False)
    found = readable(desk, words, limit=limit + 1)
    rows = rows_of(desk, found.disputes[:limit])
    people = tuple(_person(desk, hit, words) for hit in found.people[:limit])
    return Found(people, tuple(_dispute(row, words) for row in rows), _acts(words), len(found.disputes) > limit)


def readable(desk: Desk, words: str, *, limit: int) -> StoredFound:
    """What the store finds that this person may read, by account or as a mediator; newest first."""
    found = [desk.store.search(words, reader=reader, limit=limit) for reader in desk.own_ids()]
    people: dict[tuple[str, str], PersonHit] = {}
    for hit in (hit for one in found for hit in one.people):
        key = (hit.name, hit.phone or hit.place_code)
        people[key] = max(people.get(key, hit), hit, key=lambda known: known.disputes)
    rows = {row.id: row for one in found for row in one.disputes}
    extra = len(rows) > len(found[0].disputes)
    newest = sorted(rows.values(), key=lambda row: row.found_date, reverse=True) if extra else rows.values()
    return StoredFound(tuple(people.values())[:limit], tuple(newest)[:limit])


def matches(title: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words, or letters as pinyin initials, stand in the title."""
    return tuple(span for word in words.split() if (span := _span(title, word)))


def _span(title: str, word: str) -> tuple[int, int] | None:
    start = title.lower().find(word.lower())
    if start < 0 and word.isascii() and word.isalpha():
        windows = (i for i in range(len(title) - len(word) + 1) if initials(title[i : i + len(word)]) == word.lower())
        start = next(windows, -1)
    return None if start < 0 else (start, start + len(word))


def _person(desk: Desk, hit: PersonHit, words: str) -> Line:
    open_part = f"{hit.open_disputes} 件在办" if hit.open_disputes else "都已结束"
    return Line(
        kind="person",
        title=hit.name,
        aside=desk.directory.place_name(hit.place_code) if hit.place_code else "",
        second=f"{hit.disputes} 件纠纷，{open_part}",
        act="open_dispute" if hit.disputes == 1 else "search_person",
        target=hit.newest_dispute if hit.disputes == 1 else hit.name,
        phone=hit.phone,
        matches=matches(hit.name, words),
    )


def _dispute(row: DisputeRow, words: str) -> Line:
    return Line("dispute", row.title, row.village, row.status_name, "open_dispute", row.id,
                matches=matches(row.title, words), row=row)  # fmt: skip


def _acts(words: str) -> tuple[Line, ...]:
    fitting = [act for act in _ACTS if not words or words in act[1] or words.lower() in act[2].lower().split()]
    lines = [Line("act", label, "", "", act, "", matches=matches(label, words)) for act, label, _ in fitting]
    if words:
        lines.append(Line("act", f"登记新纠纷，当事人填“{words}”", "", "也可从头登记", "register", words))
    return tuple(lines)
