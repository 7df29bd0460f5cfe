"""The program on a PC that has never met its district."""

from tests.views.at_work import sit_down

__all__ = ["sit_down"]
