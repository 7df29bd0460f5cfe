"""The clocks on any calendar: leap days, year ends, holidays that move, thirty days; where each day comes from."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.casework import calendar
from desktop.casework.calendar import Calendar
from desktop.casework.disputes import suspension
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import Settings

SHIPPED = calendar.load()
YEARS = (date(2023, 12, 1), date(2029, 3, 31))
DAYS = st.dates(*YEARS)
SPANS = st.integers(1, 400)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Years with any rest days and any worked weekends, never both on one day."""
    rest = draw(st.lists(DAYS, max_size=40))
    work = draw(st.lists(DAYS.filter(lambda day: day.weekday() >= 5), max_size=20))
    return Calendar({day: "放假" for day in rest if day not in work}, frozenset(work), frozenset({2024, 2026}))


@given(calendars(), DAYS, SPANS)
def test_a_period_ends_on_the_first_working_day_from_its_counted_end(days: Calendar, start: date, span: int) -> None:
    due, counted = days.due_after(start, span), start + timedelta(days=span)
    assert due.day >= counted
    assert days.is_working(due.day)
    assert not any(days.is_working(counted + timedelta(days=n)) for n in range((due.day - counted).days))
    assert bool(due.moved_because) == (due.day != counted)
    assert due.provisional == (due.day.year not in days.years)


@given(calendars(), DAYS, st.integers(1, 30))
def test_working_days_count_only_days_when_offices_are_open(days: Calendar, start: date, count: int) -> None:
    due = days.add_working_days(start, count).day
    passed = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(days.is_working(day) for day in passed) == count
    assert days.is_working(due)


@given(calendars(), DAYS, SPANS)
def test_a_later_start_never_ends_earlier(days: Calendar, start: date, span: int) -> None:
    assert days.due_after(start, span).day <= days.due_after(start + timedelta(days=1), span).day
    assert days.add_working_days(start, 3).day <= days.add_working_days(start + timedelta(days=1), 3).day


@given(DAYS)
def test_thirty_days_for_the_court_are_never_fewer_and_only_holidays_make_them_more(effective: date) -> None:
    last = Deadlines(SHIPPED, Settings()).confirm_by(effective)
    assert 30 <= (last - effective).days <= 30 + 9
    plain = effective + timedelta(days=30)
    assert last == plain or not SHIPPED.is_working(plain)


def test_leap_days_and_year_ends_are_days_like_others() -> None:
    clock = Deadlines(SHIPPED, Settings())
    assert clock.confirm_by(date(2024, 1, 30)) == date(2024, 2, 29)
    assert clock.confirm_by(date(2024, 1, 31)) == date(2024, 3, 1)
    assert clock.confirm_by(date(2025, 12, 2)) == date(2026, 1, 4)  # the 1st to 3rd rest, Sunday the 4th is worked
    assert clock.mediate_by(date(2025, 12, 31)) == date(2026, 1, 30)


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=30, unique_by=lambda pair: pair[0]))
def test_the_years_of_the_district_take_the_place_of_the_shipped_ones(told: list[tuple[date, bool]]) -> None:
    days = [{"id": f"{day}", "on": day.isoformat(), "name": "调休", "works": works} for day, works in told]
    years = sorted({day.year for day, _ in told})
    records: list[dict[str, Any]] = [
        {"year": year, "days": [one for one in days if one["on"].startswith(str(year))]} for year in years
    ]
    found = SHIPPED.with_years(records)
    for day, works in told:
        assert found.is_working(day) is works
        assert not found.is_provisional(day)
    for day in (d for d in SHIPPED.rest if d.year not in years):
        assert found.rest_name(day) == SHIPPED.rest_name(day)
    if told:
        assert found.edition != SHIPPED.edition
    assert SHIPPED.with_years([]).edition == SHIPPED.edition


def test_a_corrected_year_wins_and_a_struck_one_does_not_count() -> None:
    def year(on: str, **more: Any) -> dict[str, Any]:
        return {"id": on, "year": 2027, "days": [{"id": "a", "on": on, "name": "春节", "works": False}], **more}

    found = SHIPPED.with_years([year("2027-02-05"), year("2027-02-08"), year("2027-02-09", void_at="2026-11-01")])
    assert [found.rest_name(date(2027, 2, day)) for day in (5, 8, 9)] == ["", "春节", ""]
    assert found.edition != SHIPPED.with_years([year("2027-02-05")]).edition


@given(DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=4))
def test_suspended_days_are_added_to_the_deadline_and_nothing_else(
    accepted: date, stops: list[tuple[int, int]]
) -> None:
    days = Calendar(work=frozenset(YEARS[0] + timedelta(days=n) for n in range(4000)))
    dispute: dict[str, Any] = {"deadline": days.due_after(accepted, 30).day.isoformat()}
    on = accepted
    for wait, length in stops:
        on += timedelta(days=wait)
        dispute |= suspension.begun(dispute, new_id=str(on), on=on, reason="等鉴定")
        on += timedelta(days=length)
        dispute |= suspension.ended(dispute, on, days)
    stopped = sum(length for _, length in stops)
    assert suspension.days_not_counted(dispute) == stopped
    assert date.fromisoformat(dispute["deadline"]) == accepted + timedelta(days=30 + stopped)


def test_a_running_suspension_counts_nothing_yet_and_is_closed_once() -> None:
    dispute: dict[str, Any] = {"deadline": "2026-12-23"}
    dispute |= suspension.begun(dispute, new_id="a", on=date(2026, 11, 23), reason="等" * 500)
    assert suspension.days_not_counted(dispute) == 0
    assert len(dispute["suspensions"][0]["reason"]) == 200
    dispute |= suspension.ended(dispute, date(2026, 11, 20), SHIPPED)
    assert dispute["suspensions"][0]["to_day"] == "2026-11-23"
    assert suspension.ended(dispute, date(2026, 11, 24), SHIPPED) == {}


def test_every_clock_says_where_it_comes_from() -> None:
    agreement = {"id": "a", "effective_date": "2026-11-03", "confirm_deadline": "2026-12-03", "confirm_state": "未申请",
                 "obligations": [{"id": "o", "what": "付款", "due_date": "2026-12-01"}]}  # fmt: skip
    visit = {"id": "f", "planned_date": "2027-01-08"}
    session: dict[str, list[dict[str, Any]]] = {"agreement": [agreement], "follow_up": [visit]}
    clock = Deadlines(SHIPPED, Settings({"confirm_days": 20}))
    told = {due.kind: due for due in clock.dues({"status": "40"}, session)}
    assert told["obligation"].source == "协议写的日子，人民调解法第三十一条"
    assert told["confirm"].source == (
        "协议生效后 20 天内双方一起申请（这台电脑的设置），人民调解法第三十三条、民事诉讼法第二百零五条"
    )
    assert (told["confirm"].provisional, told["follow_up"].provisional) == (False, True)
    (accept,) = clock.dues({"status": "10", "found_date": "2026-12-30"}, {})
    assert (accept.source, accept.provisional) == ("登记后 3 个工作日，法律没有写死，参照 SF/T 0083", True)
    mediating = {"status": "30", "accept_date": "2026-11-03", "deadline": "2026-12-03",
                 "next_at": "2026-11-24T09:00+08:00"}  # fmt: skip
    meeting, period = clock.dues(mediating, {})
    assert (meeting.source, period.source) == ("和双方约好的时间", "受理后 30 天，人民调解工作若干规定第三十三条")
    extended = {**mediating, "extended_to": "2026-12-20", "extension_consent_at": "2026-11-30"}
    assert clock.dues(extended, {})[1].source == "双方 11月30日同意延期，人民调解工作若干规定第三十三条"
