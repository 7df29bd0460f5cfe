"""Going back to a backup: done by the program, checked before, and nothing is deleted."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from desktop.store import backup, marks, own_chain
from desktop.store.atomic_file import sync_folder
from desktop.store.database import Database, in_plain_words
from desktop.store.errors import NotAStore
from desktop.store.files import bring_back_copies
from desktop.store.folder import Folder
from desktop.store.keys import StoreKey

SERIALS_SKIPPED = 1000
"""Numbers given out after the backup was made must not be given out again."""


def restore(folder: Folder, chosen: Path, key: StoreKey) -> Path:
    """Put a checked copy of a backup in place of the store; where the present files were moved to.

    The desk goes on under a new writer id, so the hub tells apart what this copy writes from what was written
    since the backup, and gives that back. Raises InUse, NoSpace, Damaged; then the present store stands.
    """
    folder.require_space(chosen.stat().st_size + backup.SPARE_BYTES)
    with folder.lock(), in_plain_words(folder.free_bytes):
        part = folder.path / "desk.restoring"
        backup.remove(part)
        shutil.copyfile(chosen, part)
        backup.check(part, key)
        _begin_anew(part, folder, key)
        aside = _move_aside(folder)
        part.replace(folder.file)
        mend_keys(folder, chosen)
        bring_back_copies(folder)
        sync_folder(folder.path)
    return aside


def mend_keys(folder: Folder, chosen: Path) -> None:
    """When keys.json is lost or spoilt, take the copy beside a backup, so that the folder can be unlocked again.

    The present keys are left alone when they can be read: they open every backup of this store.
    """
    try:
        folder.read_keys()
    except NotAStore:
        with in_plain_words(folder.free_bytes):
            if folder.keys_file.exists():
                spoilt = folder.path / f"keys-spoilt-{backup.stamp(folder.around.clock_ms())}.json"
                folder.keys_file.replace(backup.unused(spoilt))
            if backup.keys_beside(chosen).exists():
                shutil.copyfile(backup.keys_beside(chosen), folder.keys_file)


def _begin_anew(part: Path, folder: Folder, key: StoreKey) -> None:
    database = Database(part, key, folder.free_bytes)
    with database.writing() as connection:
        own_chain.begin_writer(connection, folder.around.random_bytes)
        marks.put(connection, home="")
        connection.execute(text("UPDATE serial SET last = last + :skipped"), {"skipped": SERIALS_SKIPPED})
    database.close()
    backup.check(part, key)


def _move_aside(folder: Folder) -> Path:
    aside = backup.unused(folder.backups / f"aside-{backup.stamp(folder.around.clock_ms())}")
    aside.mkdir(parents=True)
    # The log goes first: a file without its log is older, a log without its file would spoil the next one.
    for one in reversed(backup.companions(folder.file)):
        with suppress(FileNotFoundError):
            one.replace(aside / one.name)
    return aside
