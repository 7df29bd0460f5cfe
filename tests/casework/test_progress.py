"""From step to step: what is offered, what is asked for, what follows."""

from datetime import date, timedelta

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, parties, progress
from desktop.casework.disputes import case as cases
from desktop.casework.errors import Gone, NotAllowed, NotYet
from desktop.store import Edit
from tests.casework.conftest import COLLEAGUE, HELPER, HOST, Office, dispute, only, registered

END = {"end_reason": "11", "end_date": "2026-11-23", "resolve_way": "01", "resolve_level": "乡镇"}
TOLD = {"told": {"consent": True, "form": "口头"}}


def offered(desk: Desk, dispute_id: str) -> dict[str, progress.Offer]:
    return {offer.verb: offer for offer in progress.offers(desk, dispute_id)}


def test_a_registered_dispute_offers_acceptance_first_and_asks_for_rights_told(desk: Desk) -> None:
    found = progress.offers(desk, registered(desk, accept=False, told={}))
    assert found[0].verb == "受理"
    assert found[0].asks == ("told",)
    assert {offer.verb for offer in found} == {"受理", "交去受理", "不予受理", "移交", "自行和解", "作废"}


def test_acceptance_needs_consent_of_every_party(desk: Desk) -> None:
    given = registered(desk, accept=False, told={})
    with pytest.raises(NotYet) as told:
        progress.take_step(desk, given, target="30", fields={})
    assert len(told.value.lacks) == 6
    progress.take_step(desk, given, target="30", fields=TOLD)
    assert dispute(desk, given)["deadline"] == "2026-12-23"
    assert all(party["consent_mediation"] for party in desk.store.children("party", given))


def test_refusing_needs_the_reason_and_when_it_was_told_and_words_for_other_reasons(desk: Desk) -> None:
    given = registered(desk, accept=False)
    assert offered(desk, given)["不予受理"].asks == ("refuse_reason", "refuse_told_at")
    fields = {"refuse_reason": "99", "refuse_told_at": "2026-11-23T11:00:00+08:00"}
    with pytest.raises(NotYet) as told:
        progress.take_step(desk, given, target="21", fields=fields)
    assert [lack.target for lack in told.value.lacks] == ["end_note"]
    progress.take_step(desk, given, target="21", fields={**fields, "end_note": "已在镇派出所处理"})
    assert dispute(desk, given)["status"] == "21"


def test_no_step_leads_where_none_is_declared(desk: Desk) -> None:
    given = registered(desk, accept=False)
    with pytest.raises(NotAllowed):
        progress.take_step(desk, given, target="80", fields={})
    assert dispute(desk, given)["status"] == "10"


def test_an_auditor_is_offered_nothing(office: Office) -> None:
    given = registered(office.sit())
    assert progress.offers(office.sit(office.sit().account.id, "auditor"), given) == ()


def test_closing_asks_for_how_it_ended_and_plans_a_visit(desk: Desk) -> None:
    given = registered(desk)
    progress.take_step(desk, given, target="60", fields={})
    assert only(desk, "follow_up", given)["planned_date"] == "2026-11-30"
    offer = offered(desk, given)["办结"]
    assert offer.asks == ("resolve_way", "resolve_level", "end_reason", "end_date")
    assert [lack.level for lack in offer.lacks] == ["warning"]
    progress.take_step(desk, given, target="70", fields=END)
    record = dispute(desk, given)
    assert record["is_success"] is True
    planned = sorted(str(visit["planned_date"]) for visit in desk.store.children("follow_up", given))
    assert planned == ["2026-11-30", "2026-12-23"]


def test_a_failed_mediation_cannot_end_with_a_reason_of_success(desk: Desk) -> None:
    given = registered(desk)
    with pytest.raises(NotYet) as told:
        progress.take_step(desk, given, target="71", fields=END)
    assert [lack.target for lack in told.value.lacks] == ["end_reason"]
    progress.take_step(desk, given, target="71", fields={**END, "end_reason": "21"})
    assert dispute(desk, given)["is_success"] is False


def test_reconciling_alone_says_how_it_ended_by_its_name(desk: Desk) -> None:
    given = registered(desk, accept=False)
    fields = {"end_date": "2026-11-23", "resolve_level": "村"}
    progress.take_step(desk, given, target="70", fields=fields)
    assert (dispute(desk, given)["end_reason"], dispute(desk, given)["resolve_way"]) == ("14", "06")


def test_mediating_anew_clears_the_end_and_gives_a_new_deadline(office: Office) -> None:
    desk = office.sit()
    given = registered(desk)
    progress.take_step(desk, given, target="71", fields={**END, "end_reason": "21"})
    office.wait(days=40)
    with pytest.raises(NotYet) as told:
        progress.take_step(desk, given, target="30", fields={})
    assert [lack.target for lack in told.value.lacks] == ["reopened_because"]
    progress.take_step(desk, given, target="30", fields={"reopened_because": "水槽又堵了"})
    record = dispute(desk, given)
    assert not {"end_reason", "end_date", "is_success"} & record.keys()
    assert (record["accept_date"], record["deadline"]) == ("2026-11-23", "2027-02-01")
    assert record["host_mediator_id"] == HOST


def test_suspending_needs_words_and_its_days_move_the_deadline_and_say_so(office: Office) -> None:
    desk = office.sit()
    given = registered(desk)
    with pytest.raises(NotYet):
        progress.take_step(desk, given, target="31", fields={})
    progress.take_step(desk, given, target="31", fields={"end_note": "等伤情鉴定"})
    office.wait(days=12)
    progress.take_step(desk, given, target="30", fields={})
    record = dispute(desk, given)
    assert record["deadline"] == "2027-01-04"
    assert "end_note" not in record
    (entry,) = record["suspensions"]
    assert (entry["from_day"], entry["to_day"], entry["reason"]) == ("2026-11-23", "2026-12-05", "等伤情鉴定")
    (due,) = cases.load(desk, given).dues(desk)
    assert (due.moved_because, due.provisional) == ("中止的 12 天不算", True)


def test_going_on_the_same_day_moves_nothing_and_an_extended_deadline_moves_itself(office: Office) -> None:
    desk = office.sit()
    given = registered(desk)
    progress.take_step(desk, given, target="31", fields={"end_note": "等鉴定"})
    progress.take_step(desk, given, target="30", fields={})
    assert dispute(desk, given)["deadline"] == "2026-12-23"
    progress.extend(desk, given, until=date(2026, 12, 30), consent_on=date(2026, 11, 23))
    progress.take_step(desk, given, target="31", fields={"end_note": "再鉴定"})
    office.wait(days=5)
    progress.take_step(desk, given, target="30", fields={})
    assert (dispute(desk, given)["deadline"], dispute(desk, given)["extended_to"]) == ("2026-12-23", "2027-01-04")


def test_a_suspension_an_older_desk_did_not_write_down_moves_nothing(desk: Desk) -> None:
    given = registered(desk)
    desk.save([Edit("dispute", given, {"status": "31", "end_note": "等鉴定"})])
    progress.take_step(desk, given, target="30", fields={})
    assert dispute(desk, given)["deadline"] == "2026-12-23"
    assert dispute(desk, given)["end_note"] == "等鉴定"


def test_striking_out_wants_a_reason_and_can_be_taken_back(desk: Desk) -> None:
    given = registered(desk)
    with pytest.raises(NotYet):
        progress.void(desk, given, " ")
    progress.void(desk, given, "重复登记")
    assert dispute(desk, given)["void_reason"] == "重复登记"
    progress.restore(desk, given)
    record = dispute(desk, given)
    assert record["status"] == "10"
    assert not {"void_at", "void_reason"} & record.keys()


def test_an_extension_needs_both_parties_consent_in_time_and_a_later_day(desk: Desk) -> None:
    given = registered(desk)
    with pytest.raises(NotYet):
        progress.extend(desk, given, until=date(2027, 1, 10), consent_on=None)
    with pytest.raises(NotAllowed):
        progress.extend(desk, given, until=date(2026, 12, 1), consent_on=date(2026, 11, 23))
    with pytest.raises(NotAllowed):
        progress.extend(desk, given, until=date(2027, 1, 10), consent_on=date(2026, 12, 24))
    progress.extend(desk, given, until=date(2027, 1, 10), consent_on=date(2026, 11, 23))
    assert dispute(desk, given)["extended_to"] == "2027-01-10"


def test_correcting_the_type_brings_the_other_two_types_along(desk: Desk) -> None:
    given = registered(desk)
    progress.change(desk, given, {"zz_type": "0201", "amount_cents": 360_000})
    record = dispute(desk, given)
    assert (record["rmtj_type"], record["month_row"], record["amount_cents"]) == ("02", "17", 360_000)
    for wrong in ({"status": "70"}, {"end_reason": "11"}, {"score": 5}):
        with pytest.raises(NotAllowed):
            progress.change(desk, given, wrong)
    with pytest.raises(NotYet):
        progress.change(desk, given, {"people_count": "两个"})


def test_nobody_closes_the_door_on_herself(office: Office) -> None:
    given = registered(office.sit())
    colleague = office.sit(COLLEAGUE, "township")
    with pytest.raises(NotAllowed):
        progress.change(colleague, given, {"closed_session": True})
    progress.change(office.sit(), given, {"closed_session": True, "co_mediator_ids": [HELPER]})
    assert progress.offers(colleague, given)


def test_parties_are_added_corrected_told_and_struck_out_but_never_down_to_one(desk: Desk) -> None:
    given = registered(desk, accept=False, told={})
    with pytest.raises(NotYet):
        parties.add(desk, given, {"side": "第三人", "kind": "自然人"})
    parties.add(desk, given, {"side": "第三人", "kind": "自然人", "name": "王小军", "age": 16})
    third = desk.store.children("party", given)[-1]
    assert (third["seq"], third["is_minor"]) == (3, True)
    parties.change(desk, str(third["id"]), {"age": 19})
    parties.tell(desk, given, form="书面", consent=True)
    assert [p["rights_told_form"] for p in desk.store.children("party", given)] == ["书面"] * 3
    parties.void(desk, str(third["id"]), "登错了人")
    with pytest.raises(NotAllowed):
        parties.void(desk, str(desk.store.children("party", given)[0]["id"]), "再去一个")


def test_what_is_not_here_is_gone(desk: Desk) -> None:
    with pytest.raises(Gone):
        progress.offers(desk, "018f0000-0000-7000-8000-000000000000")
    with pytest.raises(Gone):
        agreements.change(desk, "018f0000-0000-7000-8000-000000000000", {})
    with pytest.raises(Gone):
        follow_ups.record(desk, "018f0000-0000-7000-8000-000000000000", {})


def test_an_appointment_can_be_made_and_moved_but_not_into_the_past(desk: Desk) -> None:
    given = registered(desk)
    for days in (2, 3):
        progress.appoint(desk, given, at=desk.now() + timedelta(days=days), place="花所村调解室")
    kept = dispute(desk, given)
    assert kept["next_at"].startswith("2026-11-26T10:42")
    assert kept["next_place"] == "花所村调解室"
    with pytest.raises(NotYet):
        progress.appoint(desk, given, at=desk.now() - timedelta(hours=1), place="")


def test_only_a_dispute_in_mediation_has_appointments(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        progress.appoint(desk, registered(desk, accept=False), at=desk.now() + timedelta(days=1), place="")
