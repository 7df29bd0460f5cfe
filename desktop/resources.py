"""Where codes, icons, styles and templates lie, in the source tree and in the installed program."""

from __future__ import annotations

import sys
from pathlib import Path


def folder() -> Path:
    """The resources folder: beside `desktop/` in the source tree, inside the bundle when frozen by PyInstaller."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"
