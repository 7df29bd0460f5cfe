"""Invented records that obey the declaration, for tests, benchmarks and the demo."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from sync.records import codes
from sync.records.field import Field, Kind, Record
from sync.records.record_type import RecordType

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇解"
GIVEN = "秀英桂兰建军志明文博玉梅国强永福有才万财成林铁柱秉义大庆家祥立本小红晓东彦龙春生"
CLAUSES = (
    "双方因地界多年说不清", "雨水顺檐口流到邻家后墙", "羊群进了冬麦地啃坏青苗", "欠款写了借条一直没还",
    "彩礼退多少谈不拢", "老人赡养费兄弟之间推来推去", "浇地抢水起了争执", "工钱拖了三个月没有结清",
    "村组长到现场看过", "两家在地头争吵被村民劝开", "约好到调解室坐下来谈", "都愿意听村委会说说",
)  # fmt: skip


def person(random: Random) -> str:
    """An invented name of two or three characters."""
    return random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2))))


def sentence(random: Random, limit: int) -> str:
    """Invented running text of at most `limit` characters."""
    picked = random.sample(CLAUSES, k=min(len(CLAUSES), max(1, limit // 25), 6))
    return ("，".join(picked) + f"，涉及 {random.randint(1, 9000)} 元。")[:limit]


def sample(kind: RecordType, random: Random, /, *, ids: Callable[[], str], **given: Any) -> Record:
    """A record with every declared field filled that a new record may carry; `given` wins."""
    record: Record = {}
    for field in kind.fields:
        if field.name.startswith(("void_", "origin_", "refuse_")) or field.name in _LATER:
            continue
        record[field.name] = _value(field, random, ids)
    record.update(given)
    return {name: value for name, value in record.items() if value is not None}


_LATER = {
    "end_reason", "end_date", "end_note", "is_success", "merged_into", "dossier_no", "retention",
    "extended_to", "extension_consent_at", "next_at",
    "returned_on", "returned_note", "suspensions", "replacements", "end_told_at", "end_told_form", "reopened_because",
    "filed_by", "filed_on", "checked_by", "archived_on", "dossier_note",
    "subsidy_class", "subsidy_cents", "subsidy_checked_by", "subsidy_checked_on",
    "breached_on", "breach_way", "breach_note",
    "next_place", "shelved_at", "valid_to", "replaced_by", "revoked_at", "revoked_reason", "many_until",
}  # fmt: skip


def _value(field: Field, random: Random, ids: Callable[[], str]) -> Any:
    return _MAKERS[field.kind](field, random, ids)


def _text(field: Field, random: Random, _: Any) -> str:
    if field.check == "phone":
        return f"1{random.choice('35789')}{random.randrange(10**9):09d}"
    if field.check == "id_number":
        return "620802190001010019"
    if field.check == "credit_code":
        return "91110000600037341L"
    return person(random) if field.limit <= 80 else sentence(random, min(field.limit, 100))


def _code(field: Field, random: Random, _: Any) -> str:
    if field.name == "status":
        return "10" if field.codes == "CASE_STATUS" else random.choice(list(codes.table(field.codes).items))
    return random.choice(list(codes.table(field.codes).items))


def _items(field: Field, random: Random, ids: Callable[[], str]) -> list[dict[str, Any]]:
    entry = {part.name: _value(part, random, ids) for part in field.parts}
    return [{"id": ids(), **entry}]


def _day(_: Field, random: Random, __: Any) -> str:
    return f"2026-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"


_MAKERS: dict[Kind, Callable[[Field, Random, Any], Any]] = {
    "text": _text,
    "long_text": lambda f, r, _: sentence(r, min(f.limit, 160)),
    "code": _code,
    "codes": lambda f, r, _: r.sample(list(codes.table(f.codes).items), k=1),
    "integer": lambda f, r, _: r.randint(1, min(f.limit, 60)),
    "money": lambda f, r, _: r.randint(1, 90_000) * 100,
    "flag": lambda f, r, _: r.random() < 0.2,
    "day": _day,
    "moment": lambda f, r, i: f"{_day(f, r, i)}T{r.randint(8, 18):02d}:{r.randint(0, 59):02d}:00+08:00",
    "place": lambda f, r, _: "620802107200",
    "reference": lambda f, r, ids: ids(),
    "references": lambda f, r, ids: [ids()],
    "texts": lambda f, r, _: [sentence(r, 60)],
    "items": _items,
    "digest": lambda f, r, _: r.randbytes(32).hex(),
}
