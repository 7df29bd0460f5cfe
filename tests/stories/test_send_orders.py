"""Whatever order a create and its updates arrive in, all end alike (peers.md §8: ODK's lesson)."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.stories.send_orders import Pair, classes, play_all


def test_every_order_of_a_create_and_two_updates_and_some_of_five_end_alike(tmp_path: Path) -> None:
    pair = Pair.meet(tmp_path)
    short = [case for updates in range(3) for case in classes(updates)]
    long = Random(1).sample(classes(5), 25)
    assert play_all(pair, [*short, *long]) == 2 * (23 + 25)
    assert pair.district.hub.verify() == []
    pair.district.hub.close()
