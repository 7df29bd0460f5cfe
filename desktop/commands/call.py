"""One call of the command line: its arguments, and everything it may touch of the world, handed in."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, TextIO

from desktop.store import Argon, Surroundings
from desktop.store.protector import Protector

DONE, TROUBLE, MISUSED = 0, 1, 2
"""Exit codes: done; refused or in trouble, said on stderr; called wrongly."""


@dataclass(frozen=True, slots=True)
class World:
    """What a call may touch. ask: shows a question and reads an answer that stays unseen while it is typed.

    home: the data folder used when none is named. argon: what a try at a new secret shall cost.
    """

    out: TextIO
    errors: TextIO
    ask: Callable[[str], str]
    environment: Mapping[str, str]
    around: Surroundings
    now: Callable[[], datetime]
    random: Random
    home: Path
    protector: Protector | None = None
    argon: Argon = field(default_factory=Argon)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what was asked for, and the world it happens in."""

    arguments: Namespace
    world: World

    def say(self, words: str) -> None:
        """One line for the person."""
        print(words, file=self.world.out)

    def answer(self, plain: Mapping[str, Any], words: str) -> None:
        """The outcome: as JSON when that was asked for, else in words."""
        if self.arguments.json:
            print(json.dumps(plain, ensure_ascii=False, indent=2), file=self.world.out)
        else:
            self.say(words)

    def note(self, words: str) -> None:
        """Something beside the outcome: progress, a warning."""
        print(words, file=self.world.errors)
