"""更多: everything that can be done with a dispute as it stands, the usual first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from desktop.casework.disputes import referral
from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.reading import Reading

Offered = tuple[str, Callable[[], object]]
FLAGS = "看登记时问的四件事"
_IN_MEDIATION, _VOID, _ARCHIVED, _AGREED = "30", "90", "80", "40"
_TO_BE_TOLD = frozenset({"10", "20", "30", "31"})
_MEDIATED = frozenset({"30", "31", "40"})
_FAILED, _PAID_FOR = "71", frozenset({"70", "71", "80"})
_MAY_INQUIRE = frozenset({"10", "20", "30"})
OPEN_TO_AGREE = frozenset({"30", "40"})
"""The steps in which an agreement can be written."""


def offered(reading: Reading, acts: DisputeActs, show_flags: Callable[[], object]) -> list[Offered]:
    """Words and acts."""
    status = reading.case.status
    found: list[Offered] = []
    if status == _IN_MEDIATION:
        found.append(("记一次调解", lambda: acts.begin("record_session")))
    if status in _MAY_INQUIRE:
        found.append(("记一次调查", lambda: acts.begin("record_inquiry")))
    if status in OPEN_TO_AGREE:
        found.append(("写协议", acts.write_agreement))
    steps = [offer for offer in reading.page.offers if offer.target not in (_VOID, _AGREED)]
    found += [(offer.verb, lambda target=offer.target: acts.step(target)) for offer in steps]
    if status in _TO_BE_TOLD:
        found.append(("记权利义务讲明", acts.tell_rights))
    if status == _IN_MEDIATION:
        found += [("约下次调解", acts.appoint), ("延期", acts.extend)]
    found += _procedure(reading, acts)
    if status not in (_ARCHIVED, _VOID):
        found += [("约一次回访", acts.plan_visit), ("添一个当事人", acts.add_party)]
        found.append(("改登记内容", acts.edit_dispute))
    found.append((FLAGS, show_flags))
    if any(offer.target == _VOID for offer in reading.page.offers):
        found.append(("作废这件", acts.void))
    return found


def _procedure(reading: Reading, acts: DisputeActs) -> list[Offered]:
    """Another mediator, the sending body, joint mediation, what is paid."""
    dispute, status, more = reading.case.dispute, reading.case.status, acts.procedure
    is_open = status not in (_ARCHIVED, _VOID)
    is_sent = bool(referral.asked_fields(str(dispute.get("source") or "")))
    wanted: list[tuple[bool, str, Callable[[], object]]] = [
        (status in _MEDIATED, "换调解员", more.replace_mediator),
        (status in _MEDIATED, "联合调解", more.join),
        (is_open and is_sent, "记谁委托来的", more.note_referral),
        (is_sent and (referral.to_return(dispute) or bool(dispute.get("returned_on"))), "反馈委托单位", more.give_back),
        (status == _FAILED, "记终止告知", acts.tell_end),
        (status in _PAID_FOR, "一案一补", more.choose_subsidy),
    ]
    return [(words, act) for is_wanted, words, act in wanted if is_wanted]


def menu(acts: list[Offered], anchor: QWidget) -> None:
    """Show them under a button."""
    shown = QMenu(anchor)
    for words, act in acts:
        if words == FLAGS:
            shown.addSeparator()
        shown.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
    shown.aboutToHide.connect(shown.deleteLater)
    shown.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
