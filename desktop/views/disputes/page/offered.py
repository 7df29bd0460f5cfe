"""更多: everything that can be done with a dispute as it stands, the usual first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.reading import Reading

Offered = tuple[str, Callable[[], object]]
FLAGS = "看登记时问的四件事"
_IN_MEDIATION, _VOID, _ARCHIVED, _AGREED = "30", "90", "80", "40"
_TO_BE_TOLD = frozenset({"10", "20", "30", "31"})
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
    if status not in (_ARCHIVED, _VOID):
        found += [("约一次回访", acts.plan_visit), ("添一个当事人", acts.add_party)]
        found.append(("改登记内容", acts.edit_dispute))
    found.append((FLAGS, show_flags))
    if any(offer.target == _VOID for offer in reading.page.offers):
        found.append(("作废这件", acts.void))
    return found


def menu(acts: list[Offered], anchor: QWidget) -> None:
    """Show them under a button."""
    shown = QMenu(anchor)
    for words, act in acts:
        if words == FLAGS:
            shown.addSeparator()
        shown.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
    shown.aboutToHide.connect(shown.deleteLater)
    shown.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
