"""Today: what is late, for today, soon; what was left half-written; what waits on others."""

from datetime import date, datetime

from desktop.casework import today
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, progress, register, sessions
from desktop.casework.disputes.sessions import Outcome
from tests.casework.conftest import CHINA, COLLEAGUE, VILLAGE, VILLAGER, Office, filled, only, registered
from tests.casework.test_agreements import written
from tests.casework.test_sessions import talked


def test_an_appointment_stands_at_its_time_with_its_place(office: Office, desk: Desk) -> None:
    given = registered(desk)
    at = datetime(2026, 11, 24, 14, 30, tzinfo=CHINA)
    outcome = Outcome("择日", "工料钱谁出", next_at=at, next_place="花所村调解室")
    sessions.finish(desk, talked(office, desk, given), outcome)
    office.wait(days=1)
    (item,) = today.today(desk).today
    assert (item.title, item.sentence) == ("调解 王有福与李建军宅基地排水纠纷", "花所村调解室 · 第 2 次")
    assert (item.at, item.act, item.act_label) == (at, "record_session", "开始记录")
    assert today.to_do(desk) == 1


def test_a_decision_is_due_after_three_working_days_then_late(office: Office, desk: Desk) -> None:
    registered(desk, accept=False)
    (item,) = today.today(desk).soon
    assert (item.day, item.note, item.act_label) == (date(2026, 11, 26), "满 3 个工作日", "作决定")
    assert item.sentence == "11月23日口头申请 · 对方：李建军"
    office.wait(days=5)
    assert today.today(desk).overdue[0].kind == "accept"


def test_visits_say_what_was_promised_and_confirmations_when_it_began_to_bind(office: Office, desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given))
    office.wait(days=17)
    found = {
        item.kind: item for item in (*today.today(desk).overdue, *today.today(desk).today, *today.today(desk).soon)
    }
    assert found["follow_up"].title == "回访 王有福与李建军宅基地排水纠纷"
    assert found["follow_up"].sentence == "花所村 · 协议约定 12月1日前接好水槽，要看履行了没有"
    assert found["obligation"].sentence == "李建军：接好水槽"
    office.wait(days=9)
    soon = {item.kind: item for item in today.today(desk).soon}
    assert soon["confirm"].sentence == "协议 11月25日生效 · 双方还没有一起申请"
    office.wait(days=20)
    assert not any(item.kind == "confirm" for item in today.today(desk).overdue)


def test_the_deadline_says_how_often_they_talked_and_later_things_are_counted(office: Office, desk: Desk) -> None:
    registered(desk)
    assert today.today(desk).later == 1
    office.wait(days=24)
    (item,) = today.today(desk).soon
    assert (item.sentence, item.act) == ("还没谈过", "look")


def test_each_person_has_her_own_day_and_a_village_desk_the_whole_village(office: Office) -> None:
    registered(office.sit(), accept=False)
    assert today.today(office.sit(COLLEAGUE)).soon == ()
    assert len(today.today(office.sit(VILLAGER, place=VILLAGE)).soon) == 1


def test_what_was_left_half_written_waits_for_the_one_who_wrote_it(office: Office) -> None:
    desk = office.sit()
    draft = filled(desk, title="", zz_type="0599")
    del draft["people_count"]
    desk.store.write_draft(register.draft_key(draft), draft)
    given = registered(desk)
    sessions.begin(desk, given)
    found = today.today(desk).unfinished
    assert {(one.kind, one.verb, one.title, one.missing) for one in found} == {
        ("register", "登记", "王有福与李建军侵权相关纠纷", 1),
        ("session", "记录", "王有福与李建军宅基地排水纠纷", None),
    }  # fmt: skip
    assert today.today(office.sit(COLLEAGUE)).unfinished == ()


def test_what_was_handed_over_and_what_lies_at_court_waits_on_others(desk: Desk) -> None:
    moved, given = registered(desk), registered(desk, zz_type="0201")
    progress.take_step(desk, moved, target="50", fields={"resp_unit": "区住建局"})
    agreements.save(desk, given, written(desk, given))
    fields = {"confirm_state": "已申请", "court": "青石人民法庭", "confirm_applied_at": "2026-11-23"}
    agreements.change(desk, str(only(desk, "agreement", given)["id"]), fields)
    found = [(one.who, one.sentence, one.since, one.due) for one in today.today(desk).awaited]
    assert found == [
        ("区住建局", "移交 · 王有福与李建军宅基地排水纠纷", date(2026, 11, 23), None),
        ("青石人民法庭", "申请司法确认 · 王有福与李建军宅基地排水纠纷", date(2026, 11, 23), date(2026, 11, 26)),
    ]
    agreements.change(desk, str(only(desk, "agreement", given)["id"]), {"confirm_state": "受理"})
    assert today.today(desk).awaited[-1].due == date(2026, 12, 11)


def test_own_work_is_no_news(desk: Desk) -> None:
    registered(desk)
    assert today.today(desk).news == ()
