"""What fixes a gap of the dossier: each one opens the form, the page or the file chooser it needs."""

from __future__ import annotations

from collections.abc import Callable

from desktop.casework.dossier.entries import DossierPaper
from desktop.views.disputes.page.acts import DisputeActs
from desktop.views.disputes.page.doing import Host

_FILING = ("dossier_note", "filed_by", "filed_on", "checked_by")
_TOLD_END = ("end_told_at", "end_told_form")
_CLOSING = ("70", "71")


class Mending:
    """The acts of one dispute that mend its dossier."""

    def __init__(self, host: Host, acts: DisputeActs) -> None:
        self._host, self._acts = host, acts

    def mend(self, paper: DossierPaper) -> None:
        """Begin what the gap needs. A paper that lacks nothing is left alone."""
        ways = self.ways(paper)
        if paper.fix in ways:
            ways[paper.fix]()

    def ways(self, paper: DossierPaper) -> dict[str, Callable[[], object]]:
        """What each kind of fix does for that paper."""
        acts = self._acts
        return {
            "register": acts.edit_dispute, "accept": self._accept, "tell": acts.tell_rights,
            "parties": self._bare_party, "attach": self._attach, "fetch": lambda: self._host.show_tab("attachments"),
            "session": lambda: acts.begin("record_session"), "agreement": lambda: acts.write_agreement(paper.record),
            "confirm": lambda: acts.write_agreement(paper.record), "follow_up": lambda: acts.visit(paper.record),
            "perform": lambda: self._host.show_tab("agreement"), "end": self._end,
            "filing": lambda: acts.note("写情况说明", _FILING, "缺件、补件写明原因，谁立的卷，哪天立的。"),
            "return": acts.give_back,
        }  # fmt: skip

    def _accept(self) -> None:
        """受理 while that is to come; afterwards only the registration can be corrected."""
        targets = self._targets()
        if "30" in targets:
            self._acts.step("30")
        else:
            self._acts.edit_dispute()

    def _end(self) -> None:
        """办结 while that is to come; afterwards what is left is to tell both sides."""
        target = next((one for one in _CLOSING if one in self._targets()), "")
        if target:
            self._acts.step(target)
        else:
            self._acts.note("记终止告知", _TOLD_END, "告诉双方还可以走哪些途径，记下什么时候、怎么告诉的。")

    def _bare_party(self) -> None:
        """The first party without a number of identity."""
        parties = self._host.reading.case.parties if self._host.reading else ()
        bare = (one for one in parties if not one.get("id_no") and not one.get("credit_code"))
        party = next(bare, None)
        if party is not None:
            self._acts.edit_party(str(party["id"]))

    def _attach(self) -> None:
        self._host.show_tab("attachments")
        self._acts.attachments.choose()

    def _targets(self) -> frozenset[str]:
        reading = self._host.reading
        return frozenset(offer.target for offer in reading.page.offers) if reading else frozenset()
