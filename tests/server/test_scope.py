"""Nobody reads or writes what is not theirs, whatever their desk is made to send."""

from __future__ import annotations

from typing import Any

import pytest

from sync.protocol.messages import Answer, Verdict
from sync.protocol.packing import unpack
from sync.protocol.shortening import shorten
from tests.server.conftest import DISTRICT, NEIGHBOUR, OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, District
from tests.server.desk import Desk


def verdict(desk: Desk, kind: str, record: str, fields: dict[str, Any], by: str, **more: Any) -> Verdict:
    """What the hub says to one change."""
    desk.change(kind, record, fields, by, **more)
    return desk.round().verdicts[-1]


def refused(desk: Desk, kind: str, record: str, fields: dict[str, Any], by: str, **more: Any) -> str:
    """The code of the refusal, "" when it was accepted."""
    return verdict(desk, kind, record, fields, by, **more).refused


@pytest.mark.parametrize(
    ("place", "others"), [(VILLAGE, [NEIGHBOUR, TOWN]), (TOWN, [OTHER_VILLAGE, DISTRICT])]
)
def test_a_desk_cannot_register_a_dispute_outside_its_place(
    district: District, place: str, others: list[str]
) -> None:
    desk, clerk = district.clerk(place, "township")
    for other in others:
        assert (
            refused(desk, "dispute", district.new_id(), district.dispute(clerk, other), clerk)
            == "out_of_scope"
        )


@pytest.mark.parametrize(("place", "other"), [(VILLAGE, NEIGHBOUR), (TOWN, OTHER_VILLAGE)])
def test_a_desk_cannot_touch_what_it_does_not_hold(district: District, place: str, other: str) -> None:
    there, their_clerk = district.clerk(other)
    dispute = district.new_id()
    assert not refused(there, "dispute", dispute, district.dispute(their_clerk, other), their_clerk)
    desk, clerk = district.clerk(place, "township")
    assert refused(desk, "dispute", dispute, {"title": "改成我的"}, clerk) == "out_of_scope"
    assert refused(desk, "dispute", dispute, {"place_code": place}, clerk) == "out_of_scope"
    assert (
        refused(desk, "party", district.new_id(), district.child("party", dispute), clerk) == "out_of_scope"
    )
    assert desk.holds(dispute) == {}
    assert desk.compare("records", records=[dispute]).entries == []
    assert desk.compare("census", address=other).census == {}
    assert other not in desk.compare("tallies").tallies


def test_a_desk_cannot_push_its_dispute_into_another_place(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    assert refused(desk, "dispute", dispute, {"place_code": NEIGHBOUR}, clerk) == "out_of_scope"
    assert desk.round().proof == desk.proof()


def test_a_child_stays_with_its_dispute(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    one, other, party = district.new_id(), district.new_id(), district.new_id()
    for dispute in (one, other):
        assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    assert not refused(desk, "party", party, district.child("party", one), clerk)
    assert refused(desk, "party", party, {"dispute_id": other}, clerk) == "written_once"
    assert refused(desk, "party", district.new_id(), district.child("party", party), clerk) == "no_parent"
    assert refused(desk, "party", district.new_id(), district.child("party", "nowhere"), clerk) == "no_parent"


def test_children_of_a_refused_dispute_are_refused_and_the_rest_goes_on(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    bad, good = district.new_id(), district.new_id()
    desk.change("dispute", bad, {**district.dispute(clerk, VILLAGE), "people_count": "三"}, clerk)
    desk.change("party", district.new_id(), district.child("party", bad), clerk)
    desk.change("dispute", good, district.dispute(clerk, VILLAGE), clerk)
    desk.change("party", district.new_id(), district.child("party", good), clerk)
    assert [v.refused for v in desk.round().verdicts] == ["invalid", "no_parent", "", ""]


def test_only_people_who_work_here_and_now_may_write(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    make = lambda by: ("dispute", district.new_id(), district.dispute(by, VILLAGE), by)  # noqa: E731
    elsewhere = district.account(NEIGHBOUR, "village")
    for stranger in ("nobody", "\x00", "", desk.identity.device, "x" * 300):
        assert refused(desk, *make(stranger)) == "unknown_account"
    assert refused(desk, *make(elsewhere)) == "not_allowed"
    assert refused(desk, *make(district.account(VILLAGE, "auditor"))) == "not_allowed"
    district.hub.change("account", clerk, {"valid_from": "2099-01-01"})
    assert refused(desk, *make(clerk)) == "unknown_account"


def test_work_done_before_an_account_ended_still_arrives(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    early = desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    district.now_ms += 5 * 24 * 3600 * 1000
    late = desk.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    district.hub.end_account(clerk, "2026-09-22")
    verdicts = {v.id: v.refused for v in desk.round().verdicts}
    assert verdicts == {early.id: "", late.id: "unknown_account"}


def test_nobody_makes_themselves_an_account_or_a_wider_role(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    account = {"name": "马某", "place_code": VILLAGE, "roles": ["district"], "valid_from": "2026-01-01"}
    assert refused(desk, "account", district.new_id(), account, clerk) == "not_allowed"
    assert refused(desk, "account", clerk, {"roles": ["admin"]}, clerk) == "not_allowed"
    assert refused(desk, "device", desk.identity.device, {"place_code": DISTRICT}, clerk) == "not_allowed"
    town, admin = district.clerk(TOWN, "admin")
    assert refused(town, "account", clerk, {"post": "网格员"}, admin) == ""
    assert refused(town, "account", admin, {"place_code": DISTRICT}, admin) == "out_of_scope"
    outside = district.account(OTHER_TOWN, "township")
    assert refused(town, "account", outside, {"valid_to": "2026-01-01"}, admin) == "out_of_scope"
    assert (
        refused(town, "dispute", district.new_id(), district.dispute(admin, VILLAGE), admin) == "not_allowed"
    )
    assert refused(town, "device", desk.identity.device, {"revoked_at": None}, admin) == "not_allowed"


def test_a_record_keeps_its_type_and_a_proper_id(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    assert refused(desk, "party", dispute, district.child("party", dispute), clerk) == "exists"
    for bad in ("1", "../../etc/passwd", "Z" * 36, "\x00" * 36, ""):
        assert refused(desk, "dispute", bad, district.dispute(clerk, VILLAGE), clerk) == "invalid"
    centre, officer = district.clerk(DISTRICT, "district")
    place = {"code": VILLAGE, "name": "改名", "level": "5", "valid_from": "2026-01-01"}
    assert refused(centre, "place", NEIGHBOUR, place, officer) == "invalid"


def test_what_the_hub_does_not_know_is_refused_kindly(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute, known = district.new_id(), district.new_id()
    assert not refused(desk, "dispute", known, district.dispute(clerk, VILLAGE), clerk)
    answers = [
        refused(desk, "drone", dispute, {"a": 1}, clerk),
        refused(desk, "dispute", dispute, {**district.dispute(clerk, VILLAGE), "score": 5}, clerk),
        refused(desk, "dispute", known, {"summary": "长" * 100_000}, clerk),
        refused(desk, "dispute", known, {"risk": "特高"}, clerk),
        refused(desk, "dispute", known, {"title": None}, clerk),
        refused(desk, "dispute", known, {"co_mediator_ids": {"a": []}}, clerk),
        refused(desk, "dispute", known, {"amount_cents": 2**200}, clerk),
        refused(desk, "dispute", district.new_id(), {}, clerk),
    ]
    assert answers == ["unknown_type", "unknown_field", "too_large", *["invalid"] * 5]


def test_steps_follow_the_declared_way(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute = district.new_id()
    started = district.dispute(clerk, VILLAGE, status="70", end_reason="11", end_date="2026-09-01")
    assert refused(desk, "dispute", dispute, started, clerk) == "wrong_step"
    assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    end = {"status": "70", "end_reason": "11", "end_date": "2026-09-01"}
    assert verdict(desk, "dispute", dispute, {"status": "80"}, clerk).refused == "wrong_step"
    pretended = verdict(desk, "dispute", dispute, end, clerk, was={"status": "60"})
    assert set(end) <= set(pretended.aside)
    assert desk.holds(dispute)["status"] == "10"


def test_a_session_once_written_can_only_be_struck_out(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute, session = district.new_id(), district.new_id()
    assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    fields = district.child("session", dispute)
    fields.pop("end_at")
    assert not refused(desk, "session", session, fields, clerk)
    assert refused(desk, "session", session, {"body": "另一种说法"}, clerk) == "written_once"
    assert not refused(desk, "session", session, {"end_at": "2026-09-01T11:00:00+08:00"}, clerk)
    pretended = verdict(desk, "session", session, {"body": "另一种说法"}, clerk, was={})
    assert pretended.aside == ["body"]
    void = {"void_at": "2026-09-02T11:00:00+08:00", "void_reason": "记错了"}
    assert not refused(desk, "session", session, void, clerk)
    assert not refused(desk, "session", session, {"void_at": None, "void_reason": None}, clerk)


def test_nobody_uses_up_the_ids_of_another_desks_changes(district: District) -> None:
    village, clerk = district.clerk(VILLAGE)
    village.change("dispute", district.new_id(), district.dispute(clerk, VILLAGE), clerk)
    village.round()
    thief, other = district.clerk(NEIGHBOUR)
    for taken in (f"{village.writer}.2", "hub.999"):
        thief.begin(f"w{district.random.getrandbits(40):x}")
        change = thief.change("dispute", district.new_id(), district.dispute(other, NEIGHBOUR), other)
        thief.links[-1] = type(thief.links[-1])(thief.links[-1].salt, type(change)(**{
            **{f: getattr(change, f) for f in change.__struct_fields__}, "id": taken}))  # fmt: skip
        assert thief.round().verdicts[-1].refused == "duplicate_id"


def test_a_bent_old_value_is_refused_and_not_stumbled_over(district: District) -> None:
    desk, clerk = district.clerk(VILLAGE)
    dispute, agreement = district.new_id(), district.new_id()
    assert not refused(desk, "dispute", dispute, district.dispute(clerk, VILLAGE), clerk)
    fields = district.child("agreement", dispute, confirm_state="未申请")
    assert not refused(desk, "agreement", agreement, fields, clerk)
    for bent in ("x", [1], [{"id": {}}], [{}], {"a": 1}):
        found = refused(desk, "agreement", agreement, {"obligations": []}, clerk, was={"obligations": bent})
        assert found == "invalid"
    assert refused(desk, "dispute", dispute, {"status": "20"}, clerk, was={"status": [[1]]}) in (
        "wrong_step",
        "",
    )


def test_old_values_cannot_be_guessed_of_records_held_elsewhere(district: District) -> None:
    """A right guess about another place's text is answered like a wrong one."""
    holder, clerk = district.clerk(OTHER_VILLAGE)
    thief, other = district.clerk(VILLAGE)
    dispute, secret = district.new_id(), "只有那边知道的一段长长的话，外人猜也不该猜得出来对不对。"
    holder.change("dispute", dispute, district.dispute(clerk, OTHER_VILLAGE, summary=secret), clerk)
    holder.round()
    answers = []
    for guess in (secret, secret + "不对"):
        thief.begin(f"w-{len(answers)}")
        thief.change("dispute", dispute, {"summary": "改了"}, other, was={"summary": guess})
        batch = thief.batch()
        assert batch is not None
        answers.append(thief.answer(thief.ask(shorten(batch))))
    assert [(a.halt, a.unknown) for a in answers] == [("plain", [1]), ("plain", [1])]
    holder.begin("w-own")
    holder.change("dispute", dispute, {"summary": "改了"}, clerk, was={"summary": secret})
    batch = holder.batch()
    assert batch is not None
    (verdict,) = unpack(holder.call("/exchange", holder.ask(shorten(batch)))[1], Answer).verdicts
    assert verdict.no
