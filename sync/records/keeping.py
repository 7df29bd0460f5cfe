"""Keeping rules (保管规则): after how many years an archived matter is shelved at the district. domain.md §1.10."""

from __future__ import annotations

from sync.records.kinds import code, integer, place
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

KEEPING_RULE = RecordType(
    name="keeping_rule",
    label="保管规则",
    audience="district",
    place="place_code",
    writers=frozenset(),
    source="domain.md §1.10: the class is a code, the years are a district setting without a default",
    fields=(
        place("place_code", "哪个区定的", required=ALWAYS),
        code("retention_class", "哪一档保管期限", "RETENTION", required=ALWAYS),
        integer("years", "办结几年后收到区里", 100, unit="年", source="design: empty means never"),
    ),
)
