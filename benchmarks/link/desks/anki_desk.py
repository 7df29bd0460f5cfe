"""Anki's own sync of the same records, a note each. Runs in Anki's environment, where nothing of ours is installed.

    python -m benchmarks.link.desks.anki_desk prepare|day|restore FOLDER

A note type per record type, a field per field: the names of fields do not travel, which is the best case for Anki.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from anki.collection import Collection
from anki.sync_pb2 import SyncAuth, SyncCollectionResponse

from benchmarks.link.desks.telling import await_hub, phase, ready

HOST, PORT = "10.77.0.1", 8443
USER = ("desk", "measuring")
TIMEOUT_SECONDS = 60
_DONE = {SyncCollectionResponse.NO_CHANGES, SyncCollectionResponse.NORMAL_SYNC}


class AnkiDesk:
    """One collection and the account it syncs with."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / name))
        self._auth_file = folder / "auth"

    def login(self) -> None:
        """Once; what the server gives is kept."""
        auth = self.collection.sync_login(*USER, f"http://{HOST}:{PORT}/")
        self._auth_file.write_text(auth.hkey, encoding="utf-8")

    def auth(self) -> SyncAuth:
        """What was kept."""
        return SyncAuth(hkey=self._auth_file.read_text(encoding="utf-8"), endpoint=f"http://{HOST}:{PORT}/",
                        io_timeout_secs=TIMEOUT_SECONDS)  # fmt: skip

    def synced(self) -> bool:
        """Sync, as often as it takes; whole collections up or down when the server says so is not a sync of changes."""
        while True:
            try:
                return self.collection.sync_collection(self.auth(), False).required in _DONE
            except Exception as problem:
                print(repr(problem), file=sys.stderr, flush=True)
                time.sleep(1)

    def whole(self, *, upload: bool) -> bool:
        """The first sync of a collection: all of it, in one piece."""
        answer = self.collection.sync_collection(self.auth(), False)
        self.collection.close_for_full_sync()
        self.collection.full_upload_or_download(
            auth=self.auth(), server_usn=answer.server_media_usn, upload=upload
        )
        self.collection.reopen(after_full_sync=True)
        return True

    def write(self, name: str) -> None:
        """Add or change the notes of a file of records."""
        known = dict(self.collection.db.all("select substr(flds, 1, instr(flds, char(31)) - 1), id from notes"))
        for line in (self.folder / name).read_text(encoding="utf-8").splitlines():
            self._write(json.loads(line), known)

    def make_types(self, names: dict[str, list[str]]) -> None:
        """A note type per record type."""
        models = self.collection.models
        for kind, fields in names.items():
            model = models.new(kind)
            for field in ("id", *fields):
                models.add_field(model, models.new_field(field))
            template = models.new_template("card")
            template["qfmt"] = template["afmt"] = "{{id}}"
            models.add_template(model, template)
            models.add(model)

    def _write(self, row: dict[str, Any], known: dict[str, int]) -> None:
        old = known.get(row["id"])
        note = self.collection.get_note(old) if old else self._new(row)
        for name, value in row["fields"].items():
            note[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if old:
            self.collection.update_note(note)
        else:
            self.collection.add_note(note, 1)

    def _new(self, row: dict[str, Any]) -> Any:
        note = self.collection.new_note(self.collection.models.by_name(row["type"]))
        note["id"] = row["id"]
        return note


def prepare(desk: AnkiDesk) -> None:
    """The stock on both sides, then the day on the desk's alone."""
    desk.make_types(json.loads((desk.folder / "fields.json").read_text(encoding="utf-8")))
    desk.write("stock.jsonl")
    desk.login()
    desk.whole(upload=True)
    if (desk.folder / "day.jsonl").exists():
        desk.write("day.jsonl")


def day(desk: AnkiDesk) -> None:
    """Sync the day, then nothing."""
    ready()
    phase("day", desk.synced)
    phase("noop", desk.synced)


def restore(desk: AnkiDesk) -> None:
    """A new PC takes everything."""
    ready()
    desk.login()
    phase("restore", lambda: desk.whole(upload=False))


def main() -> None:
    """Make ready or run, as the words say."""
    act, folder = sys.argv[1], Path(sys.argv[2])
    await_hub(HOST, PORT)
    desk = AnkiDesk(folder, "fresh.anki2" if act == "restore" else "collection.anki2")
    {"prepare": prepare, "day": day, "restore": restore}[act](desk)
    desk.collection.close()


if __name__ == "__main__":
    main()
