"""Records as another program would write them. Everybody is invented."""

import json
import os
import time
from pathlib import Path
from typing import Any

from sync.records.ids import uuid7
from tests.commands.conftest import VILLAGE


def new_id() -> str:
    """A fresh record id."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom)


def dispute(**more: Any) -> dict[str, Any]:
    """A dispute as a program would register it."""
    return {
        "type": "dispute", "id": new_id(), "title": "马某甲与安某乙宅基地纠纷", "found_date": "2026-11-20",
        "place_code": VILLAGE, "source": "12", "zz_type": "0902", "scale": "01", "people_count": 2,
        "summary": "马某甲说安某乙的后墙占了三十公分，𬱖䶮", "difficulty": "简单", "risk": "低",
        "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False, **more,
    }  # fmt: skip


def party(of: dict[str, Any], name: str, **more: Any) -> dict[str, Any]:
    """A party of it."""
    return {
        "type": "party", "id": new_id(), "dispute_id": of["id"], "side": "甲", "kind": "自然人", "name": name, **more,
    }  # fmt: skip


def write_lines(path: Path, *told: dict[str, Any]) -> Path:
    """A JSON Lines file of these records."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), encoding="utf-8")
    return path
