"""One siege with everything in play: entry, a ledger, files, sticks, a cut line; desks and hub killed in any order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from desktop.demo.ledger import write_village_ledger
from tests.kills.homecoming import carry_over
from tests.kills.siege import Siege, copied

ROWS = 60
WORKS = {"enter": 2, "exchange": 3, "carry": 3, "stick": 3, "take": 1, "pass on": 3}
"""What is being done when a life ends, and how often."""
MOST_BYTES = 40_000
"""What a connection carries before it is cut, at most."""
HUB_FALLS = 0.2
"""The share of the village's lives in which the hub falls too."""


def besiege(template: Path, accounts: dict[str, str], folder: Path, seed: int, kills: int) -> Counter[str]:
    """Kill at random moments until there were so many kills, make peace, and reckon up; what was at stake.

    Raises AssertionError when anything acknowledged is lost, anything is there twice, or the sides differ.
    """
    copied(template, folder)
    siege, counts = Siege(folder, accounts, seed), Counter[str]()
    rows = write_village_ledger(folder / "花所村 台账.xlsx", Random(seed), count=ROWS)
    with siege.cut_line(MOST_BYTES) as line:
        siege.hub.start()
        while siege.kills < kills - 1:
            (work,) = siege.random.choices(list(WORKS), weights=list(WORKS.values()))
            counts[f"lives: {work}"] += 1
            if work == "pass on":
                siege.pass_on(things=8, seconds=0.3)
            else:
                siege.live(work, things=20, seconds=0.3, hub_falls=siege.random.random() < HUB_FALLS)
        line.quiet = True
        siege.finish("take", "taken")
        carry_over(siege)
        siege.conclude()
        assert siege.imported() == len(rows)
        counts.update(kills=siege.kills, cuts=line.cuts, sieges=1)
    sticks = [path for path in siege.village.stick().iterdir() if path.name.startswith(("枫桥", "回执"))]
    counts.update(acknowledged=len(siege.book.sure), files=len(siege.book.files), stick_files=len(sticks))
    return counts
