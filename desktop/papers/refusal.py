"""Why a paper could not be written, in words for the person."""

from __future__ import annotations


class PaperRefused(Exception):
    """The file was not written; whatever stood there before still stands. `message` is for the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
