"""The one-time code that lets a desk in: a secret, and enough of the hub's CA to pin it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

SECRET_BYTES = 10
FINGERPRINT_BYTES = 10


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A one-time secret and the beginning of the CA's SHA-256, as printed: eight groups of four letters."""

    secret: str
    fingerprint: bytes

    @classmethod
    def read(cls, text: str) -> EnrolmentCode:
        """The code as typed, with or without dashes and in any case. Raises ValueError when it is not one."""
        letters = "".join(text.split()).replace("-", "").replace("—", "").upper()
        raw = base64.b32decode(letters)
        if len(raw) != SECRET_BYTES + FINGERPRINT_BYTES:
            raise ValueError("not an enrolment code")
        return cls(raw[:SECRET_BYTES].hex(), raw[SECRET_BYTES:])

    @staticmethod
    def write(secret: bytes, ca_der: bytes) -> str:
        """The printed code for a secret of 10 bytes and a CA certificate (DER)."""
        raw = secret + hashlib.sha256(ca_der).digest()[:FINGERPRINT_BYTES]
        letters = base64.b32encode(raw).decode("ascii")
        return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
