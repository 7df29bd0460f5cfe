"""What every ledger test needs: a village desk's context with the real codes and divisions, and seeded chance."""

import csv
import json
from datetime import date
from pathlib import Path
from random import Random

import pytest

from desktop.casework.ledgers import LedgerColumns, LedgerContext, LedgerWords
from desktop.casework.ledgers.context import Knowledge

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
HUASUO = "620802107204"
"""花所村 of 花所镇."""


@pytest.fixture(scope="session")
def context() -> LedgerContext:
    codes = RESOURCES / "codes"
    tables = {}
    for path in codes.glob("*.json"):
        raw = json.loads(path.read_text(encoding="utf-8"))
        if "set" in raw:
            tables[raw["set"]] = {item["code"]: item["name"] for item in raw["items"]}
    with (RESOURCES / "divisions" / "divisions_620800.csv").open(encoding="utf-8", newline="") as stream:
        divisions = [(row["code"], row["name"]) for row in csv.DictReader(stream) if row["code"][:6] == "620802"]
    return LedgerContext(
        home=HUASUO,
        divisions=divisions,
        tables=tables,
        columns=LedgerColumns.load(codes),
        words=LedgerWords.load(codes),
        today=date(2026, 11, 23),
    )


@pytest.fixture(scope="session")
def knowledge(context: LedgerContext) -> Knowledge:
    return Knowledge.of(context)


@pytest.fixture
def random() -> Random:
    return Random(20260305)
