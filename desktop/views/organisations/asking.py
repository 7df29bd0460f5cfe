"""What each act on an organisation or a mediator asks, in the order it stands on the filing form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.casework.organisations.roster import MediatorRow, OrgPage
from desktop.views.disputes.forms.sheet import SheetFacts
from desktop.views.disputes.page.asking import fields
from sync.records import RECORD_TYPES

_ORG = ("full_name", "short_name", "kind", "place_code", "host_unit", "set_up_on", "term_from", "term_to", "filed_on")
_ORG_NEEDS = frozenset({"full_name", "short_name", "kind", "place_code", "term_from"})
_PERSON = ("name", "role", "sex", "ethnic", "phone", "full_time", "specialities", "valid_from", "account_id")
_PERSON_NEEDS = frozenset({"name", "role", "sex", "phone", "valid_from"})
_SHORT = "简称写在卷号里：（2026）花所人调字第12号。"
_TERM = "一届三年。人没变的，调解员不用重新填。"


def new_org(place: str) -> SheetFacts:
    """A committee or a studio."""
    known: dict[str, Any] = {"place_code": place}
    return SheetFacts(fields("mediation_org", _ORG), "添上", "sheet:org", _SHORT, _ORG_NEEDS, known)


def org(page: OrgPage) -> SheetFacts:
    """What was registered of it, to be corrected."""
    key = f"sheet:org:{page.id}"
    return SheetFacts(fields("mediation_org", _ORG), "改好了", key, _SHORT, _ORG_NEEDS, dict(page.record))


def new_term(page: OrgPage) -> SheetFacts:
    """The days of the next term; nothing is filled in."""
    asked = fields("mediation_org", ("term_from", "term_to"))
    return SheetFacts(asked, "记下换届", f"sheet:term:{page.id}", _TERM, frozenset({"term_from"}))


def dissolving(page: OrgPage) -> SheetFacts:
    """From which day it is no more."""
    asked = [replace(RECORD_TYPES["mediation_org"].by_name["term_to"], label="哪天撤销的")]
    sentence = f"{page.name}撤销以后，在任的调解员都到这一天止。办过的纠纷和卷宗不变。"
    key = f"sheet:dissolve:{page.id}"
    return SheetFacts(asked, "撤销这个组织", key, sentence, frozenset({"term_to"}), is_grave=True)


def new_mediator(page: OrgPage) -> SheetFacts:
    """One more person."""
    key = f"sheet:mediator:new:{page.id}"
    return SheetFacts(fields("mediator", _PERSON), "添上", key, needed=_PERSON_NEEDS)


def mediator(mediator_id: str, known: Mapping[str, Any]) -> SheetFacts:
    """A person to be corrected."""
    key = f"sheet:mediator:{mediator_id}"
    return SheetFacts(fields("mediator", _PERSON), "改好了", key, needed=_PERSON_NEEDS, values=dict(known))


def leaving(one: MediatorRow, in_hand: int) -> SheetFacts:
    """The last day in office, with what she still has in hand."""
    asked = [replace(RECORD_TYPES["mediator"].by_name["valid_to"], label="最后一天是哪天")]
    hand = f"手上还有 {in_hand} 件在办的，要在纠纷里换人。" if in_hand else "手上没有在办的。"
    key = f"sheet:leave:{one.id}"
    return SheetFacts(asked, "记下不再担任", key, f"{one.name}{hand}", frozenset({"valid_to"}))


def training(one: MediatorRow) -> SheetFacts:
    """Which day, what about, how long."""
    asked = RECORD_TYPES["mediator"].by_name["trainings"].parts
    return SheetFacts(asked, "记下培训", f"sheet:training:{one.id}", needed=frozenset({"on", "subject"}))
