"""The hub's database: one SQLite file, or PostgreSQL by URL. One writer at a time, snapshots for readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, Row, Select, create_engine, event, make_url, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from sync.server.tables import METADATA

_BUSY_MS = 30_000
_FETCHED = 200
_COMPILED: LRUCache[Any, Any] = LRUCache(500)
"""Statements compiled for one embedded file serve for all."""
_BEGIN = "begin"
_TURNSTILE = 0x66_71_64_6B
"""The advisory lock that puts PostgreSQL's writers in a row, so that journal numbers appear in order."""


class Database:
    """Transactions on the hub's tables. Safe to share between threads; several processes may open one."""

    def __init__(self, url: str | URL) -> None:
        self._engine = _open(make_url(url))
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._lock = threading.Lock()

    def create(self) -> None:
        """Make the tables that are not there yet."""
        with self.write() as connection:
            METADATA.create_all(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, alone among all writers of all processes; rolled back on any exception."""
        if self._is_sqlite:
            with self._lock, self._engine.connect() as connection:
                connection.connection.info[_BEGIN] = "BEGIN IMMEDIATE"
                with connection.begin():
                    yield connection
        else:
            with self._begin() as connection:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TURNSTILE})
                yield connection

    @contextmanager
    def note(self) -> Iterator[Connection]:
        """A small transaction that adds nothing to journal or feed, and need not wait for those that do."""
        if self._is_sqlite:
            with self.write() as connection:
                yield connection
        else:
            with self._begin() as connection:
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One unchanging view of everything committed."""
        options = (
            {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with self._begin(**options) as connection:
            yield connection

    def close(self) -> None:
        """Let every connection go."""
        self._engine.dispose()

    @contextmanager
    def _begin(self, **options: Any) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.execution_options(**options).begin():
            yield connection


class EmbeddedDialect(SQLiteDialect_pysqlite):
    """SQLite in a file. All instances are alike, so that they share what was compiled."""

    driver = "embedded"
    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction; the driver, having no isolation level, never does so itself."""
        dbapi_connection.execute(dbapi_connection.info.pop(_BEGIN, "BEGIN")).close()

    def __eq__(self, other: object) -> bool:
        return type(other) is EmbeddedDialect

    def __hash__(self) -> int:
        return id(EmbeddedDialect)


registry.register("sqlite.embedded", __name__, EmbeddedDialect.__name__)


def _open(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=5, max_overflow=15, pool_pre_ping=True)
    engine = create_engine(
        url.set(drivername="sqlite+embedded"),
        pool_size=10,
        max_overflow=30,
        connect_args={"timeout": _BUSY_MS / 1000},
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    # pysqlite would otherwise begin transactions on its own, and only before the first write
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}").close()


def streamed(connection: Connection, query: Select[Any], **values: object) -> Iterator[Row[Any]]:
    """Rows as they are needed; the cursor is let go even when the reader stops early."""
    with connection.execute(query, values, execution_options={"yield_per": _FETCHED}) as rows:
        yield from rows
