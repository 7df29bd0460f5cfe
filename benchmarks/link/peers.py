"""Others' sync engines, installed by name and version into a folder of their own, through pip and npm."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ANKI = ("anki==26.9.3",)
POUCHDB = ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2")


def anki_python(cache: Path) -> Path:
    """The Python of an environment with Anki in it, made when it is not there."""
    folder = cache / f"peer-{ANKI[0]}"
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        print(f"  installing {ANKI[0]} into {folder}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *ANKI], check=True)
        (folder / "done").touch()
    return python


def pouchdb_modules(cache: Path) -> Path:
    """A node_modules with PouchDB and its server in it, made when it is not there."""
    folder = cache / f"peer-{POUCHDB[0]}"
    if not (folder / "done").exists():
        print(f"  installing {POUCHDB[0]} into {folder}", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        words = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), *POUCHDB]
        subprocess.run(words, check=True)
        (folder / "done").touch()
    return folder / "node_modules"
