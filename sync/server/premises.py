"""The hub's folder: its certificates, its settings, its files, and by default its database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import URL

from sync.server.ca import Authority
from sync.server.charter import NotFounded
from sync.server.hub import Hub
from sync.server.shelf import Shelf


class Settings(msgspec.Struct, frozen=True):
    """url: the database; "" is the SQLite file in the folder. hosts: names and addresses desks reach the hub by."""

    url: str = ""
    hosts: list[str] = []


class Premises:
    """One hub's folder. Time and randomness are handed in."""

    def __init__(
        self, folder: Path, *, clock_ms: Callable[[], int], random_bytes: Callable[[int], bytes]
    ) -> None:
        self.folder = folder
        self.authority = Authority(folder)
        self._clock_ms = clock_ms
        self._random_bytes = random_bytes
        self._settings_file = folder / "hub.json"

    @property
    def settings(self) -> Settings:
        """What was said at init. Raises NotFounded when there is no hub here."""
        if not self._settings_file.is_file():
            raise NotFounded("no hub here")
        return msgspec.json.decode(self._settings_file.read_bytes(), type=Settings)

    def found(self, settings: Settings, district: str, areas: Sequence[tuple[str, str, int]]) -> None:
        """Make folder, database, CA and certificate. Raises NotFounded when there is a hub, ValueError."""
        if self._settings_file.exists():
            raise NotFounded("already a hub")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.authority.ca_file.exists():
            self.authority.found(district, self.now())
        self.authority.issue(settings.hosts, self.now())
        hub = self._hub(settings, b"")
        try:
            hub.initialise(district, areas)
        finally:
            hub.close()
        self.keep(settings)

    def keep(self, settings: Settings) -> None:
        """Store the settings; a database URL may hold a password, so only the owner may read them."""
        self._settings_file.touch(mode=0o600)
        self._settings_file.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))

    def open(self) -> Hub:
        """The hub. Raises NotFounded."""
        hub = self._hub(self.settings, self.authority.ca_file.read_bytes())
        hub.add_tables()
        return hub

    def now(self) -> datetime:
        """The wall clock as a moment."""
        return datetime.fromtimestamp(self._clock_ms() / 1000, UTC)

    def _hub(self, settings: Settings, ca_pem: bytes) -> Hub:
        url = settings.url or URL.create("sqlite", database=str(self.folder / "hub.db"))
        shelf = Shelf(self.folder / "files", lambda path: shutil.disk_usage(path).free)
        return Hub.open(url, clock_ms=self._clock_ms, random_bytes=self._random_bytes, ca_pem=ca_pem, shelf=shelf)
