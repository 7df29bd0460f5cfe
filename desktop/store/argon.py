"""The cost of turning a person's secret into a key: Argon2id (domain.md §6.6)."""

from __future__ import annotations

from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Argon:
    """Argon2id parameters: about 0.3 s on an office PC. They are kept beside every wrapped key."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def derive(self, secret: str, salt: bytes) -> bytes:
        """A 32-byte key from a secret and a salt."""
        return hash_secret_raw(
            secret.encode("utf-8"), salt, self.passes, self.memory_kib, self.lanes, KEY_BYTES, Type.ID
        )
