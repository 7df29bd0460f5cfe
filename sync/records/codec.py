"""Records to and from bytes: one canonical form, so that a digest means the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from sync.records.field import Record

_encoder = msgspec.json.Encoder(order="deterministic")


def canonical(value: Any) -> bytes:
    """The one JSON form of a value: sorted keys, no spaces, UTF-8."""
    return _encoder.encode(value)


def digest(value: Any) -> bytes:
    """SHA-256 over the canonical form."""
    return hashlib.sha256(canonical(value)).digest()


def patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Record, Record]:
    """What changed between two states: the new values and the old ones, by field name."""
    names = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    return {n: after.get(n) for n in names}, {n: before.get(n) for n in names}


def apply(record: Mapping[str, Any], fields: Mapping[str, Any]) -> Record:
    """The record with some fields replaced; a field set to None is gone."""
    merged = {**record, **fields}
    return {name: value for name, value in merged.items() if value is not None}
