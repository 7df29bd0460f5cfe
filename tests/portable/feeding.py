"""Files that another program could have written."""

import json
from pathlib import Path
from typing import Any

from desktop.casework.desk import Desk
from tests.portable.conftest import MEDIATOR, ORG, VILLAGE

Line = dict[str, Any]


def feed(path: Path, told: list[Line]) -> Path:
    """A JSON Lines file of these records."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), encoding="utf-8")
    return path


def lines_of(path: Path) -> list[Line]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def dispute(desk: Desk, **more: Any) -> Line:
    """A dispute as a program would register it."""
    return {
        "type": "dispute", "id": desk.ids(), "title": "马某甲与安某乙宅基地纠纷", "found_date": "2026-11-20",
        "place_code": VILLAGE, "source": "12", "zz_type": "0902", "scale": "01", "people_count": 2,
        "amount_cents": 480000, "summary": "马某甲说安某乙的后墙占了三十公分，𬱖䶮", "difficulty": "简单",
        "risk": "低", "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False,
        **more,
    }  # fmt: skip


def party(desk: Desk, of: Line, name: str, **more: Any) -> Line:
    """A party of it."""
    return {
        "type": "party", "id": desk.ids(), "dispute_id": of["id"], "side": "甲", "kind": "自然人", "name": name,
        "phone": "13809352207", "age": 46, **more,
    }  # fmt: skip


def matter(desk: Desk) -> list[Line]:
    """A dispute in mediation with one of everything; the dispute comes first."""
    first = dispute(
        desk, status="30", accept_date="2026-11-20", org_id=ORG, host_mediator_id=MEDIATOR, deadline="2026-12-21"
    )
    session = {
        "type": "session", "id": desk.ids(), "dispute_id": first["id"], "seq": 1, "kind": "调解",
        "start_at": "2026-11-21T09:00:00+08:00", "place": "村调解室", "rights_told": True, "result": "择日",
        "mediators": [{"id": "m1", "mediator_id": MEDIATOR, "host": True}], "body": "马某甲：量过。\n安某乙：再量。",
    }  # fmt: skip
    agreement = {
        "type": "agreement", "id": desk.ids(), "dispute_id": first["id"], "form": "口头", "items": ["后墙退三十公分"],
        "agreed_on": "2026-11-22", "confirm_state": "未申请", "performance": "未到期",
        "obligations": [{"id": "o1", "who": "安某乙", "what": "退后墙", "due_date": "2026-12-10"}],
    }  # fmt: skip
    visit = {
        "type": "follow_up", "id": desk.ids(), "dispute_id": first["id"], "agreement_id": agreement["id"],
        "kind": "履行", "planned_date": "2026-12-17",
    }  # fmt: skip
    other = party(desk, first, "安某乙", side="乙", id_type="111", id_no="620802190001010019")
    return [first, party(desk, first, "马某甲"), other, session, agreement, visit]
