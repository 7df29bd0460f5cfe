"""The card 下一步: the one act that is most likely next, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from desktop.casework import spoken
from desktop.casework.desk import Desk
from desktop.casework.disputes.case import Case
from desktop.casework.disputes.deadlines import Due, unkept
from desktop.casework.disputes.room import stuck_at


@dataclass(frozen=True, slots=True)
class NextStep:
    """title: 第 3 次调解; day, at: when, where known (the view says 今天 14:30 before the title).

    sentence, with `strong` inside it to be set bold. act and second_act: accept, record_session, appoint,
    write_agreement, perform, follow_up, close, archive, take_back, resume, restore, or "".
    record: id of the child the act is about; part: the obligation.
    """

    title: str
    sentence: str
    act: str
    act_label: str
    strong: str = ""
    day: date | None = None
    at: datetime | None = None
    second_act: str = ""
    second_label: str = ""
    record: str = ""
    part: str = ""


def next_step(desk: Desk, case: Case) -> NextStep:
    """The next step of a case."""
    return _STEPS.get(case.status, _nothing)(desk, case)


def _accept(desk: Desk, case: Case) -> NextStep:
    due = _first(desk, case, "accept")
    found = spoken.iso_day(str(case.dispute.get("found_date") or ""), desk.today)
    sentence = f"{found}登记的，受理不受理要告诉当事人。受理前向双方讲明权利义务，问同不同意调解。"
    return NextStep("作受理决定", sentence, "accept", "作决定", day=due.day if due else None)


def _mediate(desk: Desk, case: Case) -> NextStep:
    seq = len(case.sessions) + 1
    appointed, stuck = _first(desk, case, "appointment"), stuck_at(case.sessions)
    sentence = f"上次卡在{stuck.rstrip('。')}。" if stuck else _no_stuck(case, bool(appointed))
    return NextStep(
        title=appointed.label if appointed else f"第 {seq} 次调解",
        sentence=sentence,
        act="record_session",
        act_label="开始记录" if appointed else "记一次调解",
        strong=stuck.rstrip("。"),
        day=appointed.day if appointed else None,
        at=appointed.at if appointed else None,
        second_act="appoint",
        second_label="改时间" if appointed else "约时间",
    )


def _no_stuck(case: Case, appointed: bool) -> str:
    if not case.sessions:
        return "受理以后还没谈过。"
    return "时间已经约好。" if appointed else "还没约好下次什么时候。"


def _perform(desk: Desk, case: Case) -> NextStep:
    if not case.agreements:
        return NextStep("写协议", "已经谈成，协议还没写。", "write_agreement", "写协议")
    due = _first(desk, case, "obligation")
    left = [(agreement, duty) for agreement in case.agreements for duty in unkept(agreement)]
    if not left:
        return NextStep("看履行了没有", "协议上没有写还要做什么。", "follow_up", "写回访", record=_visit(case))
    agreement, duty = next(((a, d) for a, d in left if due and d["id"] == due.part), left[0])
    sentence = f"{duty.get('who', '')}：{duty.get('what', '')}，要看履行了没有。"
    return NextStep(
        title=str(duty.get("what", "")),
        sentence=sentence,
        act="perform",
        act_label="记履行",
        day=due.day if due else None,
        second_act="follow_up",
        second_label="写回访",
        record=str(agreement["id"]),
        part=str(duty["id"]),
    )


def _follow_up(desk: Desk, case: Case) -> NextStep:
    due = _first(desk, case, "follow_up")
    if due is None and any(visit.get("done_date") for visit in case.follow_ups):
        return NextStep(
            "办结", "已经回访过，可以办结。", "close", "办结", second_act="follow_up", second_label="再约回访"
        )
    day = due.day if due else None
    record = due.record if due else ""
    sentence = "要听当事人自己怎么说：履行了没有，满意不满意，还有没有隐患。"
    return NextStep(
        "回访", sentence, "follow_up", "写回访", day=day, record=record, second_act="close", second_label="办结"
    )


def _after_end(desk: Desk, case: Case) -> NextStep:
    due = _first(desk, case, "follow_up")
    if due:
        return NextStep("回访", "办结以后再问一次，有没有反复。", "follow_up", "写回访", day=due.day, record=due.record,
                        second_act="archive", second_label="归档")  # fmt: skip
    return NextStep("归档", "事情已经结束，材料齐了就归档。", "archive", "归档")


def _moved(_: Desk, case: Case) -> NextStep:
    unit = str(case.dispute.get("resp_unit") or "对方")
    return NextStep(f"等{unit}回音", "已经移交出去，首问责任还在：当事人来问，要能说清办到哪一步。", "close", "办结",
                    second_act="take_back", second_label="收回来接着办")  # fmt: skip


def _paused(_: Desk, case: Case) -> NextStep:
    why = str(case.dispute.get("end_note") or "").rstrip("。")
    return NextStep("先停着", f"{why}。" if why else "等鉴定等期间不算在期限里。", "resume", "接着调解")


def _void(_: Desk, case: Case) -> NextStep:
    why = str(case.dispute.get("void_reason") or "").rstrip("。")
    return NextStep("已作废", f"{why}。内容都还在。" if why else "内容都还在。", "restore", "恢复")


def _nothing(_: Desk, __: Case) -> NextStep:
    return NextStep("没有要办的", "已经归档。", "", "")


def _first(desk: Desk, case: Case, kind: str) -> Due | None:
    return next((due for due in case.dues(desk) if due.kind == kind), None)


def _visit(case: Case) -> str:
    return next((str(v["id"]) for v in case.follow_ups if not v.get("done_date")), "")


_STEPS: dict[str, Callable[[Desk, Case], NextStep]] = {
    "10": _accept, "20": _accept, "30": _mediate, "31": _paused, "40": _perform, "50": _moved,
    "60": _follow_up, "70": _after_end, "71": _after_end, "21": _after_end, "90": _void,
}  # fmt: skip
