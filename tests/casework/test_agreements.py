"""Agreements: form, effect, confirmation, performance, and the visits that follow."""

from datetime import date
from typing import Any

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups
from desktop.casework.disputes import case as cases
from desktop.casework.errors import NotAllowed, NotYet
from desktop.store import DisputeQuery, Edit
from tests.casework.conftest import CLERK, dispute, only, registered

TOMORROW, LATE = "2026-12-01", "2026-12-20"


def written(desk: Desk, given: str, **more: Any) -> agreements.AgreementDraft:
    """A written agreement, marked by everybody on different days."""
    first, second = desk.store.children("party", given)
    marks = [{"id": "m1", "party_id": first["id"], "kind": "签名", "date": "2026-11-23"},
             {"id": "m2", "party_id": second["id"], "kind": "指印", "date": "2026-11-24"}]  # fmt: skip
    return {
        **agreements.blank(desk, given),
        "form": "书面", "facts": "雨水流到后墙", "issues": "工料钱谁出", "liability": "各担一半", "copies": 3,
        "items": ["李建军接水槽", "水泥两家对半"],
        "obligations": [{"who": "李建军", "what": "接好水槽", "due_date": TOMORROW},
                        {"who": "王有福", "what": "付 1,500 元", "amount_cents": 150_000, "due_date": LATE}],
        "party_marks": marks, "mediator_mark_date": "2026-11-23", "seal_date": "2026-11-25", **more,
    }  # fmt: skip


def saved(desk: Desk, **more: Any) -> tuple[str, dict[str, Any]]:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given, **more))
    return given, only(desk, "agreement", given)


def test_a_written_agreement_binds_from_the_last_mark_and_the_court_clock_runs_from_then(desk: Desk) -> None:
    given, record = saved(desk)
    assert record["effective_date"] == "2026-11-25"
    assert record["confirm_deadline"] == "2026-12-25"
    assert (record["confirm_state"], record["performance"]) == ("未申请", "未到期")
    assert dispute(desk, given)["status"] == "40"


def test_it_binds_nobody_while_the_seal_or_a_mark_is_missing_or_refused(desk: Desk) -> None:
    _, record = saved(desk, seal_date=None)
    assert not {"effective_date", "confirm_deadline"} & record.keys()
    agreements.change(desk, record["id"], {"seal_date": "2026-11-26"})
    assert desk.store.record("agreement", record["id"])["effective_date"] == "2026-11-26"
    refused = [{**mark, "kind": "拒签"} for mark in record["party_marks"]]
    agreements.change(desk, record["id"], {"party_marks": refused})
    assert "effective_date" not in (desk.store.record("agreement", record["id"]) or {})


def test_a_third_person_need_not_sign() -> None:
    agreement = {"form": "书面", "mediator_mark_date": "2026-11-23", "seal_date": "2026-11-23",
                 "party_marks": [{"party_id": "a", "kind": "签名", "date": "2026-11-24"}]}  # fmt: skip
    assert (
        agreements.effective_date(agreement, [{"id": "a", "side": "甲"}, {"id": "c", "side": "第三人"}]) == "2026-11-24"
    )


def test_an_oral_agreement_needs_only_what_was_agreed_and_when(desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    draft = {"form": "口头", "items": ["各让一步"], "agreed_on": "2026-11-23"}
    assert [lack.label for lack in agreements.missing(desk, given, draft)] == ["履行情况"]
    agreements.save(desk, given, {**draft, "performance": "已履行"})
    record = only(desk, "agreement", given)
    assert record["effective_date"] == "2026-11-23"
    assert "confirm_deadline" not in record
    assert dispute(desk, given)["status"] == "60"
    assert only(desk, "follow_up", given)["planned_date"] == "2026-11-30"


def test_land_contracts_and_labour_must_be_written(desk: Desk) -> None:
    given = registered(desk, zz_type="0901")
    assert agreements.blank(desk, given)["form"] == "书面"
    assert agreements.rules(dispute(desk, given)).must_write
    draft = {"form": "口头", "items": ["按原界"], "agreed_on": "2026-11-23", "performance": "履行中"}
    with pytest.raises(NotYet) as told:
        agreements.save(desk, given, draft)
    assert told.value.lacks[0].message == "法律规定这一类要写书面协议，不能口头"


def test_an_agreement_about_ownership_says_that_a_court_may_not_confirm_it(desk: Desk) -> None:
    given = registered(desk, zz_type="0902")
    assert agreements.rules(dispute(desk, given)).bar_sentence == "这份协议可能申请不了司法确认：涉及物权确权"
    agreements.save(desk, given, written(desk, given))
    assert only(desk, "agreement", given)["confirm_bar"] == "物权确权"


def test_hard_matters_should_be_written(desk: Desk) -> None:
    held = agreements.rules({"zz_type": "0201", "difficulty": "疑难"})
    assert (held.must_write, held.written_because) == (False, "事情复杂，最好写下来")


def test_no_agreement_before_acceptance(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        agreements.save(desk, registered(desk, accept=False), {"form": "口头"})


def test_each_due_day_brings_a_visit_a_week_later(desk: Desk) -> None:
    given, _ = saved(desk)
    planned = sorted(str(visit["planned_date"]) for visit in desk.store.children("follow_up", given))
    assert planned == ["2026-12-08", "2026-12-28"]  # the 27th is a Sunday


def test_when_all_is_kept_the_dispute_waits_for_the_visit(desk: Desk) -> None:
    given, record = saved(desk)
    first, second = record["obligations"]
    with pytest.raises(NotYet):
        agreements.perform(desk, record["id"], first["id"], done_on=date(2026, 11, 30), proof_id="收条")
    receipt = desk.ids()
    desk.save([Edit("attachment", receipt, {
        "dispute_id": given, "kind": "照片", "name": "收条", "sha256": "a" * 64, "size_bytes": 9, "mime": "jpg",
        "added_at": desk.moment(), "added_by": CLERK,
    })])  # fmt: skip
    assert agreements.proofs(cases.load(desk, given)) == ((receipt, "收条"),)
    agreements.perform(desk, record["id"], first["id"], done_on=date(2026, 11, 30), proof_id=receipt)
    assert only(desk, "agreement", given)["performance"] == "履行中"
    assert dispute(desk, given)["status"] == "40"
    agreements.perform(desk, record["id"], second["id"], done_on=date(2026, 12, 18))
    assert only(desk, "agreement", given)["performance"] == "已履行"
    assert dispute(desk, given)["status"] == "60"
    assert len(desk.store.children("follow_up", given)) == 2


def test_what_the_court_did_goes_together_with_the_court_and_the_day(desk: Desk) -> None:
    _, record = saved(desk)
    with pytest.raises(NotYet) as told:
        agreements.change(desk, record["id"], {"confirm_state": "已申请"})
    assert {lack.target for lack in told.value.lacks} == {"court", "confirm_applied_at"}
    fields = {"confirm_state": "已申请", "court": "崆峒区人民法院", "confirm_applied_at": "2026-12-01"}
    agreements.change(desk, record["id"], fields)


def test_satisfaction_has_no_default_and_a_visit_needs_what_was_said(desk: Desk) -> None:
    given, record = saved(desk)
    visit = str(desk.store.children("follow_up", given)[0]["id"])
    lacks = [lack.target for lack in follow_ups.missing(desk, visit, {"done_date": "2026-12-08"})]
    assert lacks == ["way", "left_over_risk", "content"]
    said = {
        "done_date": "2026-12-08",
        "way": "上门",
        "left_over_risk": False,
        "content": "水槽接好了",
        "performance": "部分",
    }
    follow_ups.record(desk, visit, said)
    done = desk.store.record("follow_up", visit)
    assert done is not None
    assert "satisfaction" not in done
    assert done["visitor_id"] == CLERK
    assert desk.store.record("agreement", record["id"])["performance"] == "部分"


def test_visits_can_be_planned_moved_and_struck_out(desk: Desk) -> None:
    given = registered(desk)
    follow_ups.plan(desk, given, day=date(2026, 12, 4), kind="关爱走访")
    visit = str(only(desk, "follow_up", given)["id"])
    follow_ups.move(desk, visit, date(2026, 12, 11))
    assert only(desk, "follow_up", given)["planned_date"] == "2026-12-11"
    with pytest.raises(NotYet):
        follow_ups.void(desk, visit, "")
    follow_ups.void(desk, visit, "搬走了")


def test_an_agreement_struck_out_takes_its_visits_along(desk: Desk) -> None:
    given, record = saved(desk)
    agreements.void(desk, record["id"], "双方重新写")
    (row,) = desk.store.disputes(DisputeQuery(ids=(given,))).rows
    assert row.due_date == ""
    assert all(visit["void_reason"] == "双方重新写" for visit in desk.store.children("follow_up", given))


def test_choosing_the_form_brings_what_is_known_and_overwrites_nothing(desk: Desk) -> None:
    given = registered(desk, zz_type="0201", source="11", claims=["改檐口", "赔墙皮"])
    draft = agreements.with_form(desk, given, {"facts": "雨水流到后墙"}, "书面")
    assert (draft["facts"], draft["issues"], draft["copies"]) == ("雨水流到后墙", "改檐口；赔墙皮", 3)
    fresh = agreements.with_form(desk, given, {}, "书面")
    assert fresh["facts"] == dispute(desk, given)["summary"]
    assert agreements.with_form(desk, given, {}, "口头") == {"form": "口头", "agreed_on": "2026-11-23"}


def test_clauses_and_the_sum_come_from_what_must_be_done(desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given, items=["", " "]))
    record = only(desk, "agreement", given)
    assert record["items"] == [
        "李建军于2026年12月1日前接好水槽。",
        "王有福于2026年12月20日前付 1,500 元 1,500 元（大写：壹仟伍佰元整）。",
    ]
    assert record["amount_cents"] == 150_000


def test_an_oral_agreement_asks_for_nothing_the_law_does_not(desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    asked = agreements.ASKED["口头"]
    assert not {"party_marks", "mediator_mark_date", "seal_date", "copies", "facts", "liability"} & set(asked)
    draft = agreements.with_form(desk, given, agreements.blank(desk, given), "口头")
    typed = {"items": ["李建军三天内改好檐口"], "performance": "履行中"}
    agreements.save(desk, given, {**draft, **typed})
    assert only(desk, "agreement", given)["effective_date"] == "2026-11-23"


def test_hints_look_at_sums_copies_and_forms_and_bar_nothing(desk: Desk) -> None:
    given = registered(desk, zz_type="0902")
    draft = written(desk, given, copies=2, amount_cents=200_000)
    assert [hint.target for hint in agreements.hints(desk, given, draft)] == ["amount_cents", "copies", "confirm_bar"]
    oral = {"form": "口头", "items": ["付钱"], "obligations": [{"id": "a", "who": "李某", "what": "付钱"}]}
    (hint,) = agreements.hints(desk, given, oral)
    assert (hint.target, hint.level) == ("form", "warning")
    assert agreements.missing(desk, given, draft) == ()
