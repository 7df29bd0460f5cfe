"""Recording a session while people talk."""

from datetime import timedelta

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import parties, progress, room, sessions
from desktop.casework.disputes.sessions import Outcome, SessionDraft
from desktop.casework.errors import NotAllowed, NotYet
from sync.records import RECORD_TYPES
from sync.records.validate import complaints
from tests.casework.conftest import COLLEAGUE, HELPER, HOST, Office, dispute, only, registered

LATER = Outcome("择日", closing="工料钱谁出")


def begun(desk: Desk, dispute_id: str) -> SessionDraft:
    """A session with both parties in the room, told of their rights."""
    draft = sessions.begin(desk, dispute_id)
    people = [party["id"] for party in desk.store.children("party", dispute_id)]
    return sessions.tell(desk, {**draft, "place": "花所村调解室", "present": people}, "rights")


def talked(office: Office, desk: Desk, dispute_id: str) -> SessionDraft:
    """The same after three utterances and a pause."""
    draft = begun(desk, dispute_id)
    first, second = draft["present"]
    for key, text in (
        (HOST, "一个一个说，都让说完。"),
        (first, "墙根都泡酥了。"),
        ("", "出去抽了袋烟。"),
        (second, "水泥对半。"),
    ):
        office.wait(minutes=5)
        draft = sessions.say(desk, draft, key, text)
    return draft


def test_a_running_session_survives_in_its_draft_and_is_found_again(desk: Desk) -> None:
    given = registered(desk)
    draft = begun(desk, given)
    desk.store.write_draft(sessions.draft_key(given), sessions.say(desk, draft, draft["present"][0], "没谈拢"))
    again = sessions.begin(desk, given)
    assert [line["text"] for line in again["utterances"]] == ["没谈拢"]


def test_nobody_mediates_before_acceptance_but_may_inquire(desk: Desk) -> None:
    given = registered(desk, accept=False)
    with pytest.raises(NotAllowed):
        sessions.begin(desk, given)
    assert sessions.begin(desk, given, kind="调查")["kind"] == "调查"


def test_speakers_have_digits_while_they_are_here_and_the_host_is_nought(desk: Desk) -> None:
    given = registered(desk, co_mediator_ids=[HELPER])
    first, second = desk.store.children("party", given)
    parties.change(desk, str(first["id"]), {"agent_name": "王小军"})
    draft = begun(desk, given)
    draft["present"] = [first["id"], f"agent:{first['id']}"]
    draft["others"] = [{"id": "o1", "name": "杨志明", "relation": "村主任", "consent": True, "here": True}]
    facts = room.room(desk, draft)
    assert facts.title == "第 1 次调解"
    assert [(person.name, person.role, person.here) for person in facts.attendants] == [
        ("王有福", "甲方", True), ("李建军", "乙方", False), ("王小军", "甲方代理", True),
        ("杨志明", "村主任，双方同意", True), ("赵文博", "调解员", False),
    ]  # fmt: skip
    assert [(person.name, person.digit) for person in facts.speakers] == [
        ("王有福", 1), ("王小军", 2), ("杨志明", 3), ("马秀兰", 0),
    ]  # fmt: skip
    assert [(telling.label, telling.at is not None) for telling in facts.tellings] == [
        ("权利和义务", True), ("调解不收钱，不耽误起诉", False), ("要不要关起门谈", False),
    ]  # fmt: skip
    assert second["id"] not in draft["present"]


def test_the_record_is_what_was_said_with_the_time_and_who(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    next_at = office.now + timedelta(days=2)
    sessions.finish(desk, draft, Outcome("择日", "工料钱谁出", next_at=next_at, next_place="王有福家"))
    record = only(desk, "session", given)
    assert str(record["body"]).split("\n") == [
        "10:47 马秀兰：一个一个说，都让说完。", "10:52 王有福：墙根都泡酥了。", "10:57 （休息）出去抽了袋烟。",
        "11:02 李建军：水泥对半。", "没谈拢的：工料钱谁出",
    ]  # fmt: skip
    assert complaints(RECORD_TYPES["session"], {n: v for n, v in record.items() if n != "id"}) == []
    assert record["rights_told"] is True
    assert desk.store.drafts() == []
    assert dispute(desk, given)["status"] == "30"
    second = sessions.begin(desk, given)
    assert (second["seq"], second["place"]) == (2, "王有福家")
    assert room.room(desk, second).last_stuck == "工料钱谁出"


def test_what_the_record_lacks_is_told_before_anything_is_written(desk: Desk) -> None:
    given = registered(desk)
    draft = {**sessions.begin(desk, given), "others": [{"id": "o1", "name": "杨志明", "here": True}]}
    labels = [lack.label for lack in sessions.missing(desk, draft, LATER)]
    assert labels == ["权利和义务", "谁在场", "下次什么时候", "杨志明", "在哪里"]
    with pytest.raises(NotYet):
        sessions.finish(desk, draft, LATER)
    assert desk.store.children("session", given) == []


def test_a_guest_without_both_sides_consent_is_a_warning_and_the_record_is_still_written(
    office: Office, desk: Desk
) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    draft["others"] = [{"id": "o1", "name": "杨志明", "here": True}]
    (lack,) = sessions.missing(desk, draft, Outcome("达成", "乙方接水槽"))
    assert (lack.target, lack.level) == ("others", "warning")
    assert "不是自愿" in lack.message
    sessions.finish(desk, draft, Outcome("达成", "乙方接水槽"))
    assert only(desk, "session", given)["others"][0]["name"] == "杨志明"


def test_an_agreement_in_the_room_takes_the_dispute_to_performance(office: Office, desk: Desk) -> None:
    given = registered(desk)
    sessions.finish(desk, talked(office, desk, given), Outcome("达成", "乙方接水槽，水泥对半"))
    assert dispute(desk, given)["status"] == "40"
    assert str(only(desk, "session", given)["body"]).endswith("谈成的：乙方接水槽，水泥对半")


def test_handing_over_names_the_body_it_goes_to(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = talked(office, desk, given)
    assert [lack.target for lack in sessions.missing(desk, draft, Outcome("移交"))] == ["handed_to"]
    sessions.finish(desk, draft, Outcome("移交", handed_to="区住建局"))
    assert (dispute(desk, given)["status"], dispute(desk, given)["resp_unit"]) == ("50", "区住建局")


def test_parties_who_ask_for_closed_doors_get_them(office: Office, desk: Desk) -> None:
    given = registered(desk)
    draft = sessions.tell(desk, talked(office, desk, given), "closed", answer=True)
    sessions.finish(desk, draft, Outcome("未达成"))
    assert dispute(desk, given)["closed_session"] is True


def test_agents_and_invited_people_stand_in_the_record_helpers_only_when_they_came(office: Office, desk: Desk) -> None:
    given = registered(desk, co_mediator_ids=[HELPER])
    first = desk.store.children("party", given)[0]
    parties.change(desk, str(first["id"]), {"agent_name": "王小军"})
    draft = talked(office, desk, given)
    draft["present"] = [f"agent:{first['id']}"]
    draft["others"] = [{"id": "o1", "name": "杨志明", "relation": "村主任", "consent": True, "here": True},
                       {"id": "o2", "name": "没来的人", "here": False}]  # fmt: skip
    sessions.finish(desk, draft, Outcome("未达成"))
    record = only(desk, "session", given)
    assert [other["name"] for other in record["others"]] == ["王小军", "杨志明"]
    assert [mediator["mediator_id"] for mediator in record["mediators"]] == [HOST]
    assert "parties_present" not in record


def test_a_written_record_takes_signatures_but_no_changes(office: Office, desk: Desk) -> None:
    given = registered(desk)
    sessions.finish(desk, talked(office, desk, given), Outcome("未达成"))
    record = only(desk, "session", given)
    signed = [{"id": "s1", "name": "王有福", "way": "指印"}]
    sessions.complete(desk, str(record["id"]), {"signed": signed})
    assert only(desk, "session", given)["signed"] == signed
    with pytest.raises(NotAllowed):
        sessions.complete(desk, str(record["id"]), {"body": "另一个说法"})
    sessions.void(desk, str(record["id"]), "记错了人")
    assert sessions.begin(desk, given)["seq"] == 2


def test_a_recorder_who_is_not_named_cannot_lock_herself_out(office: Office) -> None:
    given = registered(office.sit())
    colleague = office.sit(COLLEAGUE)
    draft = sessions.tell(colleague, talked(office, colleague, given), "closed", answer=True)
    assert [lack.target for lack in sessions.missing(colleague, draft, Outcome("未达成"))] == ["closed"]
    progress.change(office.sit(), given, {"co_mediator_ids": [HELPER]})
    assert sessions.missing(colleague, draft, Outcome("未达成")) == ()


def test_an_inquiry_reads_as_questions_and_answers_and_needs_no_result(desk: Desk) -> None:
    given = registered(desk, accept=False)
    first = desk.store.children("party", given)[0]
    parties.change(desk, str(first["id"]), {"sex": "1", "age": 61, "phone": "13909330000"})
    draft = {**sessions.begin(desk, given, kind="调查"), "place": "王有福家"}
    assert [one.name for one in room.room(desk, draft).speakers] == ["问", "答"]
    assert [lack.label for lack in sessions.missing(desk, draft, Outcome(""))] == ["被调查人", "记录"]
    draft |= room.respondent_of(desk.store.children("party", given)[0])
    draft = sessions.say(desk, draft, room.QUESTION, "墙是哪年泡的？")
    draft = sessions.say(desk, draft, room.ANSWER, "去年七月。")
    sessions.finish(desk, draft, Outcome(""))
    record = only(desk, "session", given)
    assert record["body"] == "问：墙是哪年泡的？\n答：去年七月。"
    assert (record["respondent"], record["respondent_party_id"]) == ("王有福", first["id"])
    assert (record["respondent_sex"], record["respondent_age"], record["respondent_phone"]) == ("1", 61, "13909330000")
    assert "result" not in record
    assert dispute(desk, given)["status"] == "10"
