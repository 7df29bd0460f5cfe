"""The files of one store: the vault that holds them, and where each stands on its way to or from the district.

A file is durable in the vault before a record names it, and is noted as the district's only when the hub has said
so: whatever is cut, it is sent again rather than forgotten. Nothing unsent is ever taken away; every backup brings a
copy of what is unsent into the folder of backups, and a restore brings it back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from desktop.store import file_roads
from desktop.store.database import Database, in_plain_words
from desktop.store.edit import Changes
from desktop.store.file_roads import Road, Standing
from desktop.store.folder import Folder
from desktop.store.growing import GrowingShelf
from desktop.store.vault import Receiver, Vault, WrongContent
from sync.client.files import Incoming
from sync.protocol.files import Piece, digest_of

COPIES = "files"
"""The folder of backups holds the unsent files under this name."""
GROWING = "growing"
"""The folder of files holds under this name what is still being recorded."""
_TOLD_SHARE = 10
"""How often listeners hear of a file that moves: so many times on its way."""


class Files:
    """Implements sync.client.files.FileStock, and what casework asks of files. Call it from any thread."""

    def __init__(self, database: Database, folder: Folder, tell: Callable[[Changes], None]) -> None:
        around = folder.around
        self._database, self._folder, self._tell = database, folder, tell
        self._now_ms = around.clock_ms
        self.vault = Vault(folder.files, database.key, around.random_bytes, folder.free_bytes)
        self.growing = GrowingShelf(folder.files / GROWING, database.key, around.random_bytes, folder.free_bytes)

    # -- for casework -------------------------------------------------------------------------------------------

    def put(self, raw: bytes) -> str:
        """Keep a content; its SHA-256. It is on disk when this returns. Raises NoSpace, ReadOnly."""
        digest = digest_of(raw)
        self.vault.put(digest, raw)
        with self._database.writing() as connection:
            file_roads.keep(connection, digest, len(raw), self._now_ms())
        return digest

    def content(self, digest: str) -> bytes:
        """A whole content. Raises FileNotFoundError when it is not here, Damaged."""
        with in_plain_words(self._folder.free_bytes):
            return self.vault.read(digest)

    def standings(self, records: Sequence[str]) -> list[Standing]:
        """How every file of these attachments stands."""
        with self._database.reading() as connection:
            return file_roads.standings(connection, records)

    def want(self, piece: Piece) -> None:
        """Fetch it with the next run of the lane."""
        self._set(piece, "wanted")

    def wanted(self) -> int:
        """How many files a person asked for and that have not come."""
        with self._database.reading() as connection:
            return file_roads.wanted(connection)

    def offer_again(self, piece: Piece) -> None:
        """Send once more what the hub refused."""
        self._set(piece, "waiting")

    # -- for the lane -------------------------------------------------------------------------------------------

    def outgoing(self) -> list[Piece]:
        """What the district lacks, thumbnails first."""
        with self._database.reading() as connection:
            return file_roads.outgoing(connection)

    def incoming(self) -> list[Piece]:
        """What is to be fetched."""
        with self._database.reading() as connection:
            return file_roads.incoming(connection, self._now_ms())

    def read(self, piece: Piece, offset: int, length_bytes: int) -> bytes:
        """A part of a file that is here. Raises FileNotFoundError, Damaged."""
        return self.vault.read(piece.digest, offset, length_bytes)

    def moved(self, piece: Piece, moved_bytes: int) -> None:
        """So much of it is over."""
        with self._database.writing() as connection:
            before = file_roads.set_moved(connection, piece, moved_bytes)
        step = max(1, piece.size_bytes // _TOLD_SHARE)
        if moved_bytes // step != before // step:
            self._say(piece)

    def sent(self, piece: Piece) -> None:
        """The hub has it whole."""
        self._set(piece, "there")

    def refused(self, piece: Piece, why: str) -> None:
        """The hub will not take it; it stays here."""
        self._set(piece, "refused", why=why)

    def absent(self, piece: Piece) -> None:
        """The hub has not got it either."""
        self._set(piece, "absent")

    def receive(self, piece: Piece) -> Incoming:
        """Begin it, or go on where it was cut; what lies in the vault already is whole. Raises NoSpace."""
        if self.vault.size_bytes(piece.digest) == piece.size_bytes:
            return _Whole(piece.size_bytes)
        return self.vault.receive(piece.digest, piece.size_bytes)

    def arrived(self, piece: Piece, incoming: Incoming) -> bool:
        """All bytes are here: check and keep it. False when it is not what was promised.

        What lay here already did not come from the district, which may lack it: it is offered.
        """
        road: Road = "waiting"
        if isinstance(incoming, Receiver):
            road = "there"
            try:
                incoming.finish()
            except WrongContent:
                return False
        with self._database.writing() as connection:
            file_roads.keep(connection, piece.digest, piece.size_bytes, self._now_ms())
            file_roads.set_road(connection, piece, road, self._now_ms())
        self._say(piece)
        return True

    def recognise(self, connection: Connection, records: Sequence[str]) -> None:
        """Find again what lies here of attachments that have just come: the desk may have gone back to a backup."""
        if self.vault.folder.exists():
            file_roads.recognise(connection, records, self.vault.size_bytes, self._now_ms())

    # -- care ---------------------------------------------------------------------------------------------------

    def sweep(self) -> int:
        """Take away what no record here names any more and the district has; how many."""
        with self._database.writing() as connection:
            found = file_roads.leftovers(connection, self._now_ms())
            for digest in found:
                self.vault.remove(digest)
                file_roads.forget(connection, digest)
        return len(found)

    def faults(self) -> list[str]:
        """What should be in the vault and is not."""
        with self._database.reading() as connection:
            kept = file_roads.kept(connection)
        return [f"file: {digest[:12]}" for digest, size in kept if self.vault.size_bytes(digest) != size]

    def copy_unsent(self) -> int:
        """Bring what is unsent, encrypted as it is, into the folder of backups; drop copies of what is sent."""
        with self._database.reading() as connection:
            wanted = {self.vault.path(digest).name: digest for digest in file_roads.unsent(connection)}
        copies = self._folder.backups / COPIES
        if not wanted and not copies.exists():
            return 0
        with in_plain_words(self._folder.free_bytes):
            copies.mkdir(parents=True, exist_ok=True)
            for old in [path for path in copies.iterdir() if path.name not in wanted]:
                old.unlink()
            for name, digest in wanted.items():
                source, target = self.vault.path(digest), copies / name
                if source.is_file() and not target.exists():
                    self._folder.require_space(source.stat().st_size)
                    part = copies / f"{name}.part"
                    shutil.copyfile(source, part)
                    part.replace(target)
        return len(wanted)

    def _set(self, piece: Piece, road: Road, *, why: str = "") -> None:
        with self._database.writing() as connection:
            file_roads.set_road(connection, piece, road, self._now_ms(), why=why)
        self._say(piece)

    def _say(self, piece: Piece) -> None:
        self._tell(Changes({"attachment": frozenset({piece.record})}))


class _Whole:
    """A content that is here already."""

    def __init__(self, offset: int) -> None:
        self.offset = offset

    def write(self, raw: bytes) -> None:
        """Nothing more comes."""

    def close(self) -> None:
        """Nothing is open."""


def bring_back_copies(folder: Folder) -> int:
    """After a restore: unsent files that are only left among the backups; how many came back."""
    copies, found = folder.backups / COPIES, 0
    for copy in sorted(copies.iterdir()) if copies.is_dir() else ():
        target = folder.files / copy.name[:2] / copy.name
        if copy.suffix != ".part" and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copy, target.with_suffix(".new"))
            target.with_suffix(".new").replace(target)
            found += 1
    return found
