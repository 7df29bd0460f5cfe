"""The encrypted file: SQLCipher through SQLAlchemy, many readers, one writer."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2

from desktop.store.errors import Damaged, NoSpace, ReadOnly
from desktop.store.keys import StoreKey

BUSY_TIMEOUT_MS = 10_000
CACHE_KIB = 32 * 1024
_LITTLE_BYTES = 1024 * 1024
_PERM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOT_A_DATABASE = 3, 8, 10, 11, 13, 14, 26
MEGABYTE = 1024 * 1024
_COMPILED: LRUCache[Any, Any] = LRUCache(500)
"""Statements compiled for one file serve for all."""
_BEGIN = "begin"


def connect(path: Path, key: StoreKey) -> Any:
    """A raw connection to an encrypted file, with every safety on. The key is in no URL and no log."""
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        connection.execute(f"PRAGMA key=\"x'{key.raw.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level=NONE")
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
            "temp_store=MEMORY", "secure_delete=FAST", f"cache_size=-{CACHE_KIB}", "journal_size_limit=8388608",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """One open file. `reading` gives a steady picture; `writing` is one transaction, one at a time."""

    def __init__(self, path: Path, key: StoreKey, free_bytes: Callable[[], int]) -> None:
        self.path = path
        self.key = key
        self.free_bytes = free_bytes
        self._one_writer = threading.Lock()
        self._engine = _engine(path, key)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store, whatever is written meanwhile."""
        with in_plain_words(self.free_bytes), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is on disk when the block ends, or nothing of it."""
        with self._one_writer, in_plain_words(self.free_bytes), self._engine.connect() as connection:
            connection.connection.info[_BEGIN] = "BEGIN IMMEDIATE"
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the file; the last to do so folds the log into it."""
        self._engine.dispose()


@contextmanager
def in_plain_words(free_bytes: Callable[[], int]) -> Iterator[None]:
    """Turns what SQLite or the disk says into an error a person can read."""
    try:
        yield
    except DBAPIError as problem:
        raise _meaning(problem.orig or problem, free_bytes) from problem
    except (dbapi2.DatabaseError, OSError) as problem:
        raise _meaning(problem, free_bytes) from problem


def _meaning(problem: BaseException, free_bytes: Callable[[], int]) -> BaseException:
    if isinstance(problem, OSError):
        if problem.errno == errno.ENOSPC:
            return NoSpace(free_bytes() // MEGABYTE)
        return ReadOnly() if problem.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else problem
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code == _FULL or (code in (_IOERR, _CANTOPEN) and free_bytes() < _LITTLE_BYTES):
        return NoSpace(free_bytes() // MEGABYTE)
    if code in (_READONLY, _PERM, _CANTOPEN):
        return ReadOnly()
    return Damaged(str(problem)) if code in (_IOERR, _CORRUPT, _NOT_A_DATABASE) else problem


def wal(path: Path) -> Path:
    """The write-ahead log beside a file."""
    return path.with_name(path.name + "-wal")


class EncryptedDialect(SQLiteDialect_pysqlite):
    """SQLite as SQLCipher speaks it. All instances are alike, so that they share what was compiled."""

    driver = "sqlcipher3"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        """The driver."""
        return dbapi2

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction; the driver, having no isolation level, never does so itself."""
        dbapi_connection.execute(dbapi_connection.info.pop(_BEGIN, "BEGIN"))

    def __eq__(self, other: object) -> bool:
        return type(other) is EncryptedDialect

    def __hash__(self) -> int:
        return id(EncryptedDialect)


registry.register("sqlite.sqlcipher3", __name__, EncryptedDialect.__name__)


def _engine(path: Path, key: StoreKey) -> Engine:
    return create_engine(
        "sqlite+sqlcipher3://",
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=12,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )
