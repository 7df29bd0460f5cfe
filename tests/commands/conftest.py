"""The desk's command line as other programs meet it: real processes, against a real hub process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
    """One PC: `seat("sync", "--json")` runs a command on its folder."""

    folder: Path
    secret: str = SECRET

    def __call__(self, *words: str | Path, code: int | None = 0, **environment: str) -> Said:
        """Run a command; its exit code must be `code`."""
        done = subprocess.run(
            self.line(*words), cwd=ROOT, env=self.environment(**environment), stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
        said = Said(done.returncode, done.stdout, done.stderr)
        assert code is None or done.returncode == code, said
        assert "Traceback" not in done.stderr, said
        return said

    def line(self, *words: str | Path) -> list[str]:
        """The words of a process that runs this command on this PC."""
        whole = [str(word) for word in words]
        place = ["--folder", str(self.folder)]
        split = 2 if whole[0] == "person" else 1
        return [sys.executable, "-W", "error", "-m", "desktop", *whole[:split], *place, *whole[split:]]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of that process: nothing of ours but the secret."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FENGQIAO")}
        return {**kept, "FENGQIAO_SECRET": self.secret, **more}


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
