"""All benchmarks: `python -m benchmarks`, or some of them by name."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("day", "noop", "store", "ledger")


def main() -> int:
    """Run the named benchmarks, or all; 1 when a claim does not hold."""
    wanted = sys.argv[1:] or NAMES
    return max(int(import_module(f"benchmarks.{name}").main()) for name in wanted)


if __name__ == "__main__":
    raise SystemExit(main())
