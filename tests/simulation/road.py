"""A bad road between a desk and the hub: it cuts, loses answers, delivers twice and delivers late. Seeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from sync.protocol.errors import Garbled, Unreachable

Serve = Callable[[str, bytes, Mapping[str, str]], tuple[int, bytes]]


@dataclass
class Road:
    """A transport through the very code behind the hub's routes. `trouble` is the share of bad crossings."""

    serve: Callable[[], Serve]
    random: Random
    trouble: float = 0.0
    late: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    crossings: int = 0

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """One crossing. What happens is drawn before anything is delivered."""
        self.crossings += 1
        what = self._draw()
        if what == "cut":
            raise Unreachable("cut before arriving")
        if what == "late":
            self.late.append((path, body, dict(headers)))
            raise Unreachable("arrives later")
        if what == "old first" and self.late:
            self.serve()(*self.late.pop(self.random.randrange(len(self.late))))
        status, reply = self.serve()(path, body, headers)
        if what == "twice":
            self.serve()(path, body, headers)
        if what == "answer lost":
            raise Unreachable("cut after arriving")
        if what == "answer torn":
            reply = reply[: self.random.randrange(len(reply))] if reply else reply
        if status in (400, 413):
            raise Garbled(f"HTTP {status}")
        if status != 200:
            raise Unreachable(f"HTTP {status}")
        return reply

    def _draw(self) -> str:
        if self.random.random() >= self.trouble:
            return "fine"
        return self.random.choice(("cut", "answer lost", "answer lost", "twice", "late", "old first", "answer torn"))
