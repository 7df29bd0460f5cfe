"""Tables the district keeps for all its desks: holidays, papers, subsidies. domain.md §1.1, §1.5, §2, §8.16."""

from __future__ import annotations

from sync.records.kinds import VOID, day, flag, integer, items, long_text, money, place, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

_DISTRICT = frozenset({"district", "admin"})

HOLIDAY_YEAR = RecordType(
    name="holiday_year", label="节假日", audience="district", place="place_code", writers=_DISTRICT,
    source="domain.md §1.5: an offline holiday table with manual edit",
    fields=(
        place("place_code", "哪个区定的", required=ALWAYS),
        integer("year", "哪一年", 2200, required=ALWAYS),
        items("days", "放假和调班", day("on", "哪天", required=ALWAYS), text("name", "什么节", 30, required=ALWAYS),
              flag("works", "上班"), limit=100, required=ALWAYS, source="国务院办公厅通知"),
        *VOID,
    ),
)  # fmt: skip

PAPER_TEMPLATE = RecordType(
    name="paper_template", label="文书样式", audience="district", place="place_code", writers=_DISTRICT,
    title="name", source="domain.md §2: a district edits its papers without code",
    fields=(
        place("place_code", "哪个区定的", required=ALWAYS),
        text("name", "哪种文书", 60, required=ALWAYS),
        long_text("body", "样式", 30_000, required=ALWAYS),
        flag("used", "放进卷宗", source="§2.1: local additions are switched by setting"),
        *VOID,
    ),
)  # fmt: skip

SUBSIDY_RATE = RecordType(
    name="subsidy_rate", label="一案一补标准", audience="district", place="place_code", writers=_DISTRICT,
    title="name", source="domain.md §1.1 F-SUB: amounts are local",
    fields=(
        place("place_code", "哪个区定的", required=ALWAYS),
        text("name", "哪一档", 40, required=ALWAYS),
        money("amount_cents", "每件多少", required=ALWAYS, unit="元"),
        text("terms", "什么样的件", 200),
        day("valid_from", "从哪天起", required=ALWAYS),
        day("valid_to", "到哪天止"),
        *VOID,
    ),
)  # fmt: skip
