"""Checks, states, codes and places, each by example."""

import pytest

from sync.records import RECORD_TYPES, codes, places, states
from sync.records.checks import doubt
from sync.records.validate import complaints, value_complaints

DISPUTE, PARTY, AGREEMENT = (RECORD_TYPES[n] for n in ("dispute", "party", "agreement"))
MEDIATOR = ("mediator",)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("620802190001010019", ""),
        ("620802190001010018", "最后一位"),
        ("620802190002290010", "出生日期"),
        ("62080219000101001", "17 位"),
    ],
)
def test_an_id_number_is_checked_by_its_digit_and_its_calendar_day(number: str, word: str) -> None:
    assert word in doubt("id_number", number)
    assert bool(doubt("id_number", number)) == bool(word)


@pytest.mark.parametrize("phone", ["13809352207", "138 0935 2207", "0933-8213456", "8213456"])
def test_a_mobile_or_a_landline_is_no_doubt(phone: str) -> None:
    assert doubt("phone", phone) == ""


def test_a_doubtful_id_number_warns_and_does_not_block() -> None:
    found = value_complaints(PARTY, "id_no", "620802190001010018")
    assert [(c.code, c.level) for c in found] == [("doubtful", "warning")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people_count", "3"), ("people_count", -1), ("people_count", True), ("found_date", "2026-02-30"),
        ("zz_type", "0000"), ("zz_type", ["0101"]), ("amount_cents", 1.5), ("title", "长" * 101), ("title", "a\nb"),
        ("summary", "a\x00b"), ("first_contact_at", "2026-11-23 10:00"), ("claims", "x"), ("co_mediator_ids", ["a b"]),
        ("place_code", "6208021072"), ("nonsense", 1),
    ],
)  # fmt: skip
def test_a_malformed_value_is_an_error(name: str, value: object) -> None:
    assert [c.level for c in value_complaints(DISPUTE, name, value)] == ["error"]


def test_items_need_ids_and_their_own_required_parts() -> None:
    def obligations(entry: object) -> list[str]:
        return [c.message for c in value_complaints(AGREEMENT, "obligations", [entry])]

    assert obligations({"id": "a", "who": "李某", "what": "还钱"}) == []
    assert "编号" in obligations({"who": "李某", "what": "还钱"})[0]
    assert "做什么" in obligations({"id": "a", "who": "李某"})[0]
    assert "没有“x”" in obligations({"id": "a", "who": "李某", "what": "还钱", "x": 1})[0]


def test_what_is_required_depends_on_the_status() -> None:
    at = {"status": "30"}
    assert {"org_id", "host_mediator_id", "deadline"} <= {c.field for c in complaints(DISPUTE, at)}
    assert "org_id" not in {c.field for c in complaints(DISPUTE, {"status": "10"})}


def test_a_ledger_row_is_not_asked_for_what_it_never_held() -> None:
    bare = {c.field for c in complaints(DISPUTE, {"status": "70", "origin_file": "台账.xlsx"})}
    assert bare == {"matter_code", "title", "found_date", "place_code", "zz_type", "people_count", "summary",
                    "closed_session"}  # fmt: skip


def test_one_choice_of_type_fills_all_three_type_systems() -> None:
    assert codes.other_types("0902") == {"rmtj_type": "03", "month_row": "05"}
    assert codes.other_types("0101") == {"rmtj_type": "01", "month_row": "17"}
    assert codes.other_types("1301")["rmtj_type"] is None, "not people's mediation: dispatched"
    for code in codes.table("ZZ_TYPE").items:
        assert codes.other_types(code)["month_row"] in codes.table("MONTH_ROW")


def test_oral_agreements_are_barred_for_land_contracts_and_labour() -> None:
    barred = {c for c, item in codes.table("ZZ_TYPE").items.items() if item.more.get("oral_allowed") is False}
    assert barred == {"0901", "07", "0701", "0702", "0703", "0704", "0799"}


def test_only_declared_steps_are_allowed_and_only_to_the_right_roles() -> None:
    assert states.refusal(DISPUTE, {"status": "10"}, {"status": "20"}, MEDIATOR) == ""
    assert "不能直接" in states.refusal(DISPUTE, {"status": "10"}, {"status": "80"}, MEDIATOR)
    assert "不归" in states.refusal(DISPUTE, {"status": "10"}, {"status": "20"}, ("auditor",))
    assert "要先填" in states.refusal(DISPUTE, {"status": "10"}, {"status": "30"}, MEDIATOR)


def test_a_new_dispute_starts_at_the_beginning_unless_an_old_ledger_says_otherwise() -> None:
    assert states.refusal(DISPUTE, {}, {"status": "10"}, MEDIATOR) == ""
    assert states.refusal(DISPUTE, {}, {"status": "70"}, MEDIATOR) != ""
    assert states.refusal(DISPUTE, {}, {"status": "70", "origin_file": "x.xls"}, MEDIATOR) == ""


def test_every_status_can_be_reached_and_every_step_names_real_statuses_and_fields() -> None:
    known = set(codes.table("CASE_STATUS").items)
    reached = set(DISPUTE.starts) | {step.target for step in DISPUTE.steps}
    assert reached == known
    for step in DISPUTE.steps:
        assert set(step.source) <= known
        assert set(step.needs) <= set(DISPUTE.by_name)
        assert set(step.party_needs) <= set(PARTY.by_name)


def test_places_know_their_level_and_what_lies_inside() -> None:
    village, town, district = "620802107204", "620802107000", "620802000000"
    assert [places.level(c) for c in (village, town, district)] == [5, 4, 3]
    assert places.contains(town, village)
    assert not places.contains(village, town)
    assert places.contains(district, "620802001001")
    assert not places.contains(town, "620802106201")
    assert places.line(village) == (village, town, district, "620800000000", "620000000000")
    assert places.bounds(town) == ("620802107000", "620802107999")
