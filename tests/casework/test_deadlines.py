"""What is due, from plain records: no store needed."""

from datetime import date
from typing import Any

from desktop.casework import calendar
from desktop.casework.disputes.deadlines import Deadlines, Due
from desktop.settings import Settings

CLOCK = Deadlines(calendar.load(), Settings())
MONDAY = date(2026, 11, 23)
DUTY = {"id": "o1", "who": "孙大庆", "what": "让出通道", "due_date": "2026-11-14"}
WRITTEN = {
    "id": "a1", "form": "书面", "effective_date": "2026-10-27", "confirm_deadline": "2026-11-26",
    "confirm_state": "未申请", "performance": "未到期", "obligations": [DUTY],
}  # fmt: skip


def dues(dispute: dict[str, Any], **children: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(due.kind, due.day.isoformat()) for due in CLOCK.dues(dispute, children)]


def test_another_number_of_days_or_another_calendar_summarises_anew() -> None:
    store = {"accept_days": 5}
    clock = Deadlines(calendar.load(), Settings())
    summariser = clock.summariser()
    assert summariser.learn(lambda _name: None) != summariser.learn(store.get)
    assert clock.accept_by(MONDAY) == date(2026, 11, 30)
    other = Deadlines(calendar.Calendar(), Settings()).summariser()
    assert other.learn(lambda _name: None) != summariser.learn(lambda _name: None)


def test_acceptance_is_decided_within_three_working_days() -> None:
    assert dues({"status": "20", "found_date": "2026-11-18"}) == [("accept", "2026-11-23")]


def test_a_row_from_an_old_ledger_has_no_clock_for_acceptance() -> None:
    assert dues({"status": "10", "found_date": "2021-03-01", "origin_file": "台账.xlsx"}) == []


def test_mediation_says_why_its_last_day_moved() -> None:
    (due,) = CLOCK.dues({"status": "30", "accept_date": "2026-10-30", "deadline": "2026-11-30"}, {})
    assert (due.day, due.moved_because) == (date(2026, 11, 30), "29 日是周日，顺延")
    assert due.days_left(MONDAY) == 7
    assert round(due.share_used(MONDAY) or 0, 2) == 0.77


def test_an_extension_replaces_the_deadline() -> None:
    record = {"status": "30", "accept_date": "2026-10-30", "deadline": "2026-11-30", "extended_to": "2026-12-20"}
    assert dues(record) == [("mediation", "2026-12-20")]


def test_the_appointment_of_the_dispute_is_for_the_session_after_the_last() -> None:
    sessions = [
        {"id": "s1", "seq": 1, "start_at": "2026-11-06T10:20:00+08:00"},
        {"id": "s2", "seq": 2, "start_at": "2026-11-16T15:05:00+08:00"},
    ]
    found = CLOCK.dues({"status": "30", "next_at": "2026-11-23T14:30:00+08:00"}, {"session": sessions})
    assert [(due.label, due.day) for due in found] == [("第 3 次调解", MONDAY)]


def test_a_suspended_dispute_has_no_running_clock() -> None:
    assert dues({"status": "31", "accept_date": "2026-10-30", "deadline": "2026-11-30"}) == []


def test_an_agreement_brings_what_must_be_done_and_what_may_be_asked_of_the_court() -> None:
    assert dues({"status": "40"}, agreement=[WRITTEN]) == [("obligation", "2026-11-14"), ("confirm", "2026-11-26")]


def test_no_confirmation_is_due_where_something_bars_it_or_all_is_done() -> None:
    done = {**WRITTEN, "obligations": [{**DUTY, "done_date": "2026-11-12"}]}
    assert dues({"status": "40"}, agreement=[{**done, "confirm_bar": "物权确权"}]) == []
    assert dues({"status": "60"}, agreement=[{**done, "performance": "已履行"}]) == []
    assert dues({"status": "40"}, agreement=[{**done, "confirm_state": "已申请"}]) == []


def test_a_confirmation_nobody_asked_for_lapses_while_a_duty_stays_late() -> None:
    confirm, duty = Due("confirm", "司法确认", date(2026, 11, 20)), Due("obligation", "付款", date(2026, 11, 20))
    assert confirm.has_lapsed(MONDAY)
    assert not duty.has_lapsed(MONDAY)
    assert duty.days_left(MONDAY) == -3


def test_visits_stay_due_after_closing_until_they_are_made_or_struck_out() -> None:
    planned = {"id": "f1", "planned_date": "2026-12-23"}
    assert dues({"status": "70"}, follow_up=[planned]) == [("follow_up", "2026-12-23")]
    assert dues({"status": "70"}, follow_up=[{**planned, "done_date": "2026-12-20"}]) == []
    assert dues({"status": "60"}, follow_up=[{**planned, "void_at": "2026-12-01T00:00:00+08:00"}]) == []
    assert dues({"status": "80"}, follow_up=[planned]) == []


def test_the_summary_names_the_earliest_day_and_the_readers_of_a_closed_dispute() -> None:
    record = {"status": "40", "zz_type": "0902", "closed_session": True, "found_by": "a", "first_contact_id": "a",
              "host_mediator_id": "m", "co_mediator_ids": ["n"]}  # fmt: skip
    summary = CLOCK.summarise(record, {"agreement": [WRITTEN]})
    assert (summary.due_date, summary.due_kind) == ("2026-11-14", "obligation")
    assert summary.readers == ("a", "m", "n")
    assert summary.words == "宅基地使用"
    assert CLOCK.summarise({**record, "closed_session": False}, {}).readers == ()


def test_values_that_are_no_dates_bring_nothing() -> None:
    assert dues({"status": "30", "deadline": "下周"}, session=[{"id": "s", "next_at": "改天"}]) == []


def test_settings_change_the_periods() -> None:
    clock = Deadlines(calendar.load(), Settings({"accept_days": 5, "mediation_days": "thirty"}))
    assert clock.accept_by(date(2026, 11, 18)) == date(2026, 11, 25)
    assert clock.mediate_by(date(2026, 10, 30)) == date(2026, 11, 30)
