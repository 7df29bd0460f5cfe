"""`python -m tests.samples`: the dossiers in docs/samples, written anew by the stories that make them in the window."""

import sys
from pathlib import Path

import pytest

from tests.samples.write import FOLDER

STORIES = Path(__file__).resolve().parents[1] / "stories" / "cases"

sys.exit(pytest.main(["-q", "--samples", str(FOLDER), str(STORIES)]))
