"""Registering a dispute once, with what it lacks and what follows from it."""

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import draft as drafts
from desktop.casework.disputes import duties, look_alike, progress, register
from desktop.casework.errors import NotYet
from desktop.store import Edit
from sync.records import RECORD_TYPES
from sync.records.validate import complaints
from tests.casework.conftest import (
    CLERK,
    COMMITTEE,
    HELPER,
    HOST,
    NEIGHBOUR,
    VILLAGE,
    Office,
    dispute,
    filled,
    registered,
)


def labels(desk: Desk, draft: register.Draft, *, accept: bool = True) -> list[str]:
    return [lack.label for lack in register.missing(desk, draft, accept=accept)]


def test_a_new_draft_holds_only_what_follows_from_the_desk(office: Office) -> None:
    draft = register.blank(office.sit(place=VILLAGE))
    assert draft["found_date"] == "2026-11-23"
    assert draft["place_code"] == VILLAGE
    assert not {"risk", "scale", "difficulty", "source", "end_reason", "flag_violence"} & draft.keys()
    assert "place_code" not in register.blank(office.sit())


def test_what_is_missing_is_told_in_the_order_of_the_form(desk: Desk) -> None:
    draft = filled(desk)
    for name in ("people_count", "risk", "flag_dv", "flag_minor"):
        del draft[name]
    assert labels(desk, draft) == ["牵涉几个人", "风险", "第三部分核对"]


def test_acceptance_wants_rights_told_and_consent_but_registration_does_not(desk: Desk) -> None:
    draft = filled(desk, told={})
    assert labels(desk, draft, accept=False) == []
    assert labels(desk, draft) == ["双方同意调解", "讲明权利义务"]


def why_not(desk: Desk, draft: register.Draft) -> list[str]:
    return [lack.message for lack in register.missing(desk, draft, accept=True) if lack.target == "host_mediator_id"]


def test_who_is_not_yet_or_no_longer_a_mediator_does_not_lead(desk: Desk) -> None:
    desk.save([Edit("mediator", HELPER, {"valid_from": "2026-12-01"})])
    draft = filled(desk, host_mediator_id=HELPER)
    assert why_not(desk, draft) == ["赵文博从 12月1日起才是调解员，先选别人主持，或者先只登记"]
    with pytest.raises(NotYet):
        register.register(desk, draft, accept=True)
    assert register.register(desk, draft, accept=False).id
    desk.save([Edit("mediator", HELPER, {"valid_from": "2025-01-01", "valid_to": "2026-11-01"})])
    assert why_not(desk, draft) == ["赵文博做调解员到 11月1日为止，换一个人主持"]


def test_a_clerk_whose_own_office_begins_later_is_told_so(desk: Desk) -> None:
    desk.save([Edit("mediator", HOST, {"valid_from": "2026-12-01"})])
    assert why_not(desk, filled(desk)) == ["马秀兰从 12月1日起才是调解员，先选别人主持，或者先只登记"]
    desk.save([Edit("mediator", HOST, {"account_id": None})])
    assert why_not(desk, filled(desk)) == ["还没定谁来主持调解"]


def test_accepting_later_asks_for_a_leader_in_office_too(desk: Desk) -> None:
    given = registered(desk, accept=False, host_mediator_id=HELPER)
    desk.save([Edit("mediator", HELPER, {"valid_from": "2026-12-01"})])
    told = {"told": {"consent": True, "form": "口头"}}
    assert progress.offers(desk, given)[0].asks == ("host_mediator_id", "told")
    with pytest.raises(NotYet) as error:
        progress.take_step(desk, given, target="30", fields=told)
    assert error.value.lacks[0].message == "赵文博从 12月1日起才是调解员，先选别人主持，或者先只登记"
    progress.take_step(desk, given, target="30", fields={**told, "host_mediator_id": HOST})
    assert dispute(desk, given)["status"] == "30"


def test_a_missing_name_jumps_to_that_party(desk: Desk) -> None:
    (lack,) = register.missing(desk, filled(desk, names=("王有福", "")), accept=True)
    assert (lack.target, lack.label) == ("parties.1.name", "乙方姓名或名称")


def test_an_empty_third_row_is_no_party(desk: Desk) -> None:
    draft = filled(desk)
    draft["parties"].append({"side": "第三人", "kind": "自然人"})
    assert labels(desk, draft) == []


def test_registering_and_accepting_is_one_save_that_the_hub_would_take(office: Office, desk: Desk) -> None:
    draft = filled(desk)
    desk.store.write_draft(register.draft_key(draft), draft)
    done = register.register(desk, draft, accept=True)
    record = dispute(desk, done.id)
    known = {name: value for name, value in record.items() if name in RECORD_TYPES["dispute"].by_name}
    assert complaints(RECORD_TYPES["dispute"], known) == []
    assert (record["status"], record["accept_date"], record["deadline"]) == ("30", "2026-11-23", "2026-12-23")
    assert (record["org_id"], record["host_mediator_id"], record["found_by"]) == (COMMITTEE, HOST, CLERK)
    assert (record["rmtj_type"], record["month_row"]) == ("03", "05")
    assert done.changes.of("dispute") == {done.id}
    assert desk.store.drafts() == []
    for party in desk.store.children("party", done.id):
        assert party["consent_mediation"] is True
        assert party["rights_told_form"] == "口头"
        assert complaints(RECORD_TYPES["party"], {n: v for n, v in party.items() if n != "id"}) == []


def test_registering_alone_decides_nothing(desk: Desk) -> None:
    record = dispute(desk, registered(desk, accept=False, told={}))
    assert record["status"] == "10"
    assert not {"accept_date", "host_mediator_id", "deadline"} & record.keys()


def test_matter_codes_are_the_place_the_day_the_device_and_a_running_number(desk: Desk) -> None:
    codes = [register.register(desk, filled(desk), accept=False).matter_code for _ in range(3)]
    assert codes == [f"{VILLAGE}20261123007{n:03d}" for n in (1, 2, 3)]


def test_a_matter_code_that_came_back_from_the_district_is_not_given_again(desk: Desk) -> None:
    taken = f"{VILLAGE}20261123007001"
    given = registered(desk, accept=False)
    desk.store.save([register.Edit("dispute", given, {"matter_code": f"{VILLAGE}20261123007002"})], by=CLERK)
    assert register.register(desk, filled(desk), accept=False).matter_code not in (taken, f"{VILLAGE}20261123007002")


def test_nothing_is_stored_while_something_is_missing_or_unfit(desk: Desk) -> None:
    with pytest.raises(NotYet) as told:
        registered(desk, happen_date="2026-02-30")
    assert "没有这一天" in told.value.lacks[0].message
    assert desk.store.records("dispute") == desk.store.records("party") == []


def test_a_short_phone_is_a_warning_that_may_stay(desk: Desk) -> None:
    draft = filled(desk)
    draft["parties"][1]["phone"] = "139933140"
    (warning,) = register.warnings(desk, draft)
    assert warning.target == "parties.1.phone"
    assert warning.message == "乙方电话只有 9 位，手机号是 11 位。可以先这样存，问清了再补。"
    register.register(desk, draft, accept=True)


def test_the_title_is_made_of_both_names_and_the_type_unless_the_person_wrote_one(desk: Desk) -> None:
    draft = filled(desk, title="", zz_type="0902")
    assert dispute(desk, register.register(desk, draft, accept=True).id)["title"] == "王有福与李建军宅基地使用纠纷"
    assert drafts.suggested_title({"zz_type": "0902", "parties": [{"side": "甲", "name": "王有福"}]}) == ""
    assert drafts.type_words("0599") == "侵权相关"


def test_a_minor_is_known_from_the_id_number_and_stays_unnamed_in_the_title(desk: Desk) -> None:
    draft = filled(desk, title="", flag_minor=True)
    draft["parties"][1] |= {"id_type": "111", "id_no": "620802201001010016"}
    done = register.register(desk, draft, accept=False)
    assert done.title == "王有福与李某宅基地使用纠纷"
    assert [p["is_minor"] for p in desk.store.children("party", done.id)] == [False, True]


def test_the_scale_is_offered_and_never_filled_in(desk: Desk) -> None:
    assert drafts.suggested_scale({"people_count": 2}) == "01"
    assert drafts.suggested_scale({"people_count": 40}) == ""
    assert "事件规模" in labels(desk, {k: v for k, v in filled(desk).items() if k != "scale"})


def test_a_matter_that_is_not_for_mediation_is_registered_but_not_accepted(desk: Desk) -> None:
    draft = filled(desk, zz_type="1301")
    assert labels(desk, draft, accept=False) == []
    assert labels(desk, draft) == ["属于哪一类"]


def test_flags_of_intake_bring_their_duties() -> None:
    found = duties.duties({"flag_violence": True, "flag_dv": True, "flag_minor": False})
    assert [duty.title for duty in found] == ["及时向公安机关报告", "不催着调解"]


@pytest.mark.parametrize(
    ("zz_type", "oral", "bar"),
    [
        ("0901", False, ""),
        ("0703", False, ""),
        ("0902", True, "物权确权"),
        ("0101", True, "身份关系"),
        ("0201", True, ""),
    ],
)
def test_types_say_whether_oral_will_do_and_what_bars_confirmation(zz_type: str, oral: bool, bar: str) -> None:
    assert duties.oral_allowed(zz_type) is oral
    assert duties.confirm_bar(zz_type) == bar


def test_an_earlier_dispute_of_the_same_people_is_shown_in_either_order(desk: Desk) -> None:
    earlier = registered(desk, found_date="2026-06-09", names=("李建军", "王有福"))
    (found,) = look_alike.look_alikes(desk, filled(desk, place_code=NEIGHBOUR))
    assert found.dispute_id == earlier
    assert (
        f"{found.before}{found.title}{found.after}"
        == "李建军、王有福今年 6 月有过一件：李建军与王有福宅基地排水纠纷，现在调解中。"
    )


def test_one_shared_name_counts_only_in_the_same_village_within_two_years(desk: Desk) -> None:
    registered(desk, names=("王有福", "田桂花"), found_date="2026-05-04")
    registered(desk, names=("王有福", "杨栓牢"), found_date="2023-05-04")
    (found,) = look_alike.look_alikes(desk, filled(desk))
    assert found.title == "与田桂花宅基地排水纠纷"
    assert look_alike.look_alikes(desk, filled(desk, place_code=NEIGHBOUR)) == ()
