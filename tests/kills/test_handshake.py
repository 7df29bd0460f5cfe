"""A hub that falls while desk and hub are still greeting each other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from sync.client.transport import HttpsTransport
from sync.protocol.errors import Unreachable


@pytest.fixture
def falling() -> Iterator[int]:
    """The port of somebody who hears the greeting and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hang_up() -> None:
            caller, _ = door.accept()
            with caller:
                caller.recv(1 << 16)

        listener = threading.Thread(target=hang_up, daemon=True)
        listener.start()
        yield door.getsockname()[1]
        listener.join(5)


def test_a_hub_that_falls_during_the_handshake_is_out_of_reach_and_no_stranger(falling: int) -> None:
    transport = HttpsTransport(f"https://127.0.0.1:{falling}", Path(certifi.where()))
    with pytest.raises(Unreachable):
        transport.post("/exchange", b"", {})
    transport.close()
