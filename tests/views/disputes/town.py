"""A township's year in one store, told through casework: every state, the longest names, all that can wait.

Everybody is invented. The clock of the office ends at Monday, 23 November 2026, 10:42.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, follow_ups, progress, register, sessions
from desktop.casework.disputes.sessions import Outcome
from desktop.store import Edit
from tests.casework.conftest import CHINA, CLERK, MONDAY, TOWN, Office

VILLAGES = {
    "石桥村": "620802107210",
    "上河村": "620802107211",
    "柳树湾村": "620802107212",
    "南塬村": "620802107213",
}


@dataclass
class Town:
    """The office, the desk of 马秀兰, and the disputes by a short name."""

    office: Office
    desk: Desk
    disputes: dict[str, str] = field(default_factory=dict)

    def at(self, month: int, day: int, hour: int = 10, minute: int = 12) -> None:
        """Set the office's clock."""
        self.office.now = datetime(2026, month, day, hour, minute, tzinfo=CHINA)

    def register(self, name: str, *, accept: bool = True, **more: Any) -> str:
        """Register a dispute and remember it."""
        village = more.pop("village", "石桥村")
        draft = {
            **register.blank(self.desk),
            "source": "12", "place_code": VILLAGES[village], "zz_type": "0902", "people_count": 2, "scale": "01",
            "difficulty": "简单", "risk": "低", "summary": "两家说法不一样，村组长劝过，没有谈拢。",
            "flag_violence": False, "flag_dv": False, "flag_minor": False, "flag_elsewhere": False,
            "told": {"consent": True, "form": "口头"},
            **more,
        }  # fmt: skip
        self.disputes[name] = register.register(self.desk, draft, accept=accept).id
        return self.disputes[name]


def tell(office: Office) -> Town:
    """Fill the store of an office."""
    town = Town(office, office.sit())
    places = [
        Edit("place", code, {"code": code, "name": name, "level": "5", "valid_from": "2021-01-01"})
        for name, code in VILLAGES.items()
    ]
    office.store.save(places, by=CLERK)
    for part in (_drain, _passage, _wages, _contract, _handed_over, _ended, _half_written):
        part(town)
    office.now = MONDAY
    return town


def many(town: Town, count: int) -> None:
    """A list as long as a year's: plain disputes without children but their two parties."""
    day = MONDAY - timedelta(days=300)
    edits: list[Edit] = []
    for number in range(count):
        found = (day + timedelta(hours=number % 7000)).date().isoformat()
        own = town.office.new_id()
        edits.append(Edit("dispute", own, _plain(number, found)))
        for seq, side in enumerate(("甲", "乙"), 1):
            party = {"dispute_id": own, "seq": seq, "side": side, "kind": "自然人", "name": f"{side}{number}"}
            edits.append(Edit("party", town.office.new_id(), party))
        if len(edits) > 1500:
            town.office.store.save(edits, by=CLERK)
            edits = []
    town.office.store.save(edits, by=CLERK)


def _plain(number: int, found: str) -> dict[str, Any]:
    return {
        "title": f"第 {number} 件借款纠纷", "matter_code": f"{TOWN}{number:08d}", "found_date": found,
        "place_code": VILLAGES["南塬村"], "zz_type": "0602", "people_count": 2, "summary": "借了没还。",
        "closed_session": False, "status": "30", "risk": "低", "amount_cents": number * 100, "deadline": "2027-01-20",
        "accept_date": found, "host_mediator_id": "mediator-ma", "org_id": "org-town",
    }  # fmt: skip


def _party(side: str, name: str, **more: Any) -> dict[str, Any]:
    return {"side": side, "kind": "自然人", "name": name, **more}


def _drain(town: Town) -> None:
    """A dispute in mediation, talked about twice, with an appointment today."""
    town.at(10, 30)
    people = [
        _party("甲", "王有福", sex="1", age=58, phone="13812342207", address="石桥村四组", agent_name="王小军",
               agent_letter_id="letter-1"),
        _party("乙", "李建军", sex="1", age=46, phone="13612349013", address="四组 21 号，与甲方后墙相邻"),
    ]  # fmt: skip
    own = town.register("排水", risk="高", parties=people, title="王有福与李建军宅基地排水纠纷", amount_cents=360000,
                        summary="雨水顺檐口直冲王有福家后墙，要求李建军接水槽、挖沟。")  # fmt: skip
    people_ids = [str(p["id"]) for p in town.desk.store.children("party", own)]
    _talk(town, own, (11, 6, 10, 20), people_ids, "到现场看了后墙和水沟，拍照 4 张，双方都认可水是从檐口下来的",
          Outcome("择日", "先各自想想", datetime(2026, 11, 16, 15, 5, tzinfo=CHINA), "石桥村调解室"))  # fmt: skip
    _talk(town, own, (11, 16, 15, 5), people_ids, "李建军同意改走明沟，谁出工料钱没谈拢；王有福要求 5,000 元",
          Outcome("择日", "工料钱谁出", datetime(2026, 11, 23, 14, 30, tzinfo=CHINA), "石桥村调解室"))  # fmt: skip


def _talk(
    town: Town, dispute: str, when: tuple[int, ...], present: list[str], said: str, outcome: Outcome
) -> None:
    town.at(*when)
    draft = sessions.begin(town.desk, dispute)
    draft = sessions.tell(town.desk, {**draft, "present": present, "place": "石桥村调解室"}, "rights")
    draft = sessions.say(town.desk, draft, present[0], said)
    sessions.finish(town.desk, sessions.say(town.desk, draft, present[1], "就照这样记。"), outcome)


def _passage(town: Town) -> None:
    """An oral agreement that should have been kept; the visit is two days late."""
    town.at(10, 26)
    people = [_party("甲", "赵桂芳"), _party("乙", "孙大庆", phone="13900001111")]
    own = town.register(
        "通行", village="柳树湾村", parties=people, title="赵桂芳与孙大庆邻里通行纠纷", zz_type="0201"
    )
    town.at(11, 7)
    draft = {
        **agreements.blank(town.desk, own), "form": "口头", "agreed_on": "2026-11-07", "items": ["孙大庆让出通道"],
        "obligations": [{"who": "孙大庆", "what": "让出通道", "due_date": "2026-11-14"}], "performance": "履行中",
    }  # fmt: skip
    agreements.save(town.desk, own, draft)


def _wages(town: Town) -> None:
    """Registered by word of mouth and still to be decided; the longest names there are."""
    town.at(11, 18)
    people = [
        _party("甲", "古丽努尔·阿卜杜热合曼", sex="2"),
        _party("乙", "青石镇柳树湾村兴农果蔬种植农民专业合作社", kind="其他组织"),
    ]
    title = "古丽努尔·阿卜杜热合曼与柳树湾村兴农果蔬种植农民专业合作社劳务工资纠纷"
    more = {"zz_type": "0701", "risk": "中", "amount_cents": 2846000}
    town.register("工资", accept=False, village="柳树湾村", parties=people, title=title, **more)
    town.at(11, 2)
    people = [_party("甲", "马䶮"), _party("乙", "沈家祥")]
    more = {"zz_type": "0901", "risk": "中", "difficulty": "复杂", "amount_cents": 1200000}
    town.register("承包", village="上河村", parties=people, title="马䶮与沈家祥土地承包经营纠纷", **more)


def _contract(town: Town) -> None:
    """A written agreement: signed, sealed, not yet kept."""
    town.at(10, 20)
    people = [_party("甲", "陈立本"), _party("乙", "青山合作社", kind="其他组织")]
    own = town.register("流转", village="南塬村", parties=people, title="陈立本与青山合作社土地流转合同纠纷",
                        amount_cents=4680000)  # fmt: skip
    town.at(10, 27)
    marks = [
        {"id": town.office.new_id(), "party_id": p["id"], "kind": "签名", "date": "2026-10-27"}
        for p in town.desk.store.children("party", own)
    ]
    draft = {
        **agreements.blank(town.desk, own), "form": "书面", "facts": "流转费拖欠一年。", "issues": "欠多少、何时还。",
        "liability": "合作社应当付清。", "items": ["分两次付清 46,800 元"], "copies": 3, "party_marks": marks,
        "mediator_mark_date": "2026-10-27", "seal_date": "2026-10-27",
        "obligations": [{"who": "青山合作社", "to_whom": "陈立本", "what": "付流转费", "amount_cents": 2340000,
                         "due_date": "2026-12-20"}],
    }  # fmt: skip
    agreements.save(town.desk, own, draft)


def _handed_over(town: Town) -> None:
    """Handed to the housing bureau; and one that waits for an appraisal."""
    town.at(11, 10)
    people = [_party("甲", "石桥村四组十一户"), _party("乙", "宏远建筑公司", kind="法人")]
    own = town.register(
        "危房", parties=people, title="石桥村四组十一户与宏远建筑公司危房邻墙纠纷", risk="高", people_count=40
    )
    progress.take_step(town.desk, own, target="50", fields={"resp_unit": "区住建局"})
    town.at(11, 8)
    people = [_party("甲", "张万财"), _party("乙", "张万库")]
    title = "张万财与张万库分家析产纠纷"
    own = town.register("分家", village="上河村", parties=people, title=title, zz_type="0103", risk="中")
    progress.take_step(town.desk, own, target="31", fields={"end_note": "等鉴定"})


def _ended(town: Town) -> None:
    """Settled, visited and closed; and one that failed."""
    town.at(9, 1)
    people = [_party("甲", "田桂花"), _party("乙", "杨栓牢")]
    own = town.register(
        "滴水檐", village="石桥村", parties=people, title="田桂花与杨栓牢滴水檐纠纷", amount_cents=50000
    )
    town.at(9, 10)
    progress.take_step(town.desk, own, target="60", fields={})
    visit = town.desk.store.children("follow_up", own)[0]
    town.at(9, 20)
    fields = {
        "done_date": "2026-09-20",
        "way": "上门",
        "left_over_risk": False,
        "content": "两家都说没事了。",
    }
    follow_ups.record(town.desk, str(visit["id"]), fields)
    progress.take_step(
        town.desk, own, target="70",
        fields={"end_reason": "12", "end_date": "2026-09-20", "resolve_way": "01", "resolve_level": "村"},
    )  # fmt: skip


def _half_written(town: Town) -> None:
    """A registration left in the middle."""
    town.at(11, 23, 10, 31)
    draft = {
        **register.blank(town.desk), "source": "12", "place_code": VILLAGES["南塬村"], "zz_type": "0599",
        "summary": "放羊啃了青苗。", "parties": [_party("甲", "周铁柱"), _party("乙", "马秉义", phone="139933140")],
    }  # fmt: skip
    town.desk.store.write_draft(register.draft_key(draft), draft)
