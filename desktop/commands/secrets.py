"""Where a secret comes from: a file, the environment, or the person; never the command line."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.call import Call
from desktop.commands.trouble import Refused
from desktop.views.unlock import rules

VARIABLE = "FENGQIAO_SECRET"
NEW_VARIABLE = "FENGQIAO_NEW_SECRET"


def secret(call: Call) -> str:
    """The secret that unlocks, for the person of this call."""
    return given(call, call.arguments.secret_file, VARIABLE) or call.world.ask("密码：")


def new_secret(call: Call, file: Path | None, variable: str) -> str:
    """A secret to be set; typed twice when a person types it. Raises Refused when it will not do."""
    first = given(call, file, variable)
    again = first
    if not first:
        first = call.world.ask("定一个密码：")
        again = call.world.ask("再打一遍：")
    if complaint := rules.complaint(first, again):
        raise Refused(f"这个密码不行：{complaint}。什么也没有做。{rules.RULE}")
    return first


def given(call: Call, file: Path | None, variable: str) -> str:
    """The first line of a file, or a variable of the environment; "" when neither was given."""
    if file is None:
        return call.world.environment.get(variable, "")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"“{file}”读不了，什么也没有做。看看文件在不在，是不是 UTF-8。") from problem
    if not lines or not lines[0]:
        raise Refused(f"“{file}”第一行是空的，什么也没有做。把要用的写在第一行。")
    return lines[0]
