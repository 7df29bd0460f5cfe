"""Monday morning: many real desks at once on one hub, each with a good link of its own, beside one desk alone.

    python -m benchmarks fleet [--desks 50] [--new 20] [--seed N] [--slower 6]

Every desk is a process with its own encrypted store, in its own network namespace; it has written some disputes with
parties and sessions, and all are told to send at the same moment. Needs root, as `link` does. Claim: the last one is
done in at most twice the time of one alone plus the hub's processor time.

Fifty offices have fifty PCs; here all of them share the processors of one. So the clock of this little world runs
`--slower` times slower than the wall: links are that much slower and the hub may use only its share of two processors
(2 / slower), while desks and links have the rest; all times are then divided by it. With `--slower 1` the desks take
from the hub what in an office they have of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.link.contenders import add_desk, contender, found_hub, premises
from benchmarks.link.forwarder import Forwarder
from benchmarks.link.ground import Line, NotPossibleHere, require, sweep
from benchmarks.link.profiles import PROFILES
from benchmarks.link.share import limited_to
from benchmarks.link.trial import DeskProcess, cpu_seconds, hub_running, laid_line
from sync.server.commands.acts import divisions_file
from sync.server.hub import Hub
from sync.server.offices import read_divisions

DISTRICT = "620802000000"
JOINING_SECONDS = 900
SENDING_SECONDS = 900
HUB_CORES = 2
_VILLAGE = 5
"""The level of a village among the divisions."""


@dataclass(frozen=True)
class Morning:
    """What came of it: seconds of each desk by the clock of its world, and who used the processors."""

    seconds: list[float]
    complete: int
    hub_cpu_seconds: float
    desk_cpu_seconds: float
    other_cpu_seconds: float
    bytes_up: int


def main() -> bool:
    """Print the figures; True when the claim does not hold, or when the computer cannot do this."""
    asked = _asked()
    try:
        require()
    except NotPossibleHere as missing:
        print(f"fleet: {missing}")
        return True
    sweep()
    forwarder = Forwarder()
    try:
        alone, together = (_morning(desks, asked, forwarder) for desks in (1, asked.desks))
    finally:
        forwarder.stop()
    return _tell(asked, alone, together)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks fleet")
    parser.add_argument("--desks", type=int, default=50)
    parser.add_argument("--new", type=int, default=20, help="disputes each desk has written, with parties and session")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slower", type=float, default=6, help="how many times slower the clock runs than the wall's")
    return parser.parse_args()


def _morning(desks: int, asked: argparse.Namespace, forwarder: Forwarder) -> Morning:
    ours = contender("ours", Path())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fengqiao-fleet-")))
        seats = _found(folder, desks, asked)
        hub, process = stack.enter_context(hub_running(ours, folder))
        if asked.slower > 1:
            stack.enter_context(limited_to(HUB_CORES / asked.slower, process.pid))
        lines = [stack.enter_context(laid_line(hub, forwarder)) for _ in seats]
        everybody = [DeskProcess(ours, line.desk, seat, "morning") for line, seat in zip(lines, seats, strict=True)]
        stack.enter_context(_ended(everybody))
        _await_all(everybody, seats)
        before = cpu_seconds(process.pid), _busy_seconds(), time.process_time()
        told = _send_all(everybody, lines, asked)
        hub_cpu, busy, own = (
            now - then
            for now, then in zip((cpu_seconds(process.pid), _busy_seconds(), time.process_time()), before, strict=True)
        )
        desks_cpu = sum(one["notes"]["cpu_seconds"] for one in told)
        return Morning(
            seconds=sorted(one["seconds"] / asked.slower for one in told),
            complete=sum(bool(one["complete"]) for one in told),
            hub_cpu_seconds=hub_cpu,
            desk_cpu_seconds=desks_cpu,
            other_cpu_seconds=max(0.0, busy - hub_cpu - desks_cpu - own),
            bytes_up=sum(line.wire.reading().up.bytes for line in lines),
        )


def _busy_seconds() -> float:
    """Processor time spent on this computer by anybody."""
    whole = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, irq, softirq = whole[:7]
    return sum(int(part) for part in (user, nice, system, irq, softirq)) / os.sysconf("SC_CLK_TCK")


def _await_all(everybody: list[DeskProcess], seats: list[Path]) -> None:
    for number, (desk, seat) in enumerate(zip(everybody, seats, strict=True), 1):
        if desk.hear(JOINING_SECONDS) is None:
            raise RuntimeError((seat / "desk-morning.log").read_text(encoding="utf-8")[-2000:])
        print(f"\r  {number} of {len(seats)} desks have joined", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _send_all(everybody: list[DeskProcess], lines: list[Line], asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Tell all to send at once; what each told when it was done."""
    for line in lines:
        line.wire.become(PROFILES["good"].slowed(asked.slower), seed=asked.seed)
    for desk in everybody:
        desk.go()
    return [told for desk in everybody if (told := desk.hear(SENDING_SECONDS))]


def _found(folder: Path, desks: int, asked: argparse.Namespace) -> list[Path]:
    """A hub, and a seat in a village for each desk."""
    found_hub(folder)
    villages = [code for code, _, level in read_divisions(divisions_file(), DISTRICT) if level == _VILLAGE][:desks]
    with closing(premises(folder).open()) as hub:
        return [_seat(hub, folder / f"seat-{n}", village, n, asked) for n, village in enumerate(villages)]


def _seat(hub: Hub, folder: Path, village: str, number: int, asked: argparse.Namespace) -> Path:
    clerk = hub.add_account(f"村干部{number}", village, ["village", "mediator"], valid_from="2020-01-01")
    add_desk(hub, folder / "desk", village)
    seat = {"clerk": clerk, "place": village, "seed": f"{asked.seed}{number:03d}", "new": str(asked.new)}
    (folder / "desk" / "seat.json").write_text(json.dumps(seat), encoding="utf-8")
    return folder


@contextmanager
def _ended(everybody: list[DeskProcess]) -> Iterator[None]:
    try:
        yield
    finally:
        for desk in everybody:
            desk.process.kill()
        for desk in everybody:
            desk.end()


def _tell(asked: argparse.Namespace, alone: Morning, together: Morning) -> bool:
    one, last = alone.seconds[-1], together.seconds[-1] if together.seconds else float("inf")
    limit = 2 * one + together.hub_cpu_seconds
    done = together.complete == asked.desks
    print(f"fleet: {asked.desks} desks on one hub, {asked.new} disputes each, {os.cpu_count()} cores for all of them, "
          f"the clock {asked.slower:g} times slower than the wall's")
    print(f"  one alone {one:.2f} s (CPU: hub {alone.hub_cpu_seconds:.2f} s, desk {alone.desk_cpu_seconds:.2f} s)")
    print(f"  together: median {together.seconds[len(together.seconds) // 2]:.2f} s, last {last:.2f} s,"
          f" {together.complete} complete, {together.bytes_up:,} B up")  # fmt: skip
    print(f"  CPU: hub {together.hub_cpu_seconds:.2f} s, the desks' own {together.desk_cpu_seconds:.2f} s, "
          f"others on this computer {together.other_cpu_seconds:.2f} s")  # fmt: skip
    print(f"  {'holds' if done and last <= limit else 'DOES NOT HOLD'}: all complete, the last within {limit:.2f} s")
    return not (done and last <= limit)
