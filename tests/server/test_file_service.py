"""The file doors of the hub as it runs: behind TLS, every body bounded before it is kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from sync.client.transport import HttpsTransport
from sync.protocol import files, limits
from sync.protocol.errors import Unreachable
from tests.server.conftest import DISTRICT
from tests.server.service import Service, command


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsTransport]:
    folder: Path = tmp_path_factory.mktemp("区 中心")
    command(folder, "init", "--district", DISTRICT, "--host", "127.0.0.1")
    service = Service(folder)
    service.start()
    transport = service.transport()
    yield transport
    transport.close()
    service.stop()


def test_the_doors_are_there_and_say_what_they_speak(road: HttpsTransport) -> None:
    offer = road.ask("OPTIONS", files.UPLOADS, b"", {})
    assert (offer.status, offer.headers["tus-version"]) == (204, "1.0.0")
    for method, path in (("HEAD", "/uploads/x.file"), ("GET", "/files/x.file"), ("POST", "/uploads")):
        assert road.ask(method, path, b"", {"Tus-Resumable": "1.0.0"}).status == 400
    assert road.ask("GET", "/files/x.file", b"", {}).status == 412


def test_a_stranger_cannot_fill_the_memory(road: HttpsTransport) -> None:
    tus = {"Tus-Resumable": "1.0.0", "Content-Type": files.OFFSET_TYPE, "Upload-Offset": "0"}
    begun = time.monotonic()
    with suppress(Unreachable):  # the hub may hang up before all of it has been sent
        assert road.ask("PATCH", "/uploads/x.file", bytes(limits.CHUNK + 1), tus).status == 413
    assert road.ask("PATCH", "/uploads/x.file", Random(1).randbytes(limits.CHUNK), tus).status == 400
    assert road.ask("DELETE", "/uploads/x.file", b"", tus).status == 405
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("path", ["/files/../../hub.db", "/files/%2e%2e%2f%2e%2e%2fhub.db", "/files/..%5chub.db"])
def test_no_path_leads_out_of_the_folder(road: HttpsTransport, path: str) -> None:
    assert road.ask("GET", path, b"", {"Tus-Resumable": "1.0.0"}).status in (400, 404)
