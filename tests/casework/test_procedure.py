"""Who sent it, who may not be forced, who mediates instead, and the lawful ways when it comes to nothing."""

from datetime import date

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import mediators, page, parties, progress, referral, register, routes
from desktop.casework.errors import NotAllowed, NotYet
from desktop.store import Edit
from sync.records import codes
from sync.records.dispute import DISPUTE
from tests.casework.conftest import COLLEAGUE, COMMITTEE, HELPER, HOST, Office, dispute, filled, registered

FAILED = {"end_reason": "21", "end_date": "2026-11-23", "resolve_way": "01", "resolve_level": "乡镇"}


def test_what_a_court_sent_asks_for_letter_and_consent_and_reminds_of_the_answer(desk: Desk) -> None:
    assert referral.asked_fields("41") == ("referred_by", "referral_no", "referred_on")
    assert referral.asked_fields("46") == ("referred_by", "referred_on")
    assert referral.asked_fields("12") == ()
    assert referral.likely_linkage("42") == "公调对接"
    given = registered(desk, source="41")
    assert [p.field for p in page.page(desk, given).prompts] == ["consent_mediation", "referred_by", "referral_no"]
    progress.change(desk, given, {"referred_by": "崆峒区人民法院", "referral_no": "（2026）委调 3 号"})
    assert [p.field for p in page.page(desk, given).prompts] == ["consent_mediation"]
    progress.take_step(desk, given, target="71", fields=FAILED)
    assert page.page(desk, given).prompts[-1].field == "returned_on"
    offers = {offer.target: offer for offer in progress.offers(desk, given)}
    assert [lack.target for lack in offers["80"].lacks] == ["returned_on"]
    referral.give_back(desk, given, on=date(2026, 11, 23), note="电话告诉立案庭，另寄结果一份")
    assert not referral.to_return(dispute(desk, given))
    progress.take_step(desk, given, target="30", fields={"reopened_because": "又愿意谈"})
    progress.take_step(desk, given, target="71", fields=FAILED)
    assert referral.to_return(dispute(desk, given)), "another result, told anew"


def test_a_result_goes_back_only_to_who_sent_it_and_not_from_tomorrow(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        referral.give_back(desk, registered(desk), on=date(2026, 11, 23), note="电话")
    sent = registered(desk, source="43")
    for day, note in ((date(2026, 11, 24), "电话"), (date(2026, 11, 23), " ")):
        with pytest.raises(NotYet):
            referral.give_back(desk, sent, on=day, note=note)


@pytest.mark.parametrize("reason", [*codes.table("REFUSE_REASON").items])
def test_every_ground_of_refusal_has_advice_and_a_lawful_way(reason: str) -> None:
    notice = routes.after_refusal(reason, "0201")
    assert notice.sentence
    assert notice.routes
    assert all(route.how and route.article for route in notice.routes)


def test_the_way_fits_the_kind_of_dispute(desk: Desk) -> None:
    assert [r.code for r in routes.after_end("0701").routes] == ["劳动仲裁", "行政机关"]
    assert [r.code for r in routes.after_end("0901").routes] == ["土地承包仲裁", "起诉"]
    assert [r.code for r in routes.after_end("0201").routes] == ["起诉"]
    assert routes.after_refusal("05", "1502").routes[0].code == "纪检组织"
    assert [r.code for r in routes.after_refusal("03", "0701").routes] == ["原受理机关"]
    for item in codes.table("ZZ_TYPE").items:
        assert routes.after_end(item).routes


def test_ending_without_agreement_asks_whether_the_ways_were_told_and_goes_on_without(desk: Desk) -> None:
    given = registered(desk)
    offer = next(one for one in progress.offers(desk, given) if one.target == "71")
    assert "end_told_at" not in offer.asks
    assert offer.wishes == ("end_told_at", "end_told_form")
    progress.take_step(desk, given, target="71", fields=FAILED)
    shown = page.page(desk, given)
    assert shown.notice is not None
    assert [lack.target for lack in shown.doubts] == ["end_told_at"]
    progress.change(desk, given, {"end_told_at": desk.moment(), "end_told_form": "书面"})
    assert page.page(desk, given).doubts == ()
    progress.take_step(desk, given, target="30", fields={"reopened_because": "又愿意谈"})
    assert "end_told_at" not in dispute(desk, given)


def test_an_agreement_that_is_not_kept_can_be_mediated_anew_with_a_reason(desk: Desk) -> None:
    given = registered(desk)
    progress.take_step(desk, given, target="40", fields={})
    progress.take_step(desk, given, target="30", fields={"reopened_because": "水槽没接"})
    assert dispute(desk, given)["status"] == "30"


def test_what_only_a_desk_asks_is_not_asked_of_older_desks_and_ledgers() -> None:
    for step in DISPUTE.steps:
        assert {*step.desk_needs, *step.wishes} <= set(DISPUTE.by_name)
        assert not {*step.desk_needs, *step.wishes} & set(step.needs)
    asked = [step.verb for step in DISPUTE.steps if step.desk_needs]
    assert asked == ["重新调解"]


def test_another_mediator_takes_over_with_who_asked_and_why(desk: Desk) -> None:
    given = registered(desk, co_mediator_ids=[HELPER])
    mediators.replace(desk, given, former_id=HOST, next_id=HELPER, asked_by="乙方", reason="主持人是甲方亲戚")
    record = dispute(desk, given)
    assert record["host_mediator_id"] == HELPER
    assert "co_mediator_ids" not in record
    (told,) = page.page(desk, given).replacements
    assert (told.former, told.following, told.asked_by, told.reason) == ("马秀兰", "赵文博", "乙方", "主持人是甲方亲戚")
    mediators.replace(desk, given, former_id=HELPER, next_id=HOST, reason="调走了")
    assert len(page.page(desk, given).replacements) == 2


def test_the_new_mediator_must_be_in_office_and_not_sit_there_already(desk: Desk) -> None:
    later = desk.ids()
    desk.save([Edit("mediator", later, {
        "org_id": COMMITTEE, "place_code": desk.place, "name": "杨立本", "sex": "1", "role": "聘任",
        "phone": "13809350001", "valid_from": "2027-01-01",
    })])  # fmt: skip
    given = registered(desk, co_mediator_ids=[HELPER])
    wrong = ((HOST, later, "调走"), (HOST, HOST, "调走"), (HELPER, HOST, "调走"), (HOST, "", ""))
    for former, following, reason in wrong:
        with pytest.raises(NotYet):
            mediators.replace(desk, given, former_id=former, next_id=following, reason=reason)
    with pytest.raises(NotAllowed):
        mediators.replace(desk, given, former_id=later, next_id=HOST, reason="调走")
    with pytest.raises(NotAllowed):
        mediators.replace(desk, registered(desk, accept=False), former_id=HOST, next_id=HELPER, reason="调走")


def test_a_mediator_who_is_replaced_no_longer_reads_behind_closed_doors(office: Office) -> None:
    desk = office.sit(COLLEAGUE, "township")
    given = registered(desk, closed_session=True, co_mediator_ids=[HOST])
    mediators.replace(desk, given, former_id=HELPER, next_id=HOST, reason="回避")
    assert dispute(desk, given)["host_mediator_id"] == HOST


def test_a_child_needs_a_guardian_and_a_crowd_its_representatives(desk: Desk) -> None:
    draft = filled(desk)
    people = [{"side": "甲", "kind": "自然人", "name": f"王{n}", "row": n} for n in "一二三四五六"]
    child = {"side": "乙", "kind": "自然人", "name": "李小军", "age": 12, "row": "c"}
    draft["parties"] = [*people, child]
    assert [(w.target, w.level) for w in register.warnings(desk, draft)] == [
        ("is_representative", "warning"), ("parties.6.guardian_party_id", "warning"),
    ]  # fmt: skip
    assert "李小军" not in register.warnings(desk, draft)[1].message
    draft["parties"][6] = {**child, "guardian": "p"}
    draft["parties"].append({"side": "第三人", "kind": "自然人", "name": "李建军", "row": "p"})
    assert [w.target for w in register.warnings(desk, draft)] == ["is_representative"]
    given = register.register(desk, draft, accept=True).id
    known = {str(p["name"]): p for p in desk.store.children("party", given)}
    assert known["李小军"]["guardian_party_id"] == known["李建军"]["id"]
    for party in known.values():
        if party["side"] == "甲":
            parties.change(desk, str(party["id"]), {"is_representative": True})
    assert [lack.message for lack in page.page(desk, given).doubts] == ["甲方推选了 6 个代表，一般不超过 5 个"]


def test_a_guardian_is_another_grown_up_party_of_the_same_dispute(desk: Desk) -> None:
    given, other = registered(desk), registered(desk, names=("赵大", "钱二"))
    first, second = desk.store.children("party", given)
    stranger = desk.store.children("party", other)[0]
    for wrong in (first["id"], stranger["id"]):
        with pytest.raises(NotYet):
            parties.change(desk, str(first["id"]), {"guardian_party_id": wrong})
    parties.change(desk, str(first["id"]), {"guardian_party_id": second["id"]})


def test_who_sent_it_is_asked_at_registration(desk: Desk) -> None:
    assert [w.target for w in register.warnings(desk, filled(desk, source="42"))] == ["referred_by"]
    assert register.warnings(desk, filled(desk, source="42", referred_by="花所派出所")) == ()


def test_who_mediates_together_is_written_down_with_what_each_does(desk: Desk) -> None:
    given = registered(desk)
    bodies = [{"name": "花所派出所", "duty": "到场"}, {"name": "镇司法所"}]
    progress.change(desk, given, {"linkage": ["公调对接"], "joint_bodies": bodies})
    known = dispute(desk, given)["joint_bodies"]
    assert [one["name"] for one in known] == ["花所派出所", "镇司法所"]
    progress.change(desk, given, {"joint_bodies": [*known, {"name": "区住建局"}]})
    assert [one["id"] for one in dispute(desk, given)["joint_bodies"]][:2] == [one["id"] for one in known]
    with pytest.raises(NotYet):
        progress.change(desk, given, {"joint_bodies": [{"duty": "没写单位"}]})
