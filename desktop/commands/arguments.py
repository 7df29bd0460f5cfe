"""Arguments with Chinese help: argparse as it is, but for the words."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"还缺：\1"),
    (r"unrecognized arguments: (.*)", r"不认识：\1"),
    (r"argument (\S+): expected (one|at least one) argument", r"\1 后面要写内容"),
    (r"argument (\S+): invalid choice: (\S+).*", r"\1 不能是 \2"),
    (r"argument (\S+): invalid .* value: (.*)", r"\1 不能是 \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
    (r"one of the arguments (.*) is required", r"要写其中一个：\1"),
)


class Formatter(argparse.HelpFormatter):
    """Help whose one fixed word is Chinese."""

    def add_usage(
        self, usage: Any, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """The usage line under 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and never takes an abbreviation for an option."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "formatter_class": Formatter, **given}, add_help=False)
        self.asked = self.add_argument_group("要写的")
        self.options = self.add_argument_group("可以写的")
        self.options.add_argument("-h", "--help", action="help", help="看怎么用")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and stop with exit code 2."""
        for pattern, words in _MESSAGES:
            message = re.sub(f"^{pattern}$", words, message, flags=re.DOTALL)
        self.exit(2, f"命令写得不对。{message}。加上 -h 看怎么写。\n")
