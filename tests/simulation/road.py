"""A bad road between a desk and the hub: it cuts, loses answers, delivers twice and delivers late. Seeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol, TypeAlias

from sync.client.connection import Reply
from sync.protocol.errors import Garbled, Unreachable

Serve: TypeAlias = Callable[[str, bytes, Mapping[str, str]], tuple[int, bytes]]
TROUBLES = ("cut", "answer lost", "answer lost", "twice", "late", "old first", "answer torn")


class FileReply(Protocol):
    """What the hub's file door answers."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def body(self) -> bytes: ...


Door: TypeAlias = Callable[[str, str, bytes, Mapping[str, str]], FileReply]


def no_files(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> FileReply:
    """The door of a hub that takes no files."""
    return Reply(404, {}, b"no files here")


@dataclass
class Road:
    """A transport through the very code behind the hub's routes. `trouble` is the share of bad crossings.

    fate: what happens to every crossing while it is set. door: where file requests go.
    """

    serve: Callable[[], Serve]
    random: Random
    trouble: float = 0.0
    late: list[Callable[[], object]] = field(default_factory=list)
    crossings: int = 0
    door: Callable[[], Door] = lambda: no_files
    fate: str = ""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """One crossing. What happens is drawn before anything is delivered."""
        answers: list[tuple[int, bytes]] = []
        is_torn = self._cross(lambda: answers.append(self.serve()(path, body, dict(headers))))
        status, reply = answers[0]
        if is_torn:
            reply = self._torn(reply)
        if status in (400, 413):
            raise Garbled(f"HTTP {status}")
        if status != 200:
            raise Unreachable(f"HTTP {status}")
        return reply

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One crossing of the file lane; an answer torn before its body is an answer lost."""
        answers: list[FileReply] = []
        is_torn = self._cross(lambda: answers.append(self.door()(method, path, body, dict(headers))))
        reply = answers[0]
        if is_torn and not reply.body:
            raise Unreachable("cut after arriving")
        told = {name.lower(): value for name, value in reply.headers.items()}
        return Reply(reply.status, told, self._torn(reply.body) if is_torn else reply.body)

    def _cross(self, deliver: Callable[[], object]) -> bool:
        """Deliver as often as it happens; whether the answer came torn. Raises Unreachable."""
        self.crossings += 1
        what = self._draw()
        if what == "cut":
            raise Unreachable("cut before arriving")
        if what == "late":
            self.late.append(deliver)
            raise Unreachable("arrives later")
        if what == "old first" and self.late:
            self.late.pop(self.random.randrange(len(self.late)))()
        deliver()
        if what == "twice":
            deliver()
        if what == "answer lost":
            raise Unreachable("cut after arriving")
        return what == "answer torn"

    def _torn(self, reply: bytes) -> bytes:
        return reply[: self.random.randrange(len(reply))] if reply else reply

    def _draw(self) -> str:
        if self.fate or self.random.random() >= self.trouble:
            return self.fate or "fine"
        return self.random.choice(TROUBLES)
