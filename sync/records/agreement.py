"""A mediation agreement (调解协议) with what each side must perform: domain.md §8.5, §1.6-1.7."""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import VOID, code, day, integer, items, long_text, money, reference, text, texts
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS, when

_written = when("form", "书面")
_applied = when("confirm_state", "已申请", "受理", "不予受理", "裁定有效", "驳回", "撤回")
_ruled = when("confirm_state", "裁定有效", "驳回")

AGREEMENT = RecordType(
    name="agreement",
    label="调解协议",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    source="domain.md §8.5",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True),
        code("form", "协议形式", "AGREEMENT_FORM", required=ALWAYS, source="L-RMTJ 28, §1.11"),
        text("agreement_no", "协议编号", 60, source="F-YNL"),
        long_text("facts", "主要事实", 2000, required=_written, privacy="P", source="L-RMTJ 29"),
        long_text("issues", "争议事项", 1000, required=_written, privacy="P", source="L-RMTJ 29"),
        long_text("liability", "各方责任", 1000, required=_written, privacy="P", source="L-RMTJ 29"),
        texts("items", "协议内容", required=ALWAYS, privacy="P", source="L-RMTJ 29"),
        items("obligations", "要履行的",
              text("who", "谁", 80, required=ALWAYS, privacy="P"), text("to_whom", "给谁", 80, privacy="P"),
              text("what", "做什么", 200, required=ALWAYS, privacy="P"), money("amount_cents", "金额", unit="元"),
              text("manner", "怎么履行", 100), text("place", "在哪里", 100), day("due_date", "哪天前"),
              day("done_date", "哪天履行的"), text("proof_id", "凭证", 80),
              source="L-RMTJ 29, L-NMG 34"),
        money("amount_cents", "协议涉及金额", unit="元", source="F-HS"),
        integer("copies", "一式几份", 99, required=_written, unit="份", source="F-YNL"),
        items("party_marks", "当事人签章", reference("party_id", "当事人", "party", required=ALWAYS),
              code("kind", "怎么签的", "SIGN_WAY", required=ALWAYS), day("date", "哪天", required=ALWAYS),
              source="L-RMTJ 29"),
        day("mediator_mark_date", "调解员签名日期", source="L-RMTJ 29"),
        day("seal_date", "盖调委会章日期", source="L-RMTJ 29"),
        reference("recorder", "记录人", "account", source="forms"),
        day("agreed_on", "哪天谈成的", required=when("form", "口头"), source="L-RMTJ 30"),
        day("effective_date", "生效日期", automatic=True, source="L-RMTJ 29-30"),
        day("confirm_deadline", "司法确认期限", automatic=True, source="L-MSF 205"),
        code("confirm_state", "司法确认", "CONFIRM_STATE", required=ALWAYS, group="confirm", source="L-MSF 206"),
        text("court", "法院", 80, required=_applied, group="confirm", source="L-MSJS"),
        day("confirm_applied_at", "申请日期", required=_applied, group="confirm", source="L-MSJS"),
        day("confirm_ruled_at", "裁定日期", required=_ruled, group="confirm", source="L-MSJS"),
        text("ruling_no", "裁定书号", 60, group="confirm", source="L-MSJS"),
        code("confirm_bar", "可能不予确认", "CONFIRM_BAR", automatic=True, source="L-MSJS 355"),
        code("performance", "履行情况", "PERFORMANCE", required=ALWAYS, source="L-RMTJ 31-32"),
        day("breached_on", "哪天知道没履行的", group="breach", source="L-RMTJ 31-32"),
        code("breach_way", "没履行怎么办", "BREACH_WAY", group="breach", source="L-RMTJ 31-33, 劳动争议调解仲裁法 16"),
        long_text("breach_note", "没履行的情况", 500, privacy="P", group="breach", source="L-RMTJ 31"),
        *VOID,
    ),
)  # fmt: skip
