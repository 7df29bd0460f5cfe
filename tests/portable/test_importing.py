"""Every line is taken or listed with its reason; the rules are those of the hub."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.casework.desk import Desk
from desktop.casework.portable.importing import import_lines
from desktop.casework.portable.report import ImportReport
from desktop.store import Edit
from tests.portable.conftest import MEDIATOR, NEIGHBOUR, ORG, VILLAGE, MakeDesk
from tests.portable.feeding import dispute, feed, matter, party


def given(desk: Desk, tmp_path: Path, *told: dict[str, Any], **how: Any) -> ImportReport:
    return import_lines(desk, feed(tmp_path / "a.jsonl", list(told)), **how)


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(trouble.line, trouble.field, trouble.reason) for trouble in report.troubles]


def test_children_may_come_before_their_parents(desk: Desk, tmp_path: Path) -> None:
    report = given(desk, tmp_path, *reversed(matter(desk)))
    assert (report.created, report.refused) == (6, 0)


def test_a_bad_line_is_listed_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    good, other = dispute(desk), dispute(desk)
    file = tmp_path / "a.jsonl"
    body = [json.dumps(good), "", "{", json.dumps({**dispute(desk), "people_count": "3"}), json.dumps(other)]
    file.write_bytes("\n".join(body).encode() + b"\n" + "马".encode("gb18030"))
    report = import_lines(desk, file)
    assert (report.lines, report.blank, report.created, report.refused) == (6, 1, 2, 3)
    assert [(t.line, t.field) for t in sorted(report.troubles, key=lambda t: t.line)] == [
        (3, ""), (4, "people_count"), (6, ""),
    ]  # fmt: skip


def test_what_a_person_would_not_type_is_filled_in(desk: Desk, tmp_path: Path) -> None:
    first = dispute(desk)
    child = party(desk, first, "马某丙", age=12)
    given(desk, tmp_path, first, party(desk, first, "马某甲"), child)
    record = desk.store.record("dispute", first["id"]) or {}
    assert record["matter_code"].startswith(f"{VILLAGE}20261123007")
    assert (record["status"], record["closed_session"], record["found_by"]) == ("10", False, desk.account.id)
    assert (record["rmtj_type"], record["month_row"]) == ("03", "05")
    found = {p["name"]: (p["seq"], p.get("is_minor")) for p in desk.store.children("party", first["id"])}
    assert found == {"马某甲": (1, False), "马某丙": (2, True)}


def test_taking_the_same_file_twice_makes_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    given(desk, tmp_path, *told)
    report = given(desk, tmp_path, *told)
    assert (report.same, report.created, report.changed) == (6, 0, 0)


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"place_code": NEIGHBOUR}, "place_code", "地界"),
        ({"watch_level": "1"}, "watch_level", "没有"),
        ({"status": "70"}, "status", "直接"),
        ({"status": [1]}, "status", "范围"),
        ({"status": {"a": 1}}, "status", "范围"),
        ({"people_count": 10**30}, "people_count", "之间"),
        ({"people_count": 3.5}, "people_count", "整数"),
        ({"found_date": "2026-02-30"}, "found_date", "这一天"),
        ({"title": None}, "title", "没填"),
        ({"risk": None}, "risk", "没填"),
        ({"id": "D-1"}, "id", "UUID"),
        ({"summary": "长" * 2001}, "summary", "2000"),
        ({"claims": ["一" * 501]}, "claims", "500"),
        ({"status": "30"}, "accept_date", "没填"),
    ],
)
def test_a_new_dispute_is_checked_as_the_hub_would(
    desk: Desk, tmp_path: Path, change: dict[str, Any], field: str, word: str
) -> None:
    report = given(desk, tmp_path, {**dispute(desk), **change})
    assert report.created == 0
    assert (1, field) in [(line, name) for line, name, _ in reasons(report)]
    assert word in next(why for _, name, why in reasons(report) if name == field)


def test_a_role_that_may_not_write_is_refused(make_desk: MakeDesk, tmp_path: Path) -> None:
    auditor = make_desk(roles=("auditor",))
    report = given(auditor, tmp_path, dispute(auditor))
    assert reasons(report) == [(1, "", "这个账号不能改这一项")]


def test_accounts_and_devices_belong_to_the_district(make_desk: MakeDesk, tmp_path: Path) -> None:
    admin = make_desk(roles=("admin", "district"))
    same = {"type": "account", "id": admin.account.id, "name": "柳建国"}
    changed = {"type": "account", "id": admin.account.id, "roles": ["district"]}
    device = {"type": "device", "id": admin.ids(), "name": "新电脑"}
    report = given(admin, tmp_path, same, changed, device)
    assert (report.same, report.refused) == (1, 2)
    assert all("区里管" in why for _, _, why in reasons(report))


def test_a_child_needs_its_dispute_here(desk: Desk, tmp_path: Path) -> None:
    report = given(desk, tmp_path, party(desk, dispute(desk), "马某甲"))
    assert reasons(report) == [(1, "dispute_id", "它所属的那一件不在这台电脑上")]


def test_a_child_of_another_village_is_out_of_reach(desk: Desk, tmp_path: Path) -> None:
    theirs = dispute(desk, place_code=NEIGHBOUR)
    desk.save([Edit("dispute", theirs["id"], {n: v for n, v in theirs.items() if n not in ("type", "id")})])
    report = given(desk, tmp_path, party(desk, theirs, "马某甲"), {**theirs, "risk": "高"})
    assert [field for _, field, _ in reasons(report)] == ["place_code", "place_code"]


def test_a_record_cannot_move_under_another_dispute(desk: Desk, tmp_path: Path) -> None:
    one, other = dispute(desk), dispute(desk)
    person = party(desk, one, "马某甲")
    given(desk, tmp_path, one, other, person)
    report = given(desk, tmp_path, {**person, "dispute_id": other["id"]})
    assert reasons(report) == [(1, "dispute_id", "不能改到另一件上去")]


def test_a_session_once_written_is_not_rewritten_but_may_be_struck_out(desk: Desk, tmp_path: Path) -> None:
    told = matter(desk)
    given(desk, tmp_path, *told)
    session = next(line for line in told if line["type"] == "session")
    report = given(desk, tmp_path, {**session, "body": "改过的"})
    assert [field for _, field, _ in reasons(report)] == ["body"]
    struck = {**session, "void_at": "2026-11-24T09:00:00+08:00", "void_reason": "记错了"}
    assert given(desk, tmp_path, struck).changed == 1


def test_one_id_is_one_record_of_one_type(desk: Desk, tmp_path: Path) -> None:
    first = dispute(desk)
    report = given(desk, tmp_path, first, {**party(desk, first, "马某甲"), "id": first["id"]})
    assert (report.created, report.refused) == (1, 1)
    assert [field for _, field, _ in reasons(report)] == ["id"]


def test_what_is_closed_to_this_person_is_not_touched(desk: Desk, tmp_path: Path) -> None:
    other = desk.ids()
    shut = dispute(desk, closed_session=True, found_by=other, first_contact_id=other)
    given(desk, tmp_path, shut, party(desk, shut, "马某甲"))
    assert desk.store.record("party", "x") is None
    report = given(desk, tmp_path, {"type": "dispute", "id": shut["id"], "risk": "高"})
    assert "关起门" in reasons(report)[0][2]


def test_a_step_waits_for_the_parties_that_come_with_it(desk: Desk, tmp_path: Path) -> None:
    first = dispute(desk)
    person = party(desk, first, "马某甲")
    given(desk, tmp_path, first, person)
    accepted = {
        "type": "dispute", "id": first["id"], "status": "30", "accept_date": "2026-11-23", "org_id": ORG,
        "host_mediator_id": MEDIATOR, "deadline": "2026-12-23",
    }  # fmt: skip
    alone = given(desk, tmp_path, accepted)
    assert reasons(alone)[0][2] == "马某甲：还没填“什么时候讲明权利义务”"
    told = {
        "type": "party", "id": person["id"], "rights_told_at": "2026-11-23T09:30:00+08:00",
        "rights_told_form": "口头", "consent_mediation": True,
    }  # fmt: skip
    for keep in (False, True):
        report = given(desk, tmp_path, accepted, told, keep=keep)
        assert (report.changed, report.refused) == (2, 0)
    assert (desk.store.record("dispute", first["id"]) or {})["status"] == "30"


def test_a_trial_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.store.waiting()
    report = given(desk, tmp_path, *matter(desk), keep=False)
    assert (report.tried, report.created, desk.store.waiting()) == (True, 6, before)


def test_a_cancel_keeps_what_is_in_and_says_so(desk: Desk, tmp_path: Path) -> None:
    told = [dispute(desk) for _ in range(500)]
    asked = iter([False, False, False, True])
    report = import_lines(desk, feed(tmp_path / "a.jsonl", told), cancelled=lambda: next(asked))
    assert report.cancelled
    kept = len(desk.store.records("dispute"))
    assert kept == report.created == 300
    assert given(desk, tmp_path, *told).created == 200


def test_the_report_is_plain_json_with_troubles_in_the_order_of_the_file(desk: Desk, tmp_path: Path) -> None:
    report = given(desk, tmp_path, party(desk, dispute(desk), "马某甲"), {"type": "x", "id": "y"}, dispute(desk))
    plain = json.loads(json.dumps(report.plain()))
    assert [trouble["line"] for trouble in plain["troubles"]] == [1, 2]
    assert plain["lines"] == plain["created"] + plain["refused"] == 3
