"""Why an act cannot be done, in words for the person.

CaseworkError
├── NotYet      something must be filled first: `lacks` says what
├── NotAllowed  not this person, not this step, or not for this kind of dispute
└── Gone        the thing is not on this desk, or only the named people may see it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing still to be filled, or to look at again.

    target: where a form jumps to: "risk", "parties.1.name" (second party), "told.consent", or
    "<party id>.<field>" for a party already registered. label: 牵涉几个人. message: the whole sentence.
    """

    target: str
    label: str
    message: str
    level: Literal["error", "warning"] = "error"


class CaseworkError(Exception):
    """An act that was not done; nothing was changed. `message` is for the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotYet(CaseworkError):
    """Something must be filled first."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(f"还差 {len(lacks)} 项：{'、'.join(lack.label for lack in lacks[:4])}。写好的都还在。")
        self.lacks = lacks


class NotAllowed(CaseworkError):
    """Not this person, not from this step, or not for this kind of dispute."""


class Gone(CaseworkError):
    """Not on this desk, or closed to this person."""
