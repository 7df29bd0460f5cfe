"""`python -m desktop`: the window, or one command. Here the desk meets clock, dice, screen and disk."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from random import SystemRandom

import platformdirs

from desktop.commands.call import Call, World
from desktop.commands.parser import make_parser
from desktop.commands.run import run
from desktop.commands.trouble import Refused
from desktop.store import surroundings
from desktop.store.protector import Protector


def main(line: Sequence[str]) -> int:
    """The exit code of one call."""
    _speak_utf8()
    arguments = make_parser().parse_args(line)
    home = platformdirs.user_data_path("FengqiaoDesk", appauthor=False)
    if arguments.selftest:
        from desktop import selftest

        return selftest.run()
    if arguments.act is None:
        from desktop import app

        return app.run(arguments.folder or home)
    return run(Call(arguments, _world(home)))


def _world(home: Path) -> World:
    return World(
        out=sys.stdout,
        errors=sys.stderr,
        ask=_ask,
        environment=os.environ,
        around=surroundings.real(),
        now=lambda: datetime.now().astimezone(),
        random=SystemRandom(),
        home=home,
        protector=_protector(),
    )


def _protector() -> Protector | None:
    if sys.platform != "win32":
        return None
    from desktop.store import dpapi

    return dpapi.WindowsProtector()


def _ask(question: str) -> str:
    if not sys.stdin or not sys.stdin.isatty():
        raise Refused("要打密码，可这里没有键盘。用 --secret-file 或环境变量给。")
    return getpass.getpass(question)


def _speak_utf8() -> None:
    """A pipe or a file gets UTF-8; a console shows what it can and never stops on a rare character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
