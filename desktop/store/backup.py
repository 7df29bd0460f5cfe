"""Backups: an encrypted copy of the open file, read back and checked, the older ones thinned out."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Tables

from desktop.store.atomic_file import sync_folder
from desktop.store.database import MEGABYTE, connect, in_plain_words, wal
from desktop.store.errors import Damaged
from desktop.store.folder import Folder
from desktop.store.keys import StoreKey

DAYS, WEEKS, MONTHS, UPDATES = 7, 4, 12, 2
"""How many daily, weekly and monthly backups, and backups before an update, are kept."""
DAILY, BEFORE_UPDATE = "desk", "update"
"""Why a backup was made; its name begins so."""
SPARE_BYTES = 64 * MEGABYTE
_PAGES = 4096
"""Copied at once: some 16 MB."""
_TIME = "%Y%m%d-%H%M%S"
_CHINA = timezone(timedelta(hours=8))


def back_up(folder: Folder, key: StoreKey, reason: str = DAILY) -> Path:
    """Copy the store as it is now, check the copy, thin out. Raises NoSpace, Damaged; then no backup was made."""
    clear_cut(folder)
    folder.require_space(size_bytes(folder.file) + SPARE_BYTES)
    with in_plain_words(folder.free_bytes):
        folder.backups.mkdir(exist_ok=True)
        target = unused(folder.backups / f"{reason}-{stamp(folder.around.clock_ms())}.db")
        part = target.with_suffix(".part")
        try:
            _copy_checked(folder.file, part, key)
            part.replace(target)
        finally:
            remove(part)
        if folder.holds_store():
            shutil.copyfile(folder.keys_file, keys_beside(target))
        sync_folder(folder.backups)
        for old in superseded(listed(folder), made_at(target)):
            remove(old)
            keys_beside(old).unlink(missing_ok=True)
    return target


def clear_cut(folder: Folder) -> None:
    """Remove what a backup left that was cut: it is as large as the store and good for nothing."""
    with in_plain_words(folder.free_bytes):
        for left in folder.backups.glob("*.part"):
            remove(left)


def listed(folder: Folder) -> list[Path]:
    """The backups there are, newest first."""
    found = [path for reason in (DAILY, BEFORE_UPDATE) for path in folder.backups.glob(f"{reason}-*.db")]
    return sorted(found, key=_order, reverse=True)


def made_at(backup: Path) -> datetime:
    """When a backup was made, by its name, in China. Raises ValueError for another file."""
    return _order(backup)[0]


def stamp(ms: int) -> str:
    """A time in ms since 1970 as it stands in names, in China."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(_CHINA).strftime(_TIME)


def unused(path: Path) -> Path:
    """This name with the next number nothing bears yet: a clock may say the same second twice."""
    named = re.compile(rf"{re.escape(path.stem)}(?:-(\d+))?{re.escape(path.suffix)}")
    borne = [int(found[1] or 1) for one in path.parent.glob("*") if (found := named.fullmatch(one.name))]
    return path.with_stem(f"{path.stem}-{max(borne) + 1}") if borne else path


def keys_beside(backup: Path) -> Path:
    """Where the keys of a backup lie."""
    return backup.with_suffix(".keys.json")


def superseded(backups: list[Path], now: datetime) -> list[Path]:
    """Which backups may go: all but the newest of the last days, weeks and months, and the last before updates.

    Of those named after days to come, made while the clock was wrong, one is kept: they must not stand in the way.
    """
    newest_first = sorted(backups, key=_order, reverse=True)
    updates = [backup for backup in newest_first if backup.name.startswith(BEFORE_UPDATE)]
    kept = set(updates[:UPDATES])
    daily = [backup for backup in newest_first if backup not in updates and made_at(backup) <= now]
    kept.update([backup for backup in newest_first if backup not in updates and made_at(backup) > now][:1])
    for pattern, most in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, Path] = {}
        for backup in daily:
            newest.setdefault(made_at(backup).strftime(pattern), backup)
        kept.update(list(newest.values())[:most])
    return [backup for backup in newest_first if backup not in kept]


def check(path: Path, key: StoreKey) -> dict[str, str]:
    """Read a copy through: its `contents`. Leaves it without a log beside it. Raises Damaged."""
    if not path.exists():
        raise Damaged(f"missing: {path.name}")
    with closing(connect(path, key)) as raw:
        for pragma in ("integrity_check", "cipher_integrity_check"):
            faults = [row[0] for row in raw.execute(f"PRAGMA {pragma}") if row[0] != "ok"]
            if faults:
                raise Damaged(f"{pragma}: {faults[0]}")
        found = contents(raw)
        raw.execute("PRAGMA journal_mode=DELETE")
    return found


def contents(raw: Any) -> dict[str, str]:
    """What two copies of one store have in common: rows of every table, and the tallies with their digests."""
    tables = Tables(raw)
    counts = {table.name: str(table.count) for table in tables.tables if not table.virtual_table_using}
    return counts | {row["address"]: f"{row['count']} {row['digest']}" for row in tables["tally"].rows}


def size_bytes(path: Path) -> int:
    """What a file and its log take on disk."""
    return sum(one.stat().st_size for one in (path, wal(path)) if one.exists())


def remove(path: Path) -> None:
    """Delete a copy and what SQLite may have left beside it."""
    for one in (*companions(path), path.with_name(path.name + "-journal")):
        with suppress(FileNotFoundError):
            one.unlink()


def companions(path: Path) -> tuple[Path, Path, Path]:
    """A file, its log and the log's index: they move together or not at all."""
    return path, wal(path), path.with_name(path.name + "-shm")


def _order(backup: Path) -> tuple[datetime, int]:
    """When a backup was made, and which it is of those made in that second. Raises ValueError."""
    named = re.fullmatch(r"[a-z]+-(\d{8}-\d{6})(?:-(\d+))?", backup.stem)
    if named is None:
        raise ValueError(backup.name)
    return datetime.strptime(named[1], _TIME).replace(tzinfo=_CHINA), int(named[2] or 1)


def _copy_checked(path: Path, part: Path, key: StoreKey) -> None:
    remove(part)
    with closing(connect(path, key)) as source:
        source.execute("BEGIN")
        expected = contents(source)
        with closing(connect(part, key)) as target:
            source.backup(target, pages=_PAGES)
        source.execute("ROLLBACK")
    if check(part, key) != expected:
        raise Damaged(f"backup differs: {part.name}")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
