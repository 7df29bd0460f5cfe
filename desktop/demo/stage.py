"""More invented work at the village's desk, so that every screen has something to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, progress, register, sessions
from desktop.casework.disputes.draft import Draft
from desktop.casework.disputes.sessions import Outcome
from desktop.demo.office import DemoOffice
from desktop.demo.story import VILLAGE, Story


@dataclass(frozen=True)
class InventedCase:
    """Who quarrels about what. more: further fields of the dispute."""

    first: str
    second: str
    about: str
    summary: str
    more: Mapping[str, Any]


BOUNDARY = InventedCase(
    "张秉义", "刘国梁", "承包地界", "两家承包地相邻，犁地时越过地埂，界线说法不一。", {"zz_type": "0901", "risk": "高"}
)
LOAN = InventedCase(
    "陈铁柱", "杨立本", "民间借贷", "前年看病借钱，写了借条，约定去年年底还清，至今未还。",
    {"zz_type": "0804", "amount_cents": 860_000},
)  # fmt: skip
IRRIGATION = InventedCase(
    "周桂兰", "吴永福", "浇地用水", "轮水时上游先放水，下游苗旱，双方在渠口争执。", {"zz_type": "0201"}
)
PASSAGE = InventedCase(
    "马万财", "黄家祥", "邻里", "两家翻修院墙，过道留多宽说不到一起。", {"zz_type": "02", "risk": "中"}
)
PARENT = InventedCase(
    "王玉梅", "赵小龙", "赡养", "老人赡养，三个儿女轮流照看，药费怎么分谈不到", {"zz_type": "0102"}
)
EAVES = InventedCase("孙东升", "朱晓红", "邻里", "屋檐滴水流到院里，口角了几回。", {"zz_type": "02"})


class Stage:
    """What the screens are about. clash, running, settled: ids of disputes; half: the key of a registration."""

    def __init__(self, story: Story) -> None:
        self._village, self._town = story.village, story.town
        self.talks = self._overdue()
        self.running = self._running()
        self.settled = self._settled()
        self.clash = self._clash(story.offices)
        self.half = self._half()
        story.district.line.go_down()
        self._unsent()

    def _overdue(self) -> str:
        """Accepted some weeks ago, talked over twice, the period of mediation nearly gone."""
        with long_ago(self._village, 33):
            dispute = registered(self._village.desk, BOUNDARY)
        with long_ago(self._village, 20):
            talked(self._village.desk, dispute, "地埂是老人手里定下的，谁也不能往外犁。", "界桩埋在哪里")
        return dispute

    def _running(self) -> str:
        """A session that is going on at this moment."""
        with long_ago(self._village, 24):
            dispute = registered(self._village.desk, LOAN)
        with long_ago(self._village, 8):
            talked(self._village.desk, dispute, "钱是借了，这两年实在拿不出来。", "分几次还、头一次哪天", in_days=8)
        desk = self._village.desk
        draft = sessions.tell(desk, sessions.begin(desk, dispute), "rights")
        present = [str(party["id"]) for party in desk.store.children("party", dispute)]
        draft = {**sessions.tell(desk, draft, "free"), "place": "花所村调解室", "present": present}
        for speaker, text in ((0, "借条在这里，八千六，一分利息也没要。"), (1, "认，钱是我借的。羊卖了先还一半。"),
                              (0, "羊哪天卖？总要有个日子。"), (1, "腊月初八集上卖，卖了当天就给。")):  # fmt: skip
            draft = sessions.say(desk, draft, present[speaker], text)
        desk.store.write_draft(sessions.draft_key(dispute), draft)
        return dispute

    def _settled(self) -> str:
        """Agreed some weeks ago; what was to be done is due, and so is a visit."""
        with long_ago(self._village, 16):
            desk = self._village.desk
            dispute = registered(desk, IRRIGATION)
            duties = [{"who": "吴永福", "to_whom": "周桂兰", "what": "清理渠口淤泥",
                       "due_date": str(desk.today + timedelta(6))}]  # fmt: skip
            draft = {**agreements.blank(desk, dispute), "form": "口头", "agreed_on": str(desk.today),
                     "items": ["按轮水表放水，渠口淤泥由吴永福清理"], "obligations": duties}  # fmt: skip
            agreements.save(desk, dispute, draft)
        return dispute

    def _clash(self, offices: list[DemoOffice]) -> str:
        """Changed apart, and not yet decided."""
        with long_ago(self._village, 12):
            dispute = registered(self._village.desk, PASSAGE)
        for office in offices:
            office.exchange_until_agreed()
        in_town = {"summary": "两家翻修院墙，过道按土地证留一米二。", "amount_cents": 320_000, "risk": "低"}
        at_home = {"summary": "两家翻修院墙，过道照老样子留，不够的黄家祥补。", "amount_cents": 350_000}
        progress.change(self._town.desk, dispute, in_town)
        progress.change(self._village.desk, dispute, {**at_home, "resp_person": "村主任"})
        for office in (self._town, self._village):
            office.exchange_until_agreed()
        return dispute

    def _half(self) -> str:
        """A registration somebody was called away from."""
        desk = self._village.desk
        draft = answered(desk, PARENT)
        for name in ("people_count", "risk", "difficulty", "flag_minor", "told"):
            draft.pop(name, None)
        key = register.draft_key(draft)
        desk.store.write_draft(key, draft)
        return key

    def _unsent(self) -> None:
        """Something that waits for a line."""
        registered(self._village.desk, EAVES)
        self._village.exchange()


@contextmanager
def long_ago(office: DemoOffice, days: int) -> Iterator[None]:
    """Work that was done some days ago."""
    office.days_ago = days
    try:
        yield
    finally:
        office.days_ago = 0


def answered(desk: Desk, case: InventedCase) -> Draft:
    """A registration with everything answered."""
    parties = [
        {"side": side, "kind": "自然人", "name": name, "sex": "1", "age": 40 + 7 * n, "phone": f"1390933{n}4{n}21"}
        for n, (side, name) in enumerate((("甲", case.first), ("乙", case.second)))
    ]
    title = f"{case.first}与{case.second}{case.about}纠纷"
    return {
        **register.blank(desk),
        "source": "12", "place_code": VILLAGE, "people_count": 2, "scale": "01", "difficulty": "简单", "risk": "低",
        "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False, "parties": parties,
        "told": {"consent": True, "form": "口头"}, "title": title, "summary": case.summary, **case.more,
    }  # fmt: skip


def registered(desk: Desk, case: InventedCase) -> str:
    """The id of a dispute registered and accepted."""
    return register.register(desk, answered(desk, case), accept=True).id


def talked(desk: Desk, dispute: str, said: str, stuck: str, *, in_days: int = 0) -> None:
    """A session that did not end it; with `in_days` the next one is arranged."""
    draft = sessions.tell(desk, sessions.begin(desk, dispute), "rights")
    present = [str(party["id"]) for party in desk.store.children("party", dispute)]
    draft = sessions.say(desk, {**draft, "place": "花所村调解室", "present": present}, present[0], said)
    later = (desk.now() + timedelta(days=in_days)).replace(hour=14, minute=30, second=0, microsecond=0)
    if in_days:
        outcome = Outcome("择日", closing=stuck, next_at=later, next_place="花所村调解室")
    else:
        outcome = Outcome("未达成", closing=stuck)
    sessions.finish(desk, draft, outcome)


