"""Carrying out one command: the act, its exit code, and every trouble told in plain words."""

from __future__ import annotations

from desktop.commands.call import MISUSED, TROUBLE, Call
from desktop.commands.trouble import Misused, words


def run(call: Call) -> int:
    """The exit code of a command; faults of the program are raised."""
    try:
        code: int = call.arguments.act(call)
    except (Exception, KeyboardInterrupt) as problem:
        told = words(problem)
        if told is None:
            raise
        call.note(told)
        return MISUSED if isinstance(problem, Misused) else TROUBLE
    return code
