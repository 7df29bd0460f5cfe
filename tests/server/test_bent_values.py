"""Whatever values a desk is made to send, each change gets a verdict and the others go on."""

from __future__ import annotations

from random import Random
from typing import Any

from sync.records import RECORD_TYPES
from tests.server.conftest import TOWN, VILLAGE, District

WORDS = (
    "",
    "10",
    "70",
    "x" * 300,
    "\x00",
    "两\n行",
    "2026-02-30",
    "620802107200",
    "\ufffe",
    "true",
    "未申请",
    "id",
)
ROUNDS = 20
NUMBERS = (0, -1, 1, 2**70, -(2**70), 0.5, 1e308, True, False, None)


def bent(random: Random, depth: int = 0) -> Any:
    """Any JSON value, of the nasty sort."""
    if depth > 3 or random.random() < 0.6:
        return random.choice(random.choice((WORDS, NUMBERS)))
    values = [bent(random, depth + 1) for _ in range(random.randrange(4))]
    if random.random() < 0.4:
        return values
    return [{"id": random.choice(("1", "2", {}, None, 7)), random.choice(WORDS): v} for v in values]


def bent_fields(random: Random, kind: str) -> dict[str, Any]:
    """Some of a type's fields with such values, and now and then one it does not have."""
    names = [*RECORD_TYPES[kind].by_name, "score"]
    lists = [f.name for f in RECORD_TYPES[kind].fields if f.kind == "items"]
    chosen = random.sample(names, random.randint(0, 4)) + lists * (random.random() < 0.3)
    return {name: bent(random) for name in chosen}


def test_every_bent_change_gets_its_own_verdict(district: District) -> None:
    desk, clerk = district.clerk(TOWN, "township")
    records = {"dispute": district.new_id()}
    desk.change("dispute", records["dispute"], district.dispute(clerk, VILLAGE), clerk)
    for kind in ("party", "session", "agreement", "follow_up"):
        records[kind] = district.new_id()
        given = {"confirm_state": "未申请"} if kind == "agreement" else {}
        desk.change(kind, records[kind], district.child(kind, records["dispute"], **given), clerk)
    assert not any(v.refused for v in desk.round().verdicts)
    random = district.random
    for _ in range(ROUNDS):
        for _ in range(25):
            kind = random.choice([*RECORD_TYPES, *records, *records])
            record = records.get(kind, district.new_id()) if random.random() < 0.8 else district.new_id()
            more = (
                {"was": bent_fields(random, kind), "settles": [1, -1, 2**80]} if random.random() < 0.5 else {}
            )
            desk.change(kind, record, bent_fields(random, kind), clerk, **more)
        answer = desk.round()
        assert len(answer.verdicts) == 25
        assert answer.proof == desk.proof()
    assert {line.code for line in district.hub.refusals()} >= {"invalid", "unknown_field"}
