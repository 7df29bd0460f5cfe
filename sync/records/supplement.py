"""A supplement (补记): what an office wrote on a dispute that had already moved, handed to those who hold it now."""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import VOID, long_text, moment, place, reference, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

SUPPLEMENT = RecordType(
    name="supplement",
    label="补记",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    write_once=True,
    from_former_holders=True,
    source="design: late work on a dispute that moved is handed over (peers.md §7 rule 7)",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True),
        place("from_place", "哪里转来的", required=ALWAYS, automatic=True),
        reference("written_by", "谁写的", "account", required=ALWAYS, automatic=True),
        moment("written_at", "什么时候写的", required=ALWAYS, automatic=True),
        text("about", "写在哪里", 40, required=ALWAYS, automatic=True),
        long_text("body", "写了什么", 60_000, required=ALWAYS, privacy="P"),
        *VOID,
    ),
)
