"""The dispute of the demonstration, invented: water from the eaves between 王有福 and 李建军."""

from __future__ import annotations

from datetime import timedelta

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, register, sessions
from desktop.casework.disputes.register import Registered
from desktop.casework.disputes.sessions import Outcome

FIRST, SECOND = "王有福", "李建军"
IN_THE_TOWN = "两家都认：檐口归王有福改道，水泥由李建军出，工钱对半。镇司法所陪着看过现场。"
IN_THE_VILLAGE = "村上又去量了一遍：檐口往东让三十公分，雨水就不再冲李建军家后墙。"
SETTLED = "檐口归王有福改道，往东让三十公分；水泥由李建军出，工钱对半。镇村一起看过现场。"

_SAID = (
    (0, "头一年下雨就说了，檐口的水顺着流到我家后墙，墙根都泡酥了。"),
    (1, "老宅子盖的时候就是这样，要改也行，工料钱不能都叫我出。"),
    (0, "檐口我来改，水泥得有人出。"),
    (1, "水泥我出，工钱一家一半。"),
)


def registered(desk: Desk, place: str) -> Registered:
    """Registered and accepted at once, as the form does it."""
    parties = [
        {"side": "甲", "kind": "自然人", "name": FIRST, "sex": "1", "age": 58, "phone": "13809330142",
         "address": "花所村三社 41 号"},
        {"side": "乙", "kind": "自然人", "name": SECOND, "sex": "1", "age": 46, "phone": "13993350276",
         "address": "花所村三社 43 号"},
    ]  # fmt: skip
    draft = {
        **register.blank(desk),
        "title": f"{FIRST}与{SECOND}宅基地排水纠纷", "source": "12", "place_code": place, "zz_type": "0902",
        "place_text": "三社东头", "people_count": 4, "scale": "01", "amount_cents": 240_000, "difficulty": "简单",
        "risk": "中", "summary": "雨水顺王有福家檐口流到李建军家后墙，墙根泡酥，两家争了两个雨季。",
        "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False, "parties": parties,
        "told": {"consent": True, "form": "口头"},
    }  # fmt: skip
    return register.register(desk, draft, accept=True)


def talked(desk: Desk, dispute: str) -> int:
    """One session, written down as people speak; how many utterances."""
    draft = sessions.tell(desk, sessions.begin(desk, dispute), "rights")
    present = [str(party["id"]) for party in desk.store.children("party", dispute)]
    draft = {**sessions.tell(desk, draft, "closed", answer=False), "place": "花所村调解室", "present": present}
    for speaker, text in _SAID:
        draft = sessions.say(desk, draft, present[speaker], text)
        desk.store.write_draft(sessions.draft_key(dispute), draft)
    sessions.finish(desk, draft, Outcome("达成", closing="檐口归王有福改，水泥由李建军出，工钱对半。"))
    return len(_SAID)


def agreed(desk: Desk, dispute: str) -> int:
    """The oral agreement with what each must do; how many obligations."""
    duties = [
        {"who": FIRST, "to_whom": SECOND, "what": "把檐口改道", "due_date": str(desk.today + timedelta(14))},
        {"who": SECOND, "to_whom": FIRST, "what": "出水泥六袋", "amount_cents": 24_000,
         "due_date": str(desk.today + timedelta(7))},
    ]  # fmt: skip
    draft = {**agreements.blank(desk, dispute), "form": "口头", "agreed_on": str(desk.today), "obligations": duties,
             "items": ["檐口由王有福改道，不再往李建军家后墙流水", "水泥由李建军出，工钱两家对半"]}  # fmt: skip
    agreements.save(desk, dispute, draft)
    return len(duties)
