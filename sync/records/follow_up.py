"""A follow-up (回访): planned with a day, done with an answer; satisfaction has no default. domain.md §8.6."""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import VOID, code, day, flag, long_text, reference, text, texts
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS, when

_done = when("done_date")

FOLLOW_UP = RecordType(
    name="follow_up",
    label="回访",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    source="domain.md §8.6",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True),
        reference("agreement_id", "协议", "agreement", source="F-YNL"),
        code("kind", "回访种类", "FOLLOW_KIND", required=ALWAYS),
        day("planned_date", "约定哪天", required=ALWAYS),
        day("done_date", "哪天回访的", group="visit"),
        code("way", "怎么回访的", "FOLLOW_WAY", required=_done, group="visit"),
        reference("visitor_id", "谁去的", "account", required=_done, group="visit"),
        text("respondent", "问的谁", 80, privacy="P", group="visit"),
        code("performance", "履行情况", "PERFORMANCE", source="L-RMTJ 31"),
        code("satisfaction", "满意不满意", "SATISFACTION", source="Z-KT22; 不预填"),
        flag("left_over_risk", "还有没有隐患", required=_done, group="visit"),
        flag("sued", "有没有起诉", source="L-RMTJ 32"),
        text("sued_result", "起诉结果", 200, required=when("sued", True)),
        long_text("content", "回访情况", 2000, required=_done, privacy="P", group="visit", source="F-YNL"),
        long_text("measures", "采取的措施", 1000, privacy="P", source="F-YNL"),
        texts("scan_ids", "扫描件"),
        *VOID,
    ),
)
