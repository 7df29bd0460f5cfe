"""Two hundred processes killed at random moments: what was acknowledged is there, once, and all agree at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from desktop.demo.ledger import write_village_ledger
from tests.kills.siege import Siege

Begin = Callable[[int], Siege]
TYPING, TAKING, EXCHANGING, FALLING = (4, 22), (2, 12), (3, 22), (2, 12)
"""Sieges of each kind, and kills in each: 202, and one more of the hub at the end of every siege."""


@pytest.mark.parametrize("seed", range(TYPING[0]))
def test_a_desk_killed_while_people_type_and_register_keeps_every_keystroke(siege_of: Begin, seed: int) -> None:
    siege = siege_of(seed)
    for _ in range(TYPING[1]):
        siege.live("enter", things=40, seconds=0.05)
    siege.hub.start()
    siege.conclude()


@pytest.mark.parametrize("seed", range(TAKING[0]))
def test_a_desk_killed_while_a_ledger_is_taken_in_takes_every_row_once(
    siege_of: Begin, tmp_path: Path, seed: int
) -> None:
    siege = siege_of(seed)
    written = write_village_ledger(tmp_path / "花所村 台账.xlsx", Random(seed), count=500)
    for _ in range(TAKING[1]):
        siege.live("take", things=4, seconds=0.4)
    siege.finish("take", "taken")
    siege.hub.start()
    siege.conclude()
    assert siege.imported() == len(written)


@pytest.mark.parametrize("seed", range(EXCHANGING[0]))
def test_a_desk_killed_while_it_exchanges_over_tls_loses_and_doubles_nothing(siege_of: Begin, seed: int) -> None:
    siege = siege_of(seed)
    siege.hub.start()
    for _ in range(EXCHANGING[1]):
        siege.live("exchange", things=20, seconds=0.1)
    siege.conclude()


@pytest.mark.parametrize("seed", range(FALLING[0]))
def test_a_hub_killed_in_the_middle_of_exchanges_loses_and_doubles_nothing(siege_of: Begin, seed: int) -> None:
    siege = siege_of(seed)
    siege.hub_falls(FALLING[1], seconds=0.2)
    siege.hub.start()
    siege.conclude()
