"""The recovery code: printed once, kept in the office safe, opens the store when a secret is lost."""

from __future__ import annotations

import base64
import hashlib

CODE_BYTES = 20
_CHECK_BYTES = 5
_GROUP = 4


def write(raw: bytes) -> str:
    """Twenty random bytes as ten groups of four letters; the last two groups are a check."""
    letters = base64.b32encode(raw + _check(raw)).decode("ascii")
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def read(typed: str) -> bytes | None:
    """The bytes of a code as typed, in any case, with any dashes and blanks; None when it was mistyped.

    The digits 0, 1 and 8, which no code holds, are read as the letters they look like.
    """
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("018", "OLB"))
    try:
        raw = base64.b32decode(letters)
    except ValueError:
        return None
    code, check = raw[:CODE_BYTES], raw[CODE_BYTES:]
    return code if len(code) == CODE_BYTES and check == _check(code) else None


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(b"fengqiao-recovery" + raw).digest()[:_CHECK_BYTES]
