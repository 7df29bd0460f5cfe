"""A party (当事人) of one dispute: domain.md §8.3. Keyed by dispute and number, never by ID number."""

from __future__ import annotations

from sync.records.dispute import MEDIATION
from sync.records.kinds import VOID, code, day, flag, integer, moment, reference, text
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS, when

PARTY = RecordType(
    name="party",
    label="当事人",
    parent="dispute_id",
    parent_type="dispute",
    writers=MEDIATION,
    title="name",
    source="domain.md §8.3",
    fields=(
        reference("dispute_id", "纠纷", "dispute", required=ALWAYS, automatic=True, source="key"),
        integer("seq", "次序", 999, required=ALWAYS, automatic=True, source="key"),
        code("side", "哪一方", "PARTY_SIDE", required=ALWAYS, source="forms"),
        code("kind", "性质", "PARTY_KIND", required=ALWAYS, source="L-RMTJ"),
        text("name", "姓名或名称", 80, required=ALWAYS, privacy="P", source="F-BDX"),
        code("sex", "性别", "SEX", privacy="P", source="F-BDX"),
        code("ethnic", "民族", "ETHNIC", privacy="P", source="F-BDX（表上印）"),
        day("birth_date", "出生日期", privacy="P", source="F-BDX"),
        integer("age", "年龄", 130, unit="岁", privacy="P", source="F-BDX"),
        text("occupation", "职业或职务", 50, privacy="P", source="F-BDX"),
        text("phone", "电话", 30, privacy="P", check="phone", source="F-BDX"),
        text("address", "单位或住址", 200, privacy="P", source="F-BDX"),
        code("id_type", "证件", "ID_TYPE", privacy="S", required=when("id_no"), group="id", source="G-EVE"),
        text("id_no", "证件号码", 50, privacy="S", check="id_number", group="id", source="G-EVE, L-MSJS 354"),
        text("credit_code", "统一社会信用代码", 18, check="credit_code", source="GB 32100"),
        text("legal_rep", "法定代表人", 50, source="F-YNL", help="单位签字要由他签"),
        flag("is_minor", "未成年", automatic=True, privacy="S", source="L-PIPL 31"),
        reference("guardian_party_id", "监护人", "party", privacy="S", source="L-PIPL 31"),
        flag("is_representative", "推选的代表", source="L-NB 20: 一方人多的，推选不超过五人"),
        integer("represents", "代表几个人", unit="人", source="L-NB 20"),
        text("agent_name", "代理人", 50, privacy="P", source="F-BDX"),
        text("agent_letter_id", "授权委托书", 80, source="F-BDX"),
        moment("rights_told_at", "什么时候讲明权利义务", group="told", source="§1.3"),
        reference("rights_told_by", "谁讲的", "account", group="told", source="§1.3"),
        code("rights_told_form", "怎么讲的", "TOLD_FORM", group="told", source="§1.3"),
        flag("consent_mediation", "同意调解", group="consent", source="L-RMTJ 17"),
        moment("consent_at", "什么时候同意的", group="consent", source="L-RMTJ 17"),
        moment("privacy_notice_at", "个人信息告知时间", source="L-PIPL 17"),
        *VOID,
    ),
)


