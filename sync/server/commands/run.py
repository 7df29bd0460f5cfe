"""Carrying out one command line, with every failure told in plain words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from sync.server.charter import NotFounded
from sync.server.commands.acts import Say
from sync.server.commands.parser import make_parser
from sync.server.judge import Refused
from sync.server.offices import Unclear
from sync.server.premises import Premises
from sync.server.turn import day_of


def run(
    words: Sequence[str], *, clock_ms: Callable[[], int], random_bytes: Callable[[int], bytes], say: Say
) -> int:
    """The exit code: 0 done, 1 not possible or not in order. Wrong calls leave by SystemExit 2."""
    args = make_parser(day_of(clock_ms())).parse_args(words)
    premises = Premises(args.folder, clock_ms=clock_ms, random_bytes=random_bytes)
    try:
        return _carry_out(premises, args, say)
    except NotFounded as problem:
        is_there = str(problem).startswith("already")
        say("这里已经有区中心了，不能再建。" if is_there else "这里还没有区中心，请先用 init 建。")
    except Refused as refused:
        say(f"没有收下：{refused.why}")
    except (Unclear, ValueError) as problem:
        say(str(problem))
    except (ArgumentError, NoSuchModuleError):
        say("数据库地址写得不对。")
    except (DBAPIError, OSError) as problem:
        say(f"数据库或文件打不开，什么也没有改动：{problem}")
    return 1


def _carry_out(premises: Premises, args: argparse.Namespace, say: Say) -> int:
    if args.house is not None:
        return int(args.house(premises, args, say))
    hub = premises.open()
    try:
        return int(args.act(hub, args, say))
    finally:
        hub.close()
