"""A hub of another version of the program, in a process of its own: what a newer or an older one declares."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from random import Random
from typing import Any

_SPAWN: Any = multiprocessing.get_context("spawn")
MENDED_LATER = "petition_no"
"""A field only the newer version knows."""
NEW_STATUS, NEW_TYPE = "35", "visit"
GONE = "place_text"
"""A field the older version does not know yet."""


class OtherHub:
    """Stands in for `Hub`: every call goes to the other process."""

    def __init__(self, url: str, clock_ms: Callable[[], int], version: str) -> None:
        self._clock_ms = clock_ms
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=serve, args=(theirs, url, version), daemon=True)
        self._process.start()
        theirs.close()

    def handle(self, path: str, body: bytes, headers: Mapping[str, str], peer: str = "") -> tuple[int, bytes]:
        """One request, as the routes would answer it."""
        status, reply = self.call("handle", path, body, dict(headers), peer)
        return status, reply

    def call(self, name: str, *args: Any) -> Any:
        """Any method of the hub."""
        self._line.send((self._clock_ms(), name, args))
        outcome, value = self._line.recv()
        assert outcome == "done", value
        return value

    def close(self) -> None:
        """The process ends."""
        self._line.send((0, "", ()))
        self._process.join()


def serve(line: Connection, url: str, version: str) -> None:
    """The other process: declare what that version declares, then answer until told to stop."""
    declare(version)
    from sync.server.hub import Hub

    now = [0]
    hub = Hub.open(url, clock_ms=lambda: now[0], random_bytes=Random(9).randbytes)
    while True:
        now[0], name, args = line.recv()
        if not name:
            hub.close()
            return
        try:
            line.send(("done", getattr(hub, name)(*args)))
        except Exception as problem:
            line.send(("failed", repr(problem)))


def declare(version: str) -> None:
    """Change the declaration of this process before anything is drawn from it."""
    from sync.records import RECORD_TYPES, codes
    from sync.records.kinds import reference, text
    from sync.records.record_type import RecordType, Step
    from sync.records.rule import ALWAYS
    from sync.server import exchange

    dispute = RECORD_TYPES["dispute"]
    if version == "older":
        RECORD_TYPES["dispute"] = replace(dispute, fields=tuple(f for f in dispute.fields if f.name != GONE))
        return
    further = Step("先行登记", ("30",), NEW_STATUS, dispute.writers)
    fields = (*dispute.fields, text(MENDED_LATER, "信访号", 40))
    RECORD_TYPES["dispute"] = replace(dispute, fields=fields, steps=(*dispute.steps, further))
    RECORD_TYPES[NEW_TYPE] = RecordType(
        name=NEW_TYPE, label="走访", parent="dispute_id", parent_type="dispute", writers=dispute.writers,
        fields=(reference("dispute_id", "纠纷", "dispute", required=ALWAYS), text("note", "记了什么", 200)),
    )  # fmt: skip
    statuses: Any = codes.table("CASE_STATUS").items
    statuses[NEW_STATUS] = codes.Code(NEW_STATUS, "先行登记")
    if version == "next protocol":
        exchange.PROTOCOL += 1
