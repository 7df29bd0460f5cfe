"""One seed from beginning to end, and the template every seed starts from."""

from __future__ import annotations

import os
import shutil
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulation.attachments import FILES, held_at_hub
from tests.simulation.bad_luck import BAD_LUCK
from tests.simulation.misfortunes import MISFORTUNES, back_up_hub
from tests.simulation.office_day import ACTS, morning, play
from tests.simulation.town import make_template, open_town
from tests.simulation.verdict import judge

STEPS = (8, 30)
ROOM_BYTES = 512 * 1024 * 1024
"""What several processes' seeds at work may take."""


@dataclass
class Outcome:
    """What one seed came to: "" or what went wrong, and how much really happened in it."""

    seed: int
    trouble: str = ""
    counts: Counter[str] = field(default_factory=Counter)


def quick_folder() -> Path | None:
    """A folder in memory, where this computer has a roomy one: the disk's own pace is not what is simulated."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_BYTES
    return memory if has_room else None


def make_morning(folder: Path) -> tuple[Path, dict[str, str]]:
    """Hub and desks as they stand when the day begins; the folder to copy and seat name -> account id."""
    bare, stocked = folder / "bare", folder / "morning"
    bare.mkdir()
    people = make_template(bare)
    with open_town(bare, people, stocked, seed=0) as town:
        morning(town)
        for seat in town.seats.values():
            seat.store.back_up()
        back_up_hub(town, town.seats["district"])
    return stocked, people


def run(template: Path, people: dict[str, str], folder: Path, seed: int) -> Counter[str]:
    """Play and judge one seed in a folder of its own; what happened in it. Raises AssertionError."""
    with open_town(template, people, folder, seed) as town:
        play(town, town.random.randint(*STEPS), {**ACTS, **MISFORTUNES, **BAD_LUCK, **FILES})
        judge(town)
        journal, refusals = town.hub.journal(), town.hub.refusals()
        return town.met + Counter(f"refused {line.code}" for line in refusals) + Counter(
            seeds=1, changes=len(journal), set_aside=sum(bool(e.aside) for e in journal),
            settled=sum(bool(e.change.settles) for e in journal), refused=len(refusals),
            crossings=sum(seat.road.crossings for seat in town.seats.values()), files=len(held_at_hub(town)),
        )  # fmt: skip


def run_seed(template: Path, people: dict[str, str], seed: int) -> Outcome:
    """The same, for a pool of processes: never raises, leaves nothing behind."""
    folder = template.parent / f"seed-{seed}"
    try:
        return Outcome(seed, counts=run(template, people, folder, seed))
    except Exception:
        return Outcome(seed, traceback.format_exc())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
