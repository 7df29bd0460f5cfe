"""One contender on one link, once: start its hub and its desk, listen, read the counters between the phases."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.link.contenders import Contender
from benchmarks.link.forwarder import Forwarder, Reading
from benchmarks.link.ground import Line, Namespace, hub_namespace
from benchmarks.link.profiles import OPEN, Profile

LIMIT_SECONDS = 300
PREPARING_SECONDS = 1800
_ROOT = Path(__file__).resolve().parents[2]
_MATTERS = ("sync", "desktop/store", "desktop/casework", "benchmarks/link/desks", "benchmarks/link/hubs")


@dataclass(frozen=True)
class Phase:
    """What one phase cost. `complete` is False when it was given up, or ended without everything being said."""

    name: str
    seconds: float
    complete: bool
    reading: Reading
    notes: Mapping[str, float] = field(default_factory=dict)


@dataclass
class Trial:
    """The phases of one contender on one link."""

    contender: Contender
    profile: Profile
    phases: dict[str, Phase] = field(default_factory=dict)
    hub_cpu_seconds: float = 0.0

    @property
    def is_complete(self) -> bool:
        """Whether every phase that began came to its end."""
        return bool(self.phases) and all(phase.complete for phase in self.phases.values())


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(part) for part in fields[11:15]) / os.sysconf("SC_CLK_TCK")


class DeskProcess:
    """A desk's program, heard line by line, each with the time it came."""

    def __init__(self, contender: Contender, namespace: Namespace, folder: Path, act: str) -> None:
        command = contender.desk(folder, act)
        self._log = (folder / f"desk-{act}.log").open("ab")
        self.process = namespace.start(
            command.words, extra=command.environment, cwd=_ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """The next line it tells; None when it ended, or said nothing for that long."""
        try:
            line = self._lines.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        return dict(json.loads(line)) if line else None

    def go(self) -> None:
        """The next phase may begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Wait for its end, or make it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self._log.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                self._lines.put(line)
        self._lines.put("")


@contextmanager
def hub_running(contender: Contender, folder: Path) -> Iterator[tuple[Namespace, subprocess.Popen[str]]]:
    """Its hub, in a namespace of its own."""
    namespace = hub_namespace()
    command = contender.hub(folder)
    with (folder / "hub.log").open("ab") as log:
        process = namespace.start(command.words, extra=command.environment, cwd=_ROOT, stdout=log, stderr=log)
        try:
            yield namespace, process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            namespace.close()


def prepared(contender: Contender, cache: Path, forwarder: Forwarder, *, disputes: int = 0) -> Path:
    """The folder in which both sides know the stock and the day waits; made once for this state of the sources.

    disputes: instead, the hub holds so many, and the desk nothing.
    """
    target = cache / f"{contender.name}-{disputes or 'day'}-{_state_of_sources()}"
    if (target / "done").exists():
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    if disputes:
        assert contender.found_full is not None, contender.name
        contender.found_full(target, disputes)
    else:
        contender.found(target)
    if contender.prepares_full if disputes else contender.prepares:
        with hub_running(contender, target) as (hub, _), laid_line(hub, forwarder) as line:
            desk = DeskProcess(contender, line.desk, target, "prepare")
            desk.hear(PREPARING_SECONDS)
            if desk.end():
                raise RuntimeError((target / "desk-prepare.log").read_text(encoding="utf-8")[-2000:])
    (target / "done").touch()
    return target


def run(contender: Contender, profile: Profile, template: Path, forwarder: Forwarder, *, seed: int, act: str = "day",
        limit_seconds: float = LIMIT_SECONDS) -> Trial:  # fmt: skip
    """One trial on a copy of the prepared folder."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fengqiao-link-")))
        shutil.copytree(template, folder, dirs_exist_ok=True)
        hub, process = stack.enter_context(hub_running(contender, folder))
        line = stack.enter_context(laid_line(hub, forwarder))
        desk = DeskProcess(contender, line.desk, folder, act)
        trial = Trial(contender, profile)
        if desk.hear(60) is None:
            desk.end()
            raise RuntimeError((folder / f"desk-{act}.log").read_text(encoding="utf-8")[-2000:])
        spent = cpu_seconds(process.pid)
        line.wire.become(profile, seed=seed)
        _follow(trial, desk, line, limit_seconds)
        if act not in trial.phases:
            now = line.wire.reading()
            trial.phases[act] = Phase(act, now.at, False, now)
            said = (folder / f"desk-{act}.log").read_text(encoding="utf-8", errors="replace")[-1000:]
            print(f"{profile.name} {contender.name} was not done. It said last:\n{said}", file=sys.stderr)
        trial.hub_cpu_seconds = cpu_seconds(process.pid) - spent
        line.wire.become(OPEN, seed=seed)
        return trial


def _follow(trial: Trial, desk: DeskProcess, line: Line, limit_seconds: float) -> None:
    """From phase to phase. After each the line falls silent, so that its last packets are counted with it."""
    before = line.wire.reading()
    desk.go()
    try:
        while told := desk.hear(limit_seconds - (line.wire.reading().at - before.at)):
            time.sleep(0.2 + 2 * trial.profile.rtt_seconds)
            now = line.wire.reading()
            phase = Phase(told["phase"], told["seconds"], told["complete"], now.since(before), told.get("notes", {}))
            trial.phases[phase.name] = phase
            before = now
            desk.go()
    except BrokenPipeError:
        return
    finally:
        desk.process.kill()
        desk.end()


@contextmanager
def laid_line(hub: Namespace, forwarder: Forwarder) -> Iterator[Line]:
    """A desk's namespace with a wire to the hub's, for a while."""
    line = Line.lay(hub, forwarder)
    try:
        yield line
    finally:
        line.close()


def _state_of_sources() -> str:
    """Changes when anything that could change what is prepared does."""
    digest = hashlib.sha256()
    for top in _MATTERS:
        for file in sorted(found for found in (_ROOT / top).rglob("*.*") if found.suffix in (".py", ".js", ".toml")):
            digest.update(file.read_bytes())
    for name in ("records.py", "texts.py", "vocabulary.toml", "contenders.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:12]
