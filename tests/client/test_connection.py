"""One bare TLS connection: kept, taken up again with its session, bounded by silence and not by the whole."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.client.connection import Connection, Interrupted
from sync.server.ca import Authority

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"


@dataclass
class Hub:
    """Answers every request with the same words, as slowly and as briefly as its script says."""

    folder: Path
    heads: list[bytes] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    resumed: list[bool] = field(default_factory=list)
    answer: bytes = ANSWER
    requests_per_caller: int = 100
    read_pause_seconds: float = 0.0
    is_silent: bool = False

    def __post_init__(self) -> None:
        authority = Authority(self.folder)
        authority.found("620802000000", datetime.now(UTC))
        authority.issue([], datetime.now(UTC))
        self.ca = authority.ca_file
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(authority.server_file, authority.server_key_file)
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def connection(self, idle_seconds: float = 5.0) -> Connection:
        """A desk's way to it."""
        context = ssl.create_default_context(cafile=str(self.ca))
        url = f"https://127.0.0.1:{self.door.getsockname()[1]}"
        return Connection(url, context, connect_seconds=5, idle_seconds=idle_seconds)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller = self.door.accept()[0]
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
                threading.Thread(target=self._talk, args=(caller,), daemon=True).start()

    def _talk(self, caller: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(caller, server_side=True) as line:
            self.resumed.append(bool(line.session_reused))
            for _ in range(self.requests_per_caller):
                head, _, rest = self._head(line).partition(b"\r\n\r\n")
                self.heads.append(head)
                length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
                while len(rest) < length:
                    time.sleep(self.read_pause_seconds)
                    rest += line.recv(1 << 20)
                self.bodies.append(len(rest))
                if self.is_silent:
                    time.sleep(5)
                line.sendall(self.answer)

    def _head(self, line: ssl.SSLSocket) -> bytes:
        said = b""
        while b"\r\n\r\n" not in said:
            if not (more := line.recv(4096)):
                raise OSError("gone")
            said += more
        return said


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path)
    yield made
    made.door.close()


def test_questions_share_a_connection_and_say_no_more_than_they_must(hub: Hub) -> None:
    line = hub.connection()
    for _ in range(3):
        assert line.ask("POST", "/exchange", b"abc", {"Fengqiao-Desk": "d.s"}, most=100).body == b"fine"
    line.close()
    assert len(hub.resumed) == 1
    assert [name.split(b":")[0] for name in hub.heads[0].split(b"\r\n")[1:]] == [
        b"Host", b"Content-Length", b"Fengqiao-Desk",
    ]  # fmt: skip


def test_the_next_connection_takes_up_the_session_of_the_last(hub: Hub) -> None:
    line = hub.connection()
    for _ in range(3):
        line.ask("POST", "/exchange", b"", {}, most=100)
        line.close()
    assert hub.resumed == [False, True, True]


def test_a_connection_the_hub_has_closed_meanwhile_is_made_anew_without_a_word(hub: Hub) -> None:
    hub.requests_per_caller = 1
    line = hub.connection()
    for _ in range(3):
        assert line.ask("POST", "/exchange", b"", {}, most=100).status == 200
        time.sleep(0.1)
    line.close()
    assert len(hub.resumed) == 3


def test_a_large_body_may_take_longer_than_silence_may_last(hub: Hub) -> None:
    hub.read_pause_seconds = 0.07
    line, began = hub.connection(idle_seconds=2.5), time.monotonic()
    assert line.ask("POST", "/exchange", bytes(800_000), {}, most=100).status == 200
    line.close()
    assert time.monotonic() - began > 2.5
    assert hub.bodies == [800_000]


def test_silence_is_not_waited_for_and_the_question_may_have_arrived(hub: Hub) -> None:
    hub.is_silent = True
    line = hub.connection(idle_seconds=0.3)
    with pytest.raises(Interrupted) as interrupted:
        line.ask("POST", "/exchange", b"abc", {}, most=100)
    assert (interrupted.value.is_sent, interrupted.value.was_connected) == (True, True)


def test_an_answer_that_ends_too_soon_is_a_cut(hub: Hub) -> None:
    hub.answer, hub.requests_per_caller = ANSWER[:-2], 1
    line = hub.connection()
    with pytest.raises(Interrupted):
        line.ask("POST", "/exchange", b"abc", {}, most=100)


def test_no_more_is_read_than_was_allowed(hub: Hub) -> None:
    line = hub.connection()
    assert line.ask("POST", "/exchange", b"", {}, most=2).body == b"fin"
    line.close()


def test_an_answer_without_a_body_leaves_the_connection_fit_for_the_next(hub: Hub) -> None:
    hub.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\nUpload-Offset: 7\r\n\r\n"
    line = hub.connection()
    for _ in range(2):
        reply = line.ask("HEAD", "/file", b"", {}, most=100)
        assert (reply.headers["upload-offset"], reply.body) == ("7", b"")
    line.close()
    assert len(hub.resumed) == 1


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    line = Connection(f"https://127.0.0.1:{port}", ssl.create_default_context(), connect_seconds=2, idle_seconds=2)
    with pytest.raises(Interrupted) as interrupted:
        line.ask("POST", "/exchange", b"abc", {}, most=100)
    assert (interrupted.value.is_sent, interrupted.value.was_connected) == (False, False)
