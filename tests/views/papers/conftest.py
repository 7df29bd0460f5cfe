"""The stage of these tests."""

from __future__ import annotations

from tests.casework.conftest import new_office
from tests.views.disputes.stage import enter, told_once, town

__all__ = ["enter", "new_office", "told_once", "town"]
