"""A mediation or inquiry session (调解记录、调查记录): a fact that is only added to. domain.md §8.4."""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import (
    VOID,
    code,
    flag,
    integer,
    items,
    long_text,
    moment,
    reference,
    references,
    text,
    texts,
)
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS, when

SESSION = RecordType(
    name="session",
    label="调解记录",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    write_once=True,
    source="domain.md §8.4",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True),
        integer("seq", "第几次", 999, required=ALWAYS, automatic=True),
        code("kind", "哪种记录", "SESSION_KIND", required=ALWAYS, source="F-GD"),
        moment("start_at", "开始", required=ALWAYS, source="人民调解记录"),
        moment("end_at", "结束", source="人民调解记录"),
        text("place", "在哪里", 100, required=ALWAYS, source="人民调解记录"),
        items("mediators", "调解员", reference("mediator_id", "调解员", "mediator", required=ALWAYS),
              flag("host", "主持"), required=ALWAYS, source="L-RMTJ 19"),
        reference("recorder", "记录人", "account", source="人民调解记录"),
        references("parties_present", "到场的当事人", "party", source="人民调解记录"),
        items("others", "其他到场的人", text("name", "姓名", 50, required=ALWAYS, privacy="P"),
              text("relation", "什么人", 50), flag("consent", "双方同意他来"), privacy="P",
              source="L-RMTJ 20"),
        text("respondent", "被调查人", 100, privacy="P", required=when("kind", "调查"), source="调查记录"),
        reference("respondent_party_id", "被调查的当事人", "party", privacy="P", source="调查记录"),
        code("respondent_sex", "被调查人性别", "SEX", privacy="P", source="调查记录"),
        code("respondent_ethnic", "被调查人民族", "ETHNIC", privacy="P", source="调查记录"),
        integer("respondent_age", "被调查人年龄", 130, unit="岁", privacy="P", source="调查记录"),
        text("respondent_occupation", "被调查人职业或职务", 50, privacy="P", source="调查记录"),
        text("respondent_phone", "被调查人电话", 30, privacy="P", check="phone", source="调查记录"),
        text("respondent_address", "被调查人单位或住址", 200, privacy="P", source="调查记录"),
        flag("audio_consent", "各方同意录音", source="L-PIPL 13"),
        texts("audio_asked", "录音问过谁", limit=50, privacy="P", source="L-PIPL 13"),
        flag("rights_told", "已讲明权利义务", required=ALWAYS, source="人民调解记录"),
        long_text("body", "记录", 50_000, required=ALWAYS, privacy="P", source="人民调解记录"),
        code("result", "这一次的结果", "SESSION_RESULT", required=when("kind", "调解"), source="人民调解记录"),
        moment("next_at", "下次什么时候", source="design"),
        text("next_place", "下次在哪里", 100, source="design"),
        items("signed", "签名", text("name", "谁", 50, required=ALWAYS, privacy="P"),
              code("way", "怎么签的", "SIGN_WAY", required=ALWAYS), moment("at", "什么时候"), source="forms"),
        texts("scan_ids", "扫描件", source="design"),
        *VOID,
    ),
)  # fmt: skip
