"""Every record type, by name. The order is the order of dependence: parents before children."""

from __future__ import annotations

from sync.records.agreement import AGREEMENT
from sync.records.attachment import ATTACHMENT
from sync.records.dispute import DISPUTE
from sync.records.district_tables import HOLIDAY_YEAR, PAPER_TEMPLATE, SUBSIDY_RATE
from sync.records.follow_up import FOLLOW_UP
from sync.records.keeping import KEEPING_RULE
from sync.records.number_lease import NUMBER_LEASE
from sync.records.offices import CENTRE, MEDIATION_ORG, MEDIATOR, PLACE
from sync.records.party import PARTY
from sync.records.record_type import RecordType
from sync.records.session import SESSION
from sync.records.staff import ACCOUNT, DEVICE
from sync.records.supplement import SUPPLEMENT

RECORD_TYPES: dict[str, RecordType] = {
    kind.name: kind
    for kind in (
        PLACE, ACCOUNT, DEVICE, CENTRE, MEDIATION_ORG, MEDIATOR, KEEPING_RULE,
        HOLIDAY_YEAR, PAPER_TEMPLATE, SUBSIDY_RATE, NUMBER_LEASE,
        DISPUTE, PARTY, SESSION, AGREEMENT, FOLLOW_UP, SUPPLEMENT, ATTACHMENT,
    )
}  # fmt: skip

CHILDREN: dict[str, tuple[RecordType, ...]] = {
    name: tuple(kind for kind in RECORD_TYPES.values() if kind.parent_type == name) for name in RECORD_TYPES
}
"""Type name -> the types whose records belong to it."""


def declared(name: str) -> RecordType:
    """The declaration of a type; one without fields for a type only another version of the program knows."""
    return RECORD_TYPES.get(name) or RecordType(name=name, label=name, fields=())
