"""What holds for every test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
# Wall times say nothing about right or wrong on a busy computer.

gc.disable()
# Left to itself Python collects in whichever thread allocates next, xdist's among them, and Qt objects that die in a
# foreign thread bring the worker down now and then. As in the program, they are collected on the main thread.


@pytest.fixture(autouse=True)
def collected_on_the_main_thread() -> Iterator[None]:
    """Collect what each test leaves, by the usual thresholds, when it is over."""
    yield
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(len(counts)) if counts[generation] > limits[generation]]
    if due:
        gc.collect(due[-1])
