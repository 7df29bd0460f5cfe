"""Guards against much at once, made small enough for offices that hold a handful of disputes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from desktop.store import outbox, taking
from sync.server import striking

STRUCK, LEAVING = 2, 8
"""Disputes struck out, and records taken away, that ask nobody."""


@contextmanager
def small_limits() -> Iterator[None]:
    """In here few are many."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(outbox, "STRUCK_LEAST", STRUCK))
        stack.enter_context(patch.object(striking, "LEAST", STRUCK))
        stack.enter_context(patch.object(taking, "LEAVING_LEAST", LEAVING))
        yield
