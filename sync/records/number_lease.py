"""Number leases (卷号号段): a block of dossier numbers of one committee and year, lent to one PC. domain.md §2.3.

Running numbers look legal and are per committee and year, so two offline PCs of one committee must never draw the
same. The hub alone lends; a block is bound to the writer that may draw from it, so a restored or copied PC, which
becomes another writer, never draws from the block it had.
"""

from __future__ import annotations

from sync.records.kinds import integer, moment, place, reference, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

NUMBER_LEASE = RecordType(
    name="number_lease",
    label="卷号号段",
    place="place_code",
    writers=frozenset(),
    source="domain.md §2.3",
    fields=(
        place("place_code", "在哪里", required=ALWAYS),
        reference("org_id", "调解组织", "mediation_org", required=ALWAYS),
        integer("year", "哪一年", 2200, required=ALWAYS),
        integer("first", "从几号", required=ALWAYS),
        integer("last", "到几号", required=ALWAYS),
        text("writer", "哪台电脑", 80, required=ALWAYS),
        reference("device_id", "给哪台电脑的", "device", required=ALWAYS, source="the gap report names the PC"),
        text("epoch", "区里哪一次恢复以后", 40, required=ALWAYS, source="decision 0017: what a restored hub forgot"),
        moment("lent_at", "什么时候给的", required=ALWAYS),
    ),
)
