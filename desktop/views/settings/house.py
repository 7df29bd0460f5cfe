"""What the settings page needs of the program beyond casework: people, backups, checks. desktop.app answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.views.unlock.door import Visitor
from desktop.views.welcome.arrival import Newcomer


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """One backup: its file, when it was made, how large it is."""

    path: Path
    made_at: datetime
    size_bytes: int


class House(Protocol):
    """The PC's own affairs. The acts run off the main thread; their errors speak to the person."""

    @property
    def folder(self) -> Path:
        """Where everything of this PC lies."""

    def people(self) -> Sequence[Visitor]:
        """Who can open this PC."""

    def candidates(self) -> Sequence[Newcomer]:
        """Who works here by the district's word and cannot open this PC yet."""

    def add_person(self, person: Newcomer, secret: str) -> None:
        """Let a person in."""

    def remove_person(self, account: str) -> None:
        """Shut the door for a person; what they wrote stays."""

    def change_secret(self, old: str, new: str) -> None:
        """A new secret for whoever sits here; the old one is asked again."""

    def new_recovery_code(self) -> str:
        """A new recovery code, to be shown once; the old one opens nothing any more."""

    def backups(self) -> Sequence[BackupFacts]:
        """The backups there are, newest first."""

    def back_up(self) -> BackupFacts:
        """Make one, read it back, check it."""

    def restore_backup(self, chosen: BackupFacts) -> None:
        """Put a backup in place of the store; the program must be unlocked anew. The present file is moved aside."""

    def rejoin(self, code: str) -> str:
        """Join the district anew with everything that is here; the name of the place. Raises NotJoined."""

    def verify(self) -> Sequence[str]:
        """Check the whole store; what is wrong with it, for support."""
