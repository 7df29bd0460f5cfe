"""The program over a real hub."""

from tests.casework.conftest import new_office
from tests.views.at_work import district, sit_down, sitting

__all__ = ["district", "new_office", "sit_down", "sitting"]
