"""The hub's command line: `python -m sync.server`."""

from sync.server.commands.parser import make_parser
from sync.server.commands.run import run

__all__ = ["make_parser", "run"]
