"""The proof that both sides hold the same: a count and an order-independent digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sync.protocol.messages import Proof
from sync.records.codec import canonical

MODULUS = 1 << 128
NOTHING = Proof(0, f"{0:032x}")


def mark(kind: str, record: str, no: int, fields: Mapping[str, Any]) -> str:
    """One record's share of the digest (32 hex digits): its id, its version and its agreed content."""
    return hashlib.sha256(canonical([kind, record, no, fields])).hexdigest()[:32]


def add(proof: Proof, marks: str) -> Proof:
    """The proof with one record more."""
    return Proof(proof.count + 1, f"{(int(proof.digest, 16) + int(marks, 16)) % MODULUS:032x}")


def remove(proof: Proof, marks: str) -> Proof:
    """The proof with one record less."""
    return Proof(proof.count - 1, f"{(int(proof.digest, 16) - int(marks, 16)) % MODULUS:032x}")


def total(proofs: list[Proof]) -> Proof:
    """The proof of several scopes together."""
    digest = sum(int(p.digest, 16) for p in proofs) % MODULUS
    return Proof(sum(p.count for p in proofs), f"{digest:032x}")
