"""The list of deliberate bugs cannot rot: each still fits our source, and what should catch it is there."""

from __future__ import annotations

import pytest

from tests.mutations.slip import ROOT, Slip
from tests.mutations.slips import SLIPS


def named(slip: Slip) -> str:
    return slip.name


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_each_slip_still_fits_the_source_exactly_once_and_can_be_compiled(slip: Slip) -> None:
    assert slip.times() == 1
    assert slip.old != slip.new
    source = (ROOT / slip.file).read_text(encoding="utf-8").replace(slip.old, slip.new)
    compile(source, slip.file, "exec")


@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_what_should_catch_it_is_there(slip: Slip) -> None:
    if isinstance(slip.caught_by, int):
        assert slip.caught_by > 0
    else:
        assert (ROOT / slip.caught_by.split()[0].partition("::")[0]).is_file()


def test_the_list_is_as_long_as_was_promised_and_says_each_thing_once() -> None:
    assert len(SLIPS) >= 18
    assert len({slip.name for slip in SLIPS}) == len(SLIPS)
