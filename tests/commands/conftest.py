"""The desk's command line on real folders, against a real hub process; as real processes where that matters."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.commands.call import Call, World
from desktop.commands.parser import make_parser
from desktop.commands.run import run
from desktop.commands.trouble import Refused
from desktop.store import Argon
from desktop.store.surroundings import real
from tests.server.service import ROOT, Service, command

DISTRICT, TOWNSHIP, VILLAGE = "620802000000", "620802107000", "620802107204"
SECRET = "麦田里的 37 只羊"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)


@dataclass
class Seat:
    """One PC: `seat("status", "--json")` runs a command on its folder, `seat.process` does so in a process."""

    folder: Path
    secret: str = SECRET

    def __call__(self, *words: str | Path, code: int = 0, **environment: str) -> Said:
        """Run a command here; its exit code must be `code`."""
        out, errors = StringIO(), StringIO()
        world = World(
            out, errors, _nobody_sits_here, {"FENGQIAO_SECRET": self.secret, **environment}, real(),
            lambda: datetime.now().astimezone(), Random(7), self.folder, argon=Argon(8, 1, 1),
        )  # fmt: skip
        with redirect_stderr(errors):
            found = run(Call(make_parser().parse_args(self.words(*words)), world))
        said = Said(found, out.getvalue(), errors.getvalue())
        assert found == code, said
        return said

    def process(self, *words: str | Path, code: int = 0, **environment: str) -> Said:
        """Run a command as a process of its own; its exit code must be `code`."""
        done = subprocess.run(
            self.line(*words), cwd=ROOT, env=self.environment(**environment), stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
        said = Said(done.returncode, done.stdout, done.stderr)
        assert done.returncode == code, said
        assert "Traceback" not in done.stderr, said
        return said

    def line(self, *words: str | Path) -> list[str]:
        """The words of a process that runs this command on this PC."""
        return [sys.executable, "-W", "error", "-m", "desktop", *self.words(*words)]

    def words(self, *words: str | Path) -> list[str]:
        """The words of a command on this PC's folder."""
        whole = [str(word) for word in words]
        split = 2 if whole[0] in ("person", "carrier") else 1
        return [*whole[:split], "--folder", str(self.folder), *whole[split:]]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of that process: nothing of ours but the secret."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FENGQIAO")}
        return {**kept, "FENGQIAO_SECRET": self.secret, **more}


def _nobody_sits_here(question: str) -> str:
    raise Refused(f"没人回答“{question}”")


@dataclass
class District:
    """A hub process and the folders of its desks."""

    service: Service
    root: Path

    def hub(self, *words: str) -> list[str]:
        """A command of the hub's own command line."""
        return command(self.service.folder, *words)

    def account(self, name: str, place: str, role: str) -> str:
        """A new account; its id."""
        [line] = self.hub("accounts", "add", "--name", name, "--place", place, "--role", role, "--start", "2026-01-01")
        return line.split("\t")[1]

    def code(self, place: str) -> str:
        """A one-time enrolment code."""
        return self.hub("codes", "make", place)[0].removeprefix("入网码：")

    def seat(self, name: str, place: str = VILLAGE, role: str = "village", person: str = "") -> Seat:
        """An enrolled PC with one person at it."""
        seat = Seat(self.root / name)
        person = person or f"{name}的人"
        self.account(person, place, role)
        seat("enrol", "--hub", self.service.url, "--person", person, FENGQIAO_CODE=self.code(place))
        return seat


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """One hub for all tests of the command line."""
    folder = tmp_path_factory.mktemp("区 中心")
    command(folder, "init", "--district", DISTRICT, "--host", "127.0.0.1", "--host", "localhost")
    service = Service(folder)
    service.start()
    yield District(service, tmp_path_factory.mktemp("各 台 电脑"))
    service.stop()


@pytest.fixture(scope="session")
def village(district: District) -> Seat:
    """An enrolled PC of 花所村."""
    return district.seat("花所村 电脑", person="柳建国")
