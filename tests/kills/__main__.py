"""The long siege: `python -m tests.kills --kills 1000`. One seed is one siege; a failing one is named."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.kills.campaign import besiege
from tests.kills.siege import make_template

KILLS_PER_SIEGE = 50


def main() -> int:
    """Siege after siege, until there were that many kills; the figures at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="of the first siege")
    given, counts, started = parser.parse_args(), Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fengqiao-kills-") as base:
        template = Path(base) / "template"
        template.mkdir()
        accounts, seed = make_template(template), given.seed
        while counts["kills"] < given.kills:
            kills = min(KILLS_PER_SIEGE, given.kills - counts["kills"])
            with tempfile.TemporaryDirectory(dir=base) as folder:
                try:
                    counts += besiege(template, accounts, Path(folder), seed, kills)
                except BaseException:
                    print(f"the siege of seed {seed} ({kills} kills) ended badly", flush=True)
                    raise
            print(f"seed {seed}: {counts['kills']} kills, {time.monotonic() - started:.0f} s", flush=True)
            seed += 1
    print(f"nothing lost, nothing doubled: {dict(counts)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
