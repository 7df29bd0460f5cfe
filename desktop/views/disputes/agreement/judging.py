"""What follows from an agreement as it was written: what it lacks, what to look at, which words to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, terms
from desktop.casework.disputes.terms import TermHint
from desktop.casework.errors import Lack


@dataclass(frozen=True)
class Judged:
    """lacks bar the act; hints and words do not."""

    lacks: tuple[Lack, ...]
    hints: tuple[Lack, ...]
    words: tuple[TermHint, ...]


def judge(desk: Desk, dispute_id: str, draft: Mapping[str, Any]) -> Judged:
    """What follows from a draft. In the store lane. Raises Gone."""
    own = dict(draft)
    return Judged(
        agreements.missing(desk, dispute_id, own),
        agreements.hints(desk, dispute_id, own),
        terms.check_agreement(own),
    )
