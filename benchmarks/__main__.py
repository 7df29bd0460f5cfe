"""All benchmarks: `python -m benchmarks`, or some of them by name, with the options of the last one named.

`link` and `fleet` need root and take long, so they run only when named.
"""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import takewhile

NAMES = ("day", "noop", "store", "ledger", "ledger_out", "dossier")


def main() -> int:
    """Run the named benchmarks, or all; 1 when a claim does not hold."""
    wanted = [*takewhile(lambda word: not word.startswith("-"), sys.argv[1:])]
    del sys.argv[1 : 1 + len(wanted)]
    return max(int(import_module(f"benchmarks.{name}").main()) for name in wanted or NAMES)


if __name__ == "__main__":
    raise SystemExit(main())
