"""What a deliberate bug is, and what should notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_SEED = 90_000


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of the pen in our own source.

    name: what goes wrong, in words. old: the text it replaces, there exactly once. caught_by: tests as pytest names
    them, or how many seeds of the simulation.
    """

    name: str
    file: str
    old: str
    new: str
    caught_by: str | int

    def times(self, root: Path = ROOT) -> int:
        """How often the text to replace is there."""
        return (root / self.file).read_text(encoding="utf-8").count(self.old)

    def make(self, root: Path) -> None:
        """Make this slip in a copy of the tree. Raises ValueError when the text is not there exactly once."""
        if self.times(root) != 1:
            raise ValueError(f"{self.name}: {self.file} holds {self.old!r} {self.times(root)} times")
        path = root / self.file
        path.write_text(path.read_text(encoding="utf-8").replace(self.old, self.new), encoding="utf-8")

    def command(self) -> tuple[str, ...]:
        """What to run with Python to notice it."""
        return simulate(self.caught_by) if isinstance(self.caught_by, int) else test(self.caught_by)


def simulate(seeds: int) -> tuple[str, ...]:
    """So many seeds of the simulation, as far as the first that fails."""
    counted = ("--seeds", str(seeds), "--first", str(FIRST_SEED))
    return ("-m", "tests.simulation", *counted, "--processes", "1", "--stop")


def test(selection: str) -> tuple[str, ...]:
    """A few tests, as far as the first that fails."""
    return ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *selection.split())


test.__test__ = False  # type: ignore[attr-defined]
