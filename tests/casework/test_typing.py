"""What a clerk types for one whole written case, from the first word to the archive; no fact is asked twice."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, obligations, progress, register, sessions
from desktop.casework.disputes.sessions import Outcome
from desktop.casework.errors import NotYet
from sync.records import CHILDREN, RECORD_TYPES
from sync.records.field import Record
from sync.records.validate import is_empty
from tests.casework.conftest import VILLAGE, Office, dispute, only
from tests.casework.conftest import filled as registration

MOST_ENTRIES, MOST_TYPED = 60, 19
"""Values a person gives for a written case with two parties, one session and two obligations; how many of them are
typed as words or numbers. All others are chosen, ticked, or a day."""
TYPED = frozenset({"name", "phone", "id_no", "address", "people_count", "summary", "claims", "place", "utterance",
                   "closing", "what", "amount_cents", "liability", "content"})  # fmt: skip
OTHERS = ("attachment", "supplement")


@dataclass
class Clerk:
    """Writes down whatever is given, and hands it on."""

    given: list[tuple[str, Any]] = field(default_factory=list)

    def types(self, **values: Any) -> dict[str, Any]:
        """Values given one by one."""
        self.given += values.items()
        return values

    def typed(self) -> list[str]:
        """What was typed as words or numbers, not chosen, ticked or a day."""
        return [str(value) for name, value in self.given if name in TYPED]


def whole_case(office: Office, clerk: Clerk) -> tuple[Desk, str]:
    """花所村: an application, a session, a written agreement in two parts, kept, visited, closed, archived."""
    desk = office.sit(place=VILLAGE)
    draft = register.blank(desk)
    first, second = draft["parties"]
    draft["parties"] = [
        {**first, **clerk.types(name="王有福", phone="13809350003", id_type="111", id_no="620802190001010019",
                                address="花所村三社")},
        {**second, **clerk.types(name="李建军", phone="13809350004", address="花所村五社")},
    ]  # fmt: skip
    draft |= clerk.types(
        source="11", zz_type="0201", people_count=2, scale="01", difficulty="复杂", risk="低",
        summary="雨水顺檐口流到王有福家后墙，墙皮掉了一片。", claims=["改檐口"],
        flag_violence=False, flag_dv=False, flag_minor=False, flag_elsewhere=False,
    )  # fmt: skip
    draft["told"] = clerk.types(consent=True, form="口头")
    given = register.register(desk, draft, accept=True).id
    talk(office, desk, given, clerk)
    agree(desk, given, clerk)
    settle(office, desk, given, clerk)
    return desk, given


def talk(office: Office, desk: Desk, given: str, clerk: Clerk) -> None:
    draft = {**sessions.begin(desk, given), **clerk.types(place="花所村调解室")}
    for key in ("rights", "free"):
        clerk.types(telling=key)
        draft = sessions.tell(desk, draft, key)
    draft = sessions.tell(desk, draft, "closed", answer=clerk.types(closed=False)["closed"])
    people = [str(party["id"]) for party in desk.store.children("party", given)]
    draft["present"] = [clerk.types(present=party)["present"] for party in people]
    for who, words in zip(people, ("水流进我家好几年了", "檐口是老辈留下的"), strict=True):
        draft = sessions.say(desk, draft, who, clerk.types(utterance=words)["utterance"])
    office.wait(minutes=40)
    ended = clerk.types(result="达成", closing="李建军改檐口，王有福出一半料钱。")
    sessions.finish(desk, draft, Outcome(**ended))


def agree(desk: Desk, given: str, clerk: Clerk) -> None:
    draft = agreements.with_form(desk, given, agreements.blank(desk, given), clerk.types(form="书面")["form"])
    first, second = (str(party["id"]) for party in desk.store.children("party", given))
    duties = [
        clerk.types(who="李建军", what="改好檐口", due_date="2026-12-10"),
        clerk.types(who="王有福", to_whom="李建军", what="付料钱", amount_cents=60_000, due_date="2026-12-20"),
    ]
    day = "2026-11-24"
    marks = [{"id": party, "party_id": party, **clerk.types(kind="指印", date=day)} for party in (first, second)]
    own = clerk.types(liability="水从李建军家来，两家都没有清沟。", mediator_mark_date=day, seal_date=day)
    agreements.save(desk, given, {**draft, **own, "obligations": duties, "party_marks": marks})


def settle(office: Office, desk: Desk, given: str, clerk: Clerk) -> None:
    office.wait(days=20)
    agreement = only(desk, "agreement", given)
    for duty in agreement["obligations"]:
        done = clerk.types(done_date=desk.today)["done_date"]
        agreements.perform(desk, agreement["id"], duty["id"], done_on=done)
    visit = next(v for v in desk.store.children("follow_up", given))
    told = clerk.types(done_date=desk.today.isoformat(), way="上门", left_over_risk=False, satisfaction="满意",
                       content="两家都说水不往墙上流了。")  # fmt: skip
    follow_ups.record(desk, str(visit["id"]), told)
    end = clerk.types(end_reason="11", resolve_way="01", resolve_level="村", end_date=desk.today.isoformat())
    progress.take_step(desk, given, target="70", fields=end)
    offer = next(one for one in progress.offers(desk, given) if one.target == "80")
    progress.take_step(desk, given, target="80", fields={**offer.proposed, **clerk.types(retention="长期")})


def filled(desk: Desk, given: str) -> int:
    """How many values stand in the records of the case, each part of a list for itself."""
    kinds = [kind for kind in CHILDREN["dispute"] if kind.name not in OTHERS]
    records = [("dispute", dispute(desk, given))]
    records += [(kind.name, record) for kind in kinds for record in desk.store.children(kind.name, given)]
    return sum(_values(kind, record) for kind, record in records)


def _values(kind: str, record: Record) -> int:
    count = 0
    for name, value in record.items():
        if name in RECORD_TYPES[kind].by_name and not is_empty(value):
            entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
            count += sum(len(entry.keys() - {"id"}) for entry in entries) or 1
    return count


def test_a_whole_written_case_takes_few_entries_and_the_program_fills_more(office: Office) -> None:
    clerk = Clerk()
    desk, given = whole_case(office, clerk)
    assert dispute(desk, given)["status"] == "80"
    entered, typed, stands = len(clerk.given), len(clerk.typed()), filled(desk, given)
    print(f"一件书面调解：人填 {entered} 项，其中要打字的 {typed} 项；程序填 {stands - entered} 项")
    assert entered <= MOST_ENTRIES
    assert typed <= MOST_TYPED
    assert stands > 2 * entered


def test_no_words_are_typed_twice(office: Office) -> None:
    clerk = Clerk()
    desk, given = whole_case(office, clerk)
    typed = Counter(clerk.typed())
    assert [words for words, times in typed.items() if times > 1] == []
    agreement, parties = only(desk, "agreement", given), desk.store.children("party", given)
    assert agreement["facts"] == dispute(desk, given)["summary"]
    assert agreement["issues"] == "改檐口"
    assert agreement["items"] == [obligations.clause(duty) for duty in _as_agreed(agreement)]
    assert (agreement["copies"], agreement["amount_cents"], agreement["performance"]) == (3, 60_000, "已履行")
    assert (parties[0]["sex"], parties[0]["birth_date"]) == ("1", "1900-01-01")
    assert dispute(desk, given)["title"] == "王有福与李建军用水排水通行通风采光纠纷"


def _as_agreed(agreement: Record) -> list[dict[str, Any]]:
    duties = agreement["obligations"]
    assert isinstance(duties, list)
    return [{name: value for name, value in duty.items() if name != "done_date"} for duty in duties]


def test_an_oral_agreement_takes_four_answers(office: Office) -> None:
    desk, clerk = office.sit(), Clerk()
    given = register.register(desk, _short(desk), accept=True).id
    draft = agreements.with_form(desk, given, agreements.blank(desk, given), clerk.types(form="口头")["form"])
    agreements.save(desk, given, {**draft, **clerk.types(items=["李建军三天内清沟"], performance="履行中")})
    assert len(clerk.given) <= 4
    assert only(desk, "agreement", given)["effective_date"] == desk.today.isoformat()


def test_what_the_law_leaves_to_people_is_never_filled_in(office: Office) -> None:
    desk = office.sit()
    given = register.register(desk, _short(desk), accept=True).id
    for form in ("书面", "口头"):
        draft = agreements.with_form(desk, given, agreements.blank(desk, given), form)
        assert not {"performance", "liability", "party_marks", "seal_date"} & draft.keys()
    progress.take_step(desk, given, target="60", fields={})
    for offer in progress.offers(desk, given):
        assert not {"end_reason", "retention", "resolve_way", "satisfaction"} & offer.proposed.keys()
    visit = only(desk, "follow_up", given)
    assert not {"satisfaction", "performance"} & visit.keys()
    with pytest.raises(NotYet) as told:
        follow_ups.record(desk, str(visit["id"]), {"done_date": date(2026, 11, 23).isoformat()})
    assert {lack.target for lack in told.value.lacks} == {"way", "left_over_risk", "content"}


def _short(desk: Desk) -> register.Draft:
    return registration(desk, zz_type="0201")
