"""Writing one sample dossier: every page says （样表）."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.papers.dossier import Bundle, as_pdf
from desktop.papers.typeset.pdf import Printing

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "samples"
PRINTING = Printing(datetime(2026, 11, 23, 2, 42, tzinfo=UTC), sample=True)


def write_sample(name: str, bundle: Bundle, folder: Path = FOLDER) -> Path:
    """Write docs/samples/<name>.pdf from the dossier a story ends with; where."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.pdf"
    file.write_bytes(as_pdf(replace(bundle, name=name), PRINTING))
    return file
