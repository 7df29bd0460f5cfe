"""An amount in capitals under its field: what a slip of a digit would change is read before it is printed (§1.6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.casework.disputes.obligations import in_both
from desktop.views.kit import LabelledField

if TYPE_CHECKING:  # a binding of entries holds fields with amounts
    from desktop.views.disputes.forms.binding import Binding


def say_capitals(frame: LabelledField, binding: Binding) -> Callable[[], None]:
    """Say the amount of a field in figures and capitals as it is typed; call what is returned after a fill."""

    def follow(*_: object) -> None:
        cents = binding.read()
        frame.help(in_both(cents) if isinstance(cents, int) and cents > 0 else "")

    binding.typed(follow)
    binding.settled(follow)
    follow()
    return follow
