"""Two versions of the program at once: what the newer one declares, its hub, and its store file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, wraps
from typing import Any

from sqlite_utils import Database as Steps
from sqlite_utils.migrations import Migrations

from desktop.store import NO_SUMMARY, Folder, Store, StoreKey, marks, migrations
from desktop.store.database import connect
from desktop.store.opening import Opening, open_database
from sync.records import RECORD_TYPES, RecordType, codes
from sync.server.hub import Hub
from tests.stories.other_version import NEW_STATUS, declare


@cache
def _declared() -> tuple[dict[str, RecordType], codes.Code]:
    """All that the newer version declares; what this process declares stays as it is."""
    usual, statuses = dict(RECORD_TYPES), _statuses()
    declare("newer")
    newer, status = dict(RECORD_TYPES), statuses.pop(NEW_STATUS)
    _become(usual)
    return newer, status


def _statuses() -> Any:
    return codes.table("CASE_STATUS").items


def _become(kinds: dict[str, RecordType]) -> None:
    RECORD_TYPES.clear()
    RECORD_TYPES.update(kinds)


@contextmanager
def newer_program() -> Iterator[None]:
    """What runs in here is of the newer version: it declares a field, a step and a record type more."""
    usual, (newer, status) = dict(RECORD_TYPES), _declared()
    _become(newer)
    _statuses()[NEW_STATUS] = status
    try:
        yield
    finally:
        _become(usual)
        _statuses().pop(NEW_STATUS, None)


class NewerHub:
    """A hub of the newer version: every act of it runs with what that version declares."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._hub, name)
        return _in_newer(part) if callable(part) else _NewerDoor(part)


class _NewerDoor:
    """The file door of such a hub."""

    def __init__(self, door: Any) -> None:
        self._door = door

    def __getattr__(self, name: str) -> Any:
        return _in_newer(getattr(self._door, name))


def _in_newer(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def acted(*args: Any, **more: Any) -> Any:
        with newer_program():
            return act(*args, **more)

    return acted


@cache
def next_steps() -> Migrations:
    """The migrations of the next version of the desk: ours and one more."""
    steps = Migrations("desk")
    with closing(sqlite3.connect(":memory:")) as nothing:
        for known in migrations.MIGRATIONS.pending(Steps(nothing)):
            steps(name=known.name)(known.fn)
    steps(name="9999_next")(lambda db: db.execute("ALTER TABLE round ADD COLUMN further TEXT"))
    return steps


def open_next(folder: Folder, key: StoreKey) -> Store:
    """The next version of the program opens a desk's file."""
    lock = folder.lock()
    opening = Opening(NO_SUMMARY, lambda done, total: None, lock.was_cut, next_steps())
    try:
        return Store(lock, open_database(folder, key, opening), folder, NO_SUMMARY)
    except BaseException:
        lock.release(clean=not lock.was_cut)
        raise


def outdate(folder: Folder, key: StoreKey) -> None:
    """The derived tables of a closed store are of another declaration, so that its next opening makes them anew."""
    with closing(connect(folder.file, key)) as raw:
        raw.execute("UPDATE mark SET value = 'of another version' WHERE name LIKE ?", (marks.FINGERPRINT + "%",))
