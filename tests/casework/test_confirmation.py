"""The joint application to the court: filled from what is known, with what is missing beside it."""

from datetime import date
from typing import Any

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, confirmation, parties
from tests.casework.conftest import Office, only, registered
from tests.casework.test_agreements import written


def agreed(desk: Desk, zz_type: str = "0901", **more: Any) -> str:
    given = registered(desk, zz_type=zz_type)
    agreements.save(desk, given, written(desk, given, agreement_no="花所人调字〔2026〕3号", **more))
    return given


def test_the_application_is_filled_from_the_record_and_the_reading_is_noted(desk: Desk) -> None:
    given = agreed(desk)
    for party, number in zip(desk.store.children("party", given), ("620802190001010019", ""), strict=True):
        told = {"id_type": "111", "id_no": number} if number else {"phone": "13809350003"}
        parties.change(desk, str(party["id"]), {**told, "address": "花所村三社"})
    found = confirmation.application(desk, only(desk, "agreement", given)["id"])
    assert [(a.name, a.id_type, a.id_no) for a in found.applicants] == [
        ("王有福", "居民身份证", "620802190001010019"), ("李建军", "", ""),
    ]  # fmt: skip
    assert (found.effective_date, found.last_day) == (date(2026, 11, 25), date(2026, 12, 25))
    assert (found.org, found.mediators, found.agreement_no) == (
        "花所镇人民调解委员会", ("马秀兰",), "花所人调字〔2026〕3号",
    )  # fmt: skip
    assert [lack.label for lack in found.lacks] == ["王有福联系方式", "李建军证件号码"]
    assert len(found.materials) == 5
    assert [reading.field for reading in readings.latest(desk)] == ["id_no"]


def test_an_organisation_needs_its_head_and_code_not_an_id_number(desk: Desk) -> None:
    given = agreed(desk)
    second = desk.store.children("party", given)[1]
    parties.change(desk, str(second["id"]), {"kind": "法人", "name": "花所砖厂"})
    found = confirmation.application(desk, only(desk, "agreement", given)["id"])
    assert [lack.label for lack in found.lacks if "砖厂" in lack.label][:2] == [
        "花所砖厂统一社会信用代码", "花所砖厂法定代表人",
    ]  # fmt: skip


def test_what_keeps_a_court_from_taking_it_is_said(office: Office) -> None:
    desk = office.sit()
    given = agreed(desk, zz_type="0902")
    office.wait(days=40)
    found = confirmation.application(desk, only(desk, "agreement", given)["id"])
    assert [lack.target for lack in found.lacks[:2]] == ["confirm_deadline", "confirm_bar"]
    unsealed = agreed(desk, seal_date=None, performance="履行中")
    found = confirmation.application(desk, only(desk, "agreement", unsealed)["id"])
    assert found.lacks[0].target == "effective_date"
    assert found.last_day is None
