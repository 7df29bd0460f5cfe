"""The facts of a dispute's page, through a story like the one in picture 04."""

from datetime import date, datetime, timedelta

import pytest

from desktop.casework import readings
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, parties, progress, sessions
from desktop.casework.disputes import page as pages
from desktop.casework.disputes.change_log import change_log
from desktop.casework.disputes.sessions import Outcome
from desktop.casework.errors import Gone
from tests.casework.conftest import CHINA, CLERK, COLLEAGUE, HELPER, Office, only, registered
from tests.casework.test_agreements import written
from tests.casework.test_sessions import talked

NEXT = datetime(2026, 11, 25, 14, 30, tzinfo=CHINA)


def met(office: Office, desk: Desk, given: str) -> None:
    outcome = Outcome("择日", "工料钱谁出", next_at=NEXT, next_place="花所村调解室")
    sessions.finish(desk, talked(office, desk, given), outcome)


def test_the_page_says_what_is_next_and_where_it_got_stuck(office: Office, desk: Desk) -> None:
    given = registered(desk)
    met(office, desk, given)
    facts = pages.page(desk, given)
    assert (facts.header.status_name, facts.header.risk, facts.header.village) == ("调解中", "高", "花所村")
    assert (facts.header.type_name, facts.header.handler) == ("宅基地使用", "马秀兰")
    step = facts.next_step
    assert (step.title, step.sentence, step.act, step.act_label) == (
        "第 2 次调解",
        "上次卡在工料钱谁出。",
        "record_session",
        "开始记录",
    )
    assert step.at == NEXT
    assert (step.second_act, step.second_label) == ("appoint", "改时间")
    assert [(due.label, due.day) for due in facts.dues] == [
        ("第 2 次调解", NEXT.date()),
        ("调解期限", date(2026, 12, 23)),
    ]
    assert [(tab.label, tab.count) for tab in facts.tabs][1] == ("调解记录", 1)


def test_the_timeline_tells_the_story_newest_first(office: Office, desk: Desk) -> None:
    given = registered(desk, source="31")
    met(office, desk, given)
    entries = [(entry.title, entry.sentence, entry.note, entry.shape) for entry in pages.page(desk, given).timeline]
    assert entries == [
        ("第 2 次调解", "花所村调解室 · 主持 马秀兰", "", "future"),
        ("第 1 次调解：改日再谈", "工料钱谁出", "", "talk"),
        ("受理", "权利义务已当面讲明，双方同意调解", "", "done"),
        ("登记", "马秀兰登记", "网格员报来", "done"),
    ]


def test_moves_agreements_and_visits_stand_in_the_timeline(office: Office, desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    agreements.save(desk, given, written(desk, given))
    office.wait(days=1)
    progress.take_step(desk, given, target="60", fields={})
    office.wait(days=1)
    visit = str(desk.store.children("follow_up", given)[0]["id"])
    said = {
        "done_date": "2026-11-25",
        "way": "电话",
        "left_over_risk": False,
        "content": "接好了",
        "respondent": "王有福",
    }
    follow_ups.record(desk, visit, said)
    titles = {(entry.title, entry.sentence) for entry in pages.page(desk, given).timeline}
    assert {("书面协议生效", "李建军接水槽；水泥两家对半"), ("已化解", ""), ("回访", "问的王有福，接好了")} <= titles


def test_party_cards_say_side_sex_age_and_agent(desk: Desk) -> None:
    given = registered(desk)
    first = str(desk.store.children("party", given)[0]["id"])
    parties.change(
        desk, first, {"sex": "1", "birth_date": "1968-03-02", "agent_name": "王小军", "phone": "13809352207"}
    )
    card = pages.page(desk, given).parties[0]
    assert (card.side, card.sex, card.age, card.agent, card.phone) == ("甲方", "男", 58, "王小军", "13809352207")


@pytest.mark.parametrize(
    ("target", "fields", "act"),
    [
        ("31", {"end_note": "等鉴定"}, "resume"),
        ("50", {"resp_unit": "区住建局"}, "close"),
        ("60", {}, "follow_up"),
        ("90", {}, "restore"),
    ],
)
def test_every_step_has_its_next_act(desk: Desk, target: str, fields: dict[str, object], act: str) -> None:
    given = registered(desk)
    progress.take_step(desk, given, target=target, fields=fields, reason="重复")
    assert pages.page(desk, given).next_step.act == act


def test_an_agreement_to_keep_comes_next_then_the_visit_then_closing(office: Office, desk: Desk) -> None:
    given = registered(desk, zz_type="0201")
    sessions.finish(desk, talked(office, desk, given), Outcome("达成", "各让一步"))
    assert pages.page(desk, given).next_step.act == "write_agreement"
    agreements.save(desk, given, written(desk, given))
    step = pages.page(desk, given).next_step
    assert (step.title, step.act, step.day) == ("接好水槽", "perform", date(2026, 12, 1))
    agreement = only(desk, "agreement", given)
    for duty in agreement["obligations"]:
        agreements.perform(desk, str(agreement["id"]), duty["id"], done_on=date(2026, 11, 24))
    assert pages.page(desk, given).next_step.act == "follow_up"
    for visit in desk.store.children("follow_up", given):
        said = {"done_date": "2026-11-25", "way": "电话", "left_over_risk": False, "content": "好了"}
        follow_ups.record(desk, str(visit["id"]), said)
    assert pages.page(desk, given).next_step.act == "close"


def test_the_change_log_speaks_words_and_hides_what_is_sensitive(desk: Desk) -> None:
    given = registered(desk)
    progress.change(desk, given, {"amount_cents": 360_000, "zz_type": "0201", "flag_violence": True})
    line = change_log(desk, given)[0]
    assert (line.who, line.here, line.subject, line.verb, line.note) == ("马秀兰", True, "纠纷", "改", "还没传到区里")
    said = {field.label: (field.before, field.after) for field in line.fields}
    assert said["争的金额"] == ("没填", "3,600 元")
    assert said["属于哪一类"] == ("宅基地使用", "用水排水通行通风采光")
    assert said["动过手、有凶器或说要寻短见"] == ("（不在这里显示）", "（不在这里显示）")
    assert {(entry.subject, entry.verb) for entry in change_log(desk, given)} == {
        ("纠纷", "改"), ("纠纷", "登记"), ("当事人 王有福", "添"), ("当事人 李建军", "添"),
    }  # fmt: skip


def test_reading_sensitive_fields_is_noted(desk: Desk) -> None:
    given = registered(desk, flag_violence=True)
    assert readings.latest(desk) == []
    assert [duty.flag for duty in pages.told_flags(desk, given)] == ["flag_violence"]
    first = str(desk.store.children("party", given)[0]["id"])
    assert desk.reveal("party", first, "phone") is None
    noted = readings.latest(desk)
    assert [line.field for line in noted] == ["phone", "flag_elsewhere", "flag_minor", "flag_dv", "flag_violence"]
    assert noted[0].account == CLERK


def test_a_closed_dispute_opens_only_for_those_who_are_named(office: Office) -> None:
    given = registered(office.sit(), closed_session=True)
    colleague = office.sit(COLLEAGUE)
    with pytest.raises(Gone) as told:
        pages.page(colleague, given)
    assert told.value.message == "这件事关起门谈的，只有经办人能看。"
    with pytest.raises(Gone):
        change_log(colleague, given)
    progress.change(office.sit(), given, {"co_mediator_ids": [HELPER]})
    assert pages.page(colleague, given).header.closed_session


def test_the_story_of_a_suspended_dispute_keeps_its_days(office: Office, desk: Desk) -> None:
    given = registered(desk)
    office.wait(days=3)
    progress.take_step(desk, given, target="31", fields={"end_note": "等伤情鉴定"})
    entry = next(e for e in pages.page(desk, given).timeline if e.title == "中止")
    assert (entry.day, entry.sentence, entry.shape) == (date(2026, 11, 26), "等伤情鉴定", "paused")
    assert entry.at is not None
    assert entry.at - office.now < timedelta(seconds=1)
