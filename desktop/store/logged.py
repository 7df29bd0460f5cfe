"""The lines of the change log that one answer of the hub is about: read together, written together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, text

from desktop.store.views import json_list, write_change, write_json
from sync.protocol.messages import Change, Entry, Verdict

_READ = text("""
    SELECT id, type, record, body, state, no FROM change WHERE id IN (SELECT value FROM json_each(:ids))
""")
_NUMBER = text("UPDATE change SET state = 'numbered', no = :no, aside = :aside WHERE id = :id")
_REFUSE = text("UPDATE change SET state = 'refused', refused = :refused, why = :why WHERE id = :id")
_PUT_BY = text("UPDATE change SET state = 'left', no = :no, received = :received WHERE id = :id")
_REWORD = text("UPDATE change SET type = :type, record = :record, body = :body WHERE id = :id AND mine = 0")
_AGREE = text("""
    UPDATE change SET state = 'agreed', no = :no, aside = :aside, merged = :merged, received = :received WHERE id = :id
""")
_ADD = text("""
    INSERT INTO change (id, type, record, body, no, aside, merged, state, mine, received)
    VALUES (:id, :type, :record, :body, :no, :aside, :merged, 'agreed', :mine, :received)
""")
_STEPS = (_NUMBER, _REFUSE, _PUT_BY, _REWORD, _AGREE, _ADD)
"""In this order: what is both numbered and agreed in one answer ends agreed."""


class LoggedChanges:
    """Changes by id. What is said of one is kept until `write`, and before anything is read again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Any] = {}
        self._lines: dict[Any, list[dict[str, object]]] = {step: [] for step in _STEPS}

    def read(self, ids: Iterable[str]) -> None:
        """Read some lines at once."""
        self.write()
        wanted = list(ids)
        if wanted:
            self._known.update(dict.fromkeys(wanted))
            self._known.update((row.id, row) for row in self._connection.execute(_READ, {"ids": json_list(wanted)}))

    def get(self, change: str) -> Any:
        """A line as it stands, None when there is none."""
        if change not in self._known:
            self.read([change])
        return self._known[change]

    def read_again(self) -> None:
        """Forget what was read: something else has written lines."""
        self._known.clear()

    def number(self, verdict: Verdict) -> None:
        """The hub has accepted this change; its entry is still to come."""
        self._say(_NUMBER, verdict.id, no=verdict.no, aside=write_json(verdict.aside).decode())

    def refuse(self, verdict: Verdict) -> None:
        """The hub has refused this change."""
        self._say(_REFUSE, verdict.id, refused=verdict.refused, why=verdict.why)

    def put_by(self, verdict: Verdict, now_ms: int) -> None:
        """A change of a record that is no longer this desk's has arrived: it is not shown here any more."""
        self._say(_PUT_BY, verdict.id, no=verdict.no, received=now_ms)

    def reword(self, entry: Entry, change: Change) -> None:
        """Another change has this id now: a restored hub gives the ids of its own changes out anew."""
        self._say(_REWORD, entry.id, type=entry.type, record=entry.record, body=write_change(change))

    def agree(self, entry: Entry) -> None:
        """A change of the log has become part of the agreed state."""
        self._say(_AGREE, entry.id, **_agreed(entry))

    def add(self, entry: Entry, change: Change, *, mine: bool) -> None:
        """A change this log does not hold, as part of the agreed state."""
        told = {"type": entry.type, "record": entry.record, "body": write_change(change), "mine": int(mine)}
        self._say(_ADD, entry.id, **told, **_agreed(entry))

    def write(self) -> None:
        """Write what was said."""
        for step, lines in self._lines.items():
            if lines:
                self._connection.execute(step, lines)
                lines.clear()

    def _say(self, step: Any, change: str, **values: object) -> None:
        self._lines[step].append({"id": change, **values})
        self._known.pop(change, None)


def _agreed(entry: Entry) -> dict[str, object]:
    return {
        "no": entry.no, "aside": write_json(entry.aside).decode(),
        "merged": write_json(entry.merged).decode(), "received": entry.received,
    }  # fmt: skip
