"""One seed from beginning to end."""

from __future__ import annotations

import shutil
import traceback
from pathlib import Path

from tests.simulation.office_day import play
from tests.simulation.town import open_town
from tests.simulation.verdict import judge


def run_seed(template: Path, people: dict[str, str], seed: int) -> tuple[int, str]:
    """One seed in a folder of its own; (seed, "" or what went wrong)."""
    folder = template.parent / f"seed-{seed}"
    try:
        with open_town(template, people, folder, seed) as town:
            play(town, steps=town.random.randint(10, 40))
            judge(town)
    except Exception:
        return seed, traceback.format_exc()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return seed, ""
