"""The port for binding bytes to this PC's user; on Windows it is DPAPI."""

from __future__ import annotations

from typing import Protocol


class Protector(Protocol):
    """Wraps bytes so that only the same user on the same PC can read them."""

    def protect(self, raw: bytes) -> bytes:
        """The bytes, bound to this user and PC."""
        ...

    def unprotect(self, bound: bytes) -> bytes:
        """The bytes again. Raises ValueError when they were bound elsewhere."""
        ...
