"""What went wrong, in words: what happened, that nothing is lost, what to do (window.md §5)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.views.kit import Notices


@dataclass(frozen=True)
class Trouble:
    """A fact for the first line, the rest for the second, and what support wants to hear ("" when all is said)."""

    fact: str
    rest: str
    detail: str = ""


def words_of(error: Exception) -> Trouble:
    """An error in plain words. What the libraries say stays behind 详情."""
    if is_spoken(error):
        fact, _, rest = str(error).partition("。")
        return Trouble(fact, rest)
    return Trouble(
        "这一步没办成",
        "存下的都还在，别的照常用。再试一次；还不行，把详情告诉技术人员。",
        f"{type(error).__name__}: {error}",
    )


def is_spoken(error: Exception) -> bool:
    """Whether the error was written for a person: those of this program are, those of Python and Qt are not."""
    return type(error).__module__.partition(".")[0] == "desktop"


def spoken(error: Exception) -> str:
    """The whole of it in one run of sentences."""
    trouble = words_of(error)
    return f"{trouble.fact}。{trouble.rest}" if trouble.rest else trouble.fact


def tell(notices: Notices, error: Exception) -> None:
    """Say it at the lower right; it stays until closed."""
    trouble = words_of(error)
    actions = [("详情", lambda: notices.tell("详情", trouble.detail, kind="error"))] if trouble.detail else []
    notices.tell(trouble.fact, trouble.rest, kind="error", actions=actions)
