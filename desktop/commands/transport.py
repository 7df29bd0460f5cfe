"""The way to this desk's district: its address and pinned certificate, kept since enrolment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.casework.desk import Desk
from desktop.commands.call import Call
from desktop.commands.opening import folder_of
from sync.client.transport import HttpsTransport


@contextmanager
def line(call: Call, desk: Desk) -> Iterator[Callable[[], HttpsTransport]]:
    """A maker of transports to the hub; whatever was opened is closed at the end."""
    opened: list[HttpsTransport] = []

    def connect() -> HttpsTransport:
        opened.append(HttpsTransport(desk.store.desk().hub_url, folder_of(call).ca_file))
        return opened[-1]

    try:
        yield connect
    finally:
        for one in opened:
            one.close()
