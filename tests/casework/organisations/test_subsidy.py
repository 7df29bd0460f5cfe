"""一案一补: the district's table, a person's choice, 司法所's check, and the month's list."""

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.casework.desk import Desk
from desktop.casework.disputes import progress
from desktop.casework.errors import NotAllowed, NotYet
from desktop.casework.organisations import subsidy
from desktop.store import Edit
from tests.casework.conftest import COLLEAGUE, HELPER, Office, dispute, registered

END = {"end_reason": "21", "end_date": "2026-11-20", "resolve_way": "01", "resolve_level": "乡镇"}
DISTRICT = "620802000000"


@pytest.fixture
def table(desk: Desk) -> Desk:
    rows = (("简单", 10_000, "2026-01-01", None), ("一般", 20_000, "2026-01-01", "2026-11-21"),
            ("重大", 30_000, "2027-01-01", None))  # fmt: skip
    desk.save([
        Edit("subsidy_rate", desk.ids(), {"place_code": DISTRICT, "name": name, "amount_cents": cents,
                                          "valid_from": start, **({"valid_to": end} if end else {})})
        for name, cents, start, end in rows
    ])  # fmt: skip
    return desk


def finished(desk: Desk, **more: object) -> str:
    given = registered(desk, **more)
    progress.take_step(desk, given, target="71", fields=END)
    return given


def test_the_classes_are_those_in_force_on_the_day_the_case_ended(table: Desk) -> None:
    assert [rate.name for rate in subsidy.rates(table, date(2026, 11, 20))] == ["一般", "简单"]
    given = finished(table)
    subsidy.choose(table, given, "一般")
    assert (dispute(table, given)["subsidy_class"], dispute(table, given)["subsidy_cents"]) == ("一般", 20_000)
    with pytest.raises(NotYet):
        subsidy.choose(table, given, "重大")
    subsidy.choose(table, given, "")
    assert not {"subsidy_class", "subsidy_cents"} & dispute(table, given).keys()
    with pytest.raises(NotAllowed):
        subsidy.choose(table, registered(table, names=("赵大", "钱二")), "简单")


def test_only_justice_checks_not_her_own_case_and_a_new_class_is_checked_again(office: Office, table: Desk) -> None:
    given, own = finished(table), finished(table, names=("赵大", "钱二"), host_mediator_id=HELPER)
    for one in (given, own):
        subsidy.choose(table, one, "简单")
    with pytest.raises(NotAllowed):
        subsidy.check(table, [given])
    justice = office.sit(COLLEAGUE)
    with pytest.raises(NotAllowed):
        subsidy.check(justice, [given, own])
    assert "subsidy_checked_by" not in dispute(table, given)
    subsidy.check(justice, [given])
    assert dispute(table, given)["subsidy_checked_by"] == "赵文博"
    subsidy.choose(table, given, "一般")
    assert "subsidy_checked_by" not in dispute(table, given)
    with pytest.raises(NotYet):
        subsidy.check(justice, [finished(table, names=("孙三", "李四"))])


def test_the_month_lists_case_by_case_and_adds_up_by_mediator(office: Office, table: Desk, tmp_path: Path) -> None:
    given = [finished(table, names=(f"王{n}", f"李{n}")) for n in "甲乙丙"]
    for one, rate in zip(given, ("简单", "一般", "一般"), strict=True):
        subsidy.choose(table, one, rate)
    subsidy.check(office.sit(COLLEAGUE), given[:2])
    found = subsidy.month_list(table, 2026, 11)
    assert found.totals == (("马秀兰", 2, 30_000),)
    assert (found.total_cents, found.sealed) == (30_000, 0)
    assert subsidy.month_list(table, 2026, 12).payments == ()
    subsidy.export(found, tmp_path / "补贴 11月.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "补贴 11月.xlsx"))
    rows = book.get_sheet_by_name("汇总").to_python()
    assert rows[-2:] == [[1, "马秀兰", 2, 300, "", ""], ["", "合计", 2, 300, "", ""]]
    assert book.get_sheet_by_name("个案").to_python()[0][0] == "2026年11月人民调解个案补贴明细"


def test_what_is_closed_to_the_person_is_counted_and_not_shown(office: Office, table: Desk) -> None:
    shut = finished(table, closed_session=True)
    subsidy.choose(table, shut, "简单")
    table.save(
        [Edit("dispute", shut, {"subsidy_checked_by": "赵文博", "subsidy_checked_on": "2026-11-23"})]
    )
    stranger = office.sit(COLLEAGUE)
    found = subsidy.month_list(stranger, 2026, 11)
    assert (found.payments, found.sealed) == ((), 1)


def test_what_waits_for_the_check_is_listed_until_it_is_checked_and_ones_own_is_marked(
    office: Office, table: Desk
) -> None:
    given, own = finished(table), finished(table, names=("赵大", "钱二"), host_mediator_id=HELPER)
    shut = finished(table, names=("孙三", "李四"), closed_session=True)
    for one in (given, own, shut):
        subsidy.choose(table, one, "简单")
    justice = office.sit(COLLEAGUE)
    assert {(one.id, one.is_own) for one in subsidy.waiting(justice)} >= {(given, False), (own, True)}
    assert shut not in {one.id for one in subsidy.waiting(office.sit(COLLEAGUE, "village"))}
    subsidy.check(justice, [given])
    assert given not in {one.id for one in subsidy.waiting(justice)}
    assert subsidy.may_check(justice)
    assert not subsidy.may_check(table)
