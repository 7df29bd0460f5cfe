"""The hub as it runs in a district: a process of its own behind TLS, on either engine."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography import x509

from sync.client.enrolment import enrol, fetch_ca
from sync.client.transport import HttpsTransport
from sync.protocol import limits
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Distrusted, Garbled, Unreachable
from sync.records import RECORD_TYPES
from sync.records.ids import uuid7
from sync.records.sample import sample
from sync.server.ca import Authority
from sync.server.hub import Hub
from sync.server.routes import create_app
from tests.server.conftest import DISTRICT, TOWN, VILLAGE, District, fresh_postgres
from tests.server.desk import Desk
from tests.server.service import Road, Service, command

RANDOM = Random(11)


def clock_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class Running:
    """A hub at work, an account of the township, and a way to enrol."""

    service: Service
    account: str

    def code(self) -> str:
        return command(self.service.folder, "codes", "make", TOWN)[0].split("：")[1]

    def desk(self) -> Desk:
        return Desk(Road(self.service), self.code(), clock_ms=clock_ms, random=RANDOM)


def dispute(by: str) -> dict[str, Any]:
    people = {"found_by": by, "first_contact_id": by, "host_mediator_id": None, "co_mediator_ids": None}
    kind = RECORD_TYPES["dispute"]
    return sample(kind, RANDOM, ids=new_id, place_code=VILLAGE, closed_session=False, **people)


def new_id() -> str:
    return uuid7(clock_ms(), RANDOM.randbytes)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running hub; afterwards everything in it must still agree."""
    folder = tmp_path_factory.mktemp("hub") / "区 中心"
    words: list[str] = []
    if request.param == "postgresql":
        words = ["--url", fresh_postgres(request.getfixturevalue("postgres_url"), "service")]
    command(folder, "init", "--district", DISTRICT, "--host", "hub.example", *words)
    (line,) = command(
        folder, "accounts", "add", "--name", "李秀英", "--place", "花所镇", "--role", "乡镇综治"
    )
    service = Service(folder, workers=2 if words else 1)
    service.start()
    yield Running(service, line.split("\t")[1])
    service.stop()
    assert command(folder, "verify")[-1] == "都对得上。"


def test_a_desk_pins_the_hub_by_its_code_and_trusts_no_other(running: Running, tmp_path: Path) -> None:
    url, printed = running.service.url, running.code()
    read, ca_file = EnrolmentCode.read(printed), tmp_path / "ca.pem"
    fetch_ca(url, read, ca_file)
    assert ca_file.read_bytes() == (running.service.folder / "ca.pem").read_bytes()
    with pytest.raises(Distrusted):
        fetch_ca(url, EnrolmentCode(read.secret, bytes(len(read.fingerprint))), tmp_path / "none.pem")
    with pytest.raises(Unreachable):
        fetch_ca("https://127.0.0.1:1", read, ca_file)
    foreign = Authority(tmp_path)
    ca_file.unlink()
    foreign.found(DISTRICT, datetime.now(UTC))
    stranger = HttpsTransport(url, foreign.ca_file)
    with pytest.raises(Distrusted):
        enrol(stranger, read, "电脑", "key")
    stranger.close()
    desk = Desk(Road(running.service), printed, clock_ms=clock_ms, random=RANDOM)
    desk.change("dispute", new_id(), dispute(running.account), running.account)
    assert [v.refused for v in desk.round().verdicts] == [""]
    with pytest.raises(Garbled):
        desk.post("/exchange", b"x", {})
    desk.post.close()  # type: ignore[attr-defined]


def test_nothing_acknowledged_is_lost_when_the_hub_is_killed(running: Running) -> None:
    desk, service = running.desk(), running.service
    acknowledged: dict[str, int] = {}
    for turn in range(4):
        for _ in range(60):
            desk.change("dispute", new_id(), dispute(running.account), running.account)
        killer = threading.Timer(0.02 + 0.06 * turn, service.stop, kwargs={"kill": True})
        killer.start()
        with suppress(Unreachable):
            while batch := desk.batch(count=20):
                answer = desk.answer(desk.ask(batch))
                desk.take(answer, batch)
                acknowledged |= {v.id: v.no for v in answer.verdicts}
        killer.join()
        service.start()
    answer = desk.round()
    acknowledged |= {v.id: v.no for v in answer.verdicts}
    assert len(acknowledged) == len(set(acknowledged.values())) == 240
    assert all(acknowledged.values())
    assert desk.proof() == answer.proof
    desk.post.close()  # type: ignore[attr-defined]


def test_callers_that_dawdle_flood_or_talk_nonsense_do_not_stop_the_others(running: Running) -> None:
    desk, door = running.desk(), ("127.0.0.1", running.service.port)
    context = ssl.create_default_context(cafile=str(running.service.folder / "ca.pem"))

    def call(words: bytes) -> ssl.SSLSocket:
        talk = context.wrap_socket(socket.create_connection(door, 5), server_hostname="127.0.0.1")
        talk.sendall(b"POST /exchange HTTP/1.1\r\nHost: h\r\n" + words)
        return talk

    dawdlers = [call(b"Content-Length: 1000\r\n\r\nab") for _ in range(20)]
    with socket.create_connection(door, 5) as nonsense:
        nonsense.sendall(bytes(1000))
    flood = call(b"Transfer-Encoding: chunked\r\n\r\n")
    with suppress(OSError):
        for _ in range(limits.BODY // 0x10000 + 20):
            flood.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        assert flood.recv(100).startswith(b"HTTP/1.1 413")
    desk.change("dispute", new_id(), dispute(running.account), running.account)
    assert [v.refused for v in desk.round().verdicts] == [""]
    for talk in (*dawdlers, flood):
        talk.close()
    desk.post.close()  # type: ignore[attr-defined]


def test_a_body_that_stops_in_the_middle_is_hung_up_on(tmp_path: Path) -> None:
    hub = Hub.open(f"sqlite:///{tmp_path / 'hub.db'}", clock_ms=clock_ms, random_bytes=RANDOM.randbytes)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not sent:
            sent.append({})
            return {"type": "http.request", "body": b"ab", "more_body": True}
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/exchange", "query_string": b"", "headers": [],
        "client": ("1.2.3.4", 5), "http_version": "1.1", "scheme": "https", "root_path": "",
    }  # fmt: skip
    asyncio.run(create_app(hub, idle_seconds=0.05)(scope, receive, send))
    assert sent[1]["status"] == 408
    hub.close()


def test_readers_never_miss_a_change_while_many_write(district: District) -> None:
    second = Hub.open(district.url, clock_ms=district.clock_ms, random_bytes=Random(5).randbytes)
    writers = [district.clerk(VILLAGE) for _ in range(4)]
    reader = district.desk(TOWN)
    for n, (desk, clerk) in enumerate(writers):
        desk.post = second.handle if n % 2 else district.hub.handle
        for _ in range(30):
            desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)

    def write(desk: Desk) -> None:
        while batch := desk.batch(count=3):
            answer = desk.answer(desk.ask(batch))
            desk.take(answer, batch)

    threads = [threading.Thread(target=write, args=(desk,)) for desk, _ in writers]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        answer = reader.round()
        assert reader.proof() == answer.proof
    for thread in threads:
        thread.join()
    answer = reader.round()
    assert reader.proof() == answer.proof
    assert (
        sum(1 for record in reader.entries if "dispute" in {e.type for e in reader.entries[record].values()})
        == 120
    )
    numbers = [line.no for line in district.hub.journal()]
    assert numbers == list(range(1, len(numbers) + 1))
    second.close()


def test_the_servers_certificate_names_its_hosts_and_is_renewed_in_time(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    authority = Authority(tmp_path)
    authority.found(DISTRICT, now)
    with pytest.raises(FileExistsError):
        authority.found(DISTRICT, now)
    assert authority.renew_if_due(["hub.example", "10.1.2.3", "::1"], now)
    first = authority.server_file.read_bytes()
    names = x509.load_pem_x509_certificate(first).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert names.value.get_values_for_type(x509.DNSName) == ["hub.example", "localhost"]
    assert [str(a) for a in names.value.get_values_for_type(x509.IPAddress)] == [
        "10.1.2.3",
        "::1",
        "127.0.0.1",
    ]
    assert not authority.renew_if_due([], now + timedelta(days=365 * 8))
    assert authority.renew_if_due([], now + timedelta(days=365 * 9 + 10))
    assert authority.server_file.read_bytes() != first
    assert authority.ca_key_file.stat().st_mode & 0o077 in (0, 0o066)
