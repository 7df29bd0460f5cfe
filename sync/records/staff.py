"""Accounts with roles and places, and the devices they work on: domain.md §6.6, DESIGN.md §6."""

from __future__ import annotations

from sync.records.kinds import codes, day, integer, moment, place, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

ACCOUNT = RecordType(
    name="account", label="账号", audience="district", place="place_code", writers=frozenset({"admin"}),
    title="name", source="domain.md §6.6, §8.9",
    fields=(
        text("name", "姓名", 50, required=ALWAYS),
        text("post", "单位、职务", 60, source="§8.9"),
        place("place_code", "在哪里上班", required=ALWAYS),
        codes("roles", "身份", "ROLE", required=ALWAYS, source="§6.6"),
        day("valid_from", "从哪天起", required=ALWAYS),
        day("valid_to", "到哪天止"),
    ),
)  # fmt: skip

DEVICE = RecordType(
    name="device", label="电脑", place="place_code", writers=frozenset(), title="name", source="DESIGN.md §6",
    fields=(
        text("name", "电脑名", 60, required=ALWAYS),
        integer("number", "本地编号", 999, required=ALWAYS, source="一案一码里的设备三位"),
        place("place_code", "在哪里", required=ALWAYS),
        text("public_key", "公钥", 100, required=ALWAYS),
        moment("enrolled_at", "入网时间", required=ALWAYS),
        moment("revoked_at", "停用时间"),
        text("revoked_reason", "为什么停用", 200),
        moment("many_until", "到什么时候可以一次作废很多", source="design: a mass strike asks first"),
    ),
)  # fmt: skip
