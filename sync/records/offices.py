"""Places, centres, mediation organisations and mediators: domain.md §3.4, §8.12, §8.13."""

from __future__ import annotations

from sync.records.kinds import VOID, code, codes, day, flag, items, place, reference, references, text, texts
from sync.records.record_type import RecordType
from sync.records.rule import ALWAYS

_DISTRICT = frozenset({"district", "admin"})
_OFFICE = frozenset({"township", "justice", "district", "admin"})

PLACE = RecordType(
    name="place", label="区划", audience="district", place="code", keyed_by="code", writers=_DISTRICT,
    title="name", source="domain.md §3.4",
    fields=(
        place("code", "区划代码", required=ALWAYS, source="GB/T 2260, GB/T 10114"),
        text("name", "名称", 60, required=ALWAYS, source="G-CODE"),
        code("level", "层级", "PLACE_LEVEL", required=ALWAYS),
        place("parent_code", "上级"),
        flag("multi_ethnic", "多民族居住", source="L-RMTJ 8"),
        day("valid_from", "从哪天起", required=ALWAYS, source="design: codes change"),
        day("valid_to", "到哪天止"),
        references("replaced_by", "并到哪里", "place", source="design: mergers"),
    ),
)  # fmt: skip

CENTRE = RecordType(
    name="centre", label="综治中心", audience="district", place="place_code", writers=_OFFICE,
    title="name", source="domain.md §8.12",
    fields=(
        text("name", "名称", 100, required=ALWAYS),
        code("level", "层级", "CENTRE_LEVEL", required=ALWAYS),
        place("place_code", "所在地", required=ALWAYS),
        text("address", "详址", 200),
        text("longitude", "经度", 20, source="G-EVE（中心所在，不是人的轨迹）"),
        text("latitude", "纬度", 20, source="G-EVE"),
        text("phone", "电话", 30, required=ALWAYS, check="phone"),
        text("head_name", "负责人", 50, required=ALWAYS),
        text("head_phone", "负责人电话", 30, required=ALWAYS, check="phone", privacy="P"),
        items("member_units", "入驻单位", text("name", "单位", 100, required=ALWAYS),
              code("way", "怎么入驻", "STATIONED", required=ALWAYS), source="Z-KT25"),
        codes("zones", "功能区", "ZONE", source="domain.md §3.6"),
        day("opened_on", "启用日期"),
        reference("parent_centre_id", "上级中心", "centre"),
        text("police_station", "派出所", 100),
        text("justice_office", "司法所", 100),
        text("court", "法庭", 100),
        text("work_hours", "上班时间", 100),
        *VOID,
    ),
)  # fmt: skip

MEDIATION_ORG = RecordType(
    name="mediation_org", label="调解组织", audience="district", place="place_code", writers=_OFFICE,
    title="full_name", source="domain.md §8.13",
    fields=(
        text("full_name", "全称", 100, required=ALWAYS),
        text("short_name", "卷号用的简称", 20, required=ALWAYS, source="§2.3"),
        code("kind", "种类", "ORG_KIND", required=ALWAYS),
        place("place_code", "所在地", required=ALWAYS),
        text("host_unit", "设立单位", 100),
        reference("centre_id", "综治中心", "centre"),
        day("set_up_on", "设立日期"),
        day("filed_on", "备案日期"),
        text("seal_scan", "印章扫描件", 80),
        day("term_from", "任期从", required=ALWAYS, source="L-RMTJ 9"),
        day("term_to", "任期到", source="L-RMTJ 9: 三年"),
        code("status", "状态", "ORG_STATUS", required=ALWAYS),
        *VOID,
    ),
)  # fmt: skip

MEDIATOR = RecordType(
    name="mediator", label="调解员", audience="line", place="place_code", writers=_OFFICE,
    title="name", source="domain.md §8.13",
    fields=(
        reference("org_id", "调解组织", "mediation_org", required=ALWAYS),
        place("place_code", "所在地", required=ALWAYS, source="org.place_code"),
        text("name", "姓名", 50, required=ALWAYS),
        code("sex", "性别", "SEX", required=ALWAYS, source="L-RMTJ 8: 要有妇女成员"),
        code("ethnic", "民族", "ETHNIC", source="L-RMTJ 8"),
        code("role", "职务", "MEDIATOR_ROLE", required=ALWAYS, source="L-RMTJ 8, 13"),
        flag("full_time", "专职"),
        texts("specialities", "擅长"),
        texts("trained_on", "培训日期"),
        items("trainings", "培训", day("on", "哪天", required=ALWAYS), text("subject", "学什么", 100, required=ALWAYS),
              text("hours", "几个学时", 10), source="§8.13"),
        text("phone", "电话", 30, required=ALWAYS, check="phone", privacy="P"),
        reference("account_id", "登录账号", "account", source="design"),
        day("valid_from", "从哪天起", required=ALWAYS),
        day("valid_to", "到哪天止"),
        *VOID,
    ),
)  # fmt: skip
