"""The demonstration's bad line is a real one: what a desk sees of each trouble."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.demo.bad_line import TROUBLES, BadLine
from desktop.demo.toy_hub import ToyHub
from sync.client.transport import HttpsTransport
from sync.protocol.errors import Garbled, Unreachable

NONSENSE = b"x" * 5000


class Fate(Random):
    """Chooses what the test has chosen."""

    kind = "fine"

    def choice(self, seq: Any) -> Any:
        return self.kind


@pytest.fixture
def line(tmp_path: Path) -> Iterator[BadLine]:
    """A line to a hub of its own."""
    hub = ToyHub(tmp_path / "区 中心")
    hub.found()
    made = BadLine(hub.url, tmp_path / "区 中心", Fate())
    made.trouble = 1.0
    made.go_up()
    yield made
    made.go_down()
    hub.stop()


def crossing(line: BadLine, folder: Path) -> type[Exception] | None:
    """What a desk is told when it sends something the hub cannot read."""
    transport = HttpsTransport(line.url, folder / "区 中心" / "ca.pem", connect_seconds=5, idle_seconds=5)
    try:
        transport.post("/exchange", NONSENSE, {})
    except (Garbled, Unreachable) as problem:
        return type(problem)
    finally:
        transport.close()
    return None


@pytest.mark.parametrize("kind", sorted(set(TROUBLES)))
def test_what_is_cut_lost_or_torn_is_no_answer_and_the_rest_arrives(line: BadLine, tmp_path: Path, kind: str) -> None:
    line._random.kind = kind  # type: ignore[attr-defined]
    heard = crossing(line, tmp_path)
    assert heard is (Unreachable if kind in ("cut", "lost", "torn") else Garbled)
    assert line.seen == {kind: 1}


def test_a_line_that_is_down_hangs_up_and_comes_back_at_the_same_address(line: BadLine, tmp_path: Path) -> None:
    line.trouble = 0.0
    assert crossing(line, tmp_path) is Garbled
    line.go_down()
    assert crossing(line, tmp_path) is Unreachable
    line.go_up()
    assert crossing(line, tmp_path) is Garbled
