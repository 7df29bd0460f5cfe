"""Makes the next dictionary for small messages: `python -m benchmarks.dictionary` writes resources/contexts/<n>.jsonl.

Lines as they travel, filled with invented casework whose words are not those of the benchmarks' sample data, so that
what the benchmarks say of it stays honest. A released dictionary is never written again: raise `NEWEST` first.
"""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from sync.protocol import contexts
from sync.protocol.messages import Change
from sync.records import RECORD_TYPES
from sync.records.codec import canonical
from sync.records.ids import uuid7
from sync.records.sample import SURNAMES, sample
from sync.records.validate import is_empty

MOST_BYTES = 48 * 1024
PLACE = "620802107200"
START_MS = 1_795_000_000_000
GIVEN = "平凤莲春梅海燕俊杰志强小芳建平玉兰爱民少华翠萍福生满仓"
OPENINGS = (
    "经村（社区）网格员上门了解，", "当事人到综治中心反映：", "接到群众来电后，", "派出所移送：", "司法所转来：",
    "经人民调解委员会调查核实：", "双方当事人自述：", "网格员日常走访时发现，", "据邻居和村民小组长讲，",
)  # fmt: skip
FACTS = (
    "甲方在自家宅基地翻建房屋时占用了公共通道，乙方出行不便", "因承包地边界不清，双方在春耕时发生口角和推搡",
    "乙方向甲方借款用于购买农机，约定年底归还，到期后多次催要未果", "甲方饲养的牲畜踩踏乙方果园，造成苹果树受损",
    "双方因离婚后子女抚养费和探望问题产生矛盾", "用人单位拖欠农民工工资，工人集体到镇政府讨要说法",
    "楼上住户卫生间渗漏，楼下天花板和家具受潮发霉", "物业公司停车收费标准不公开，业主拒绝缴纳物业费",
    "婆媳之间因照看孩子和家务琐事长期不和", "道路交通事故后双方对医疗费、误工费、护理费的赔偿数额分歧较大",
    "兄弟姐妹之间对父母遗留的房屋和存款分割意见不一", "租赁合同到期后承租人不搬离，押金退还有争议",
    "征地补偿款分配方案公示后，部分村民认为人口核算有误", "水渠改道影响下游农户灌溉，两个村民小组争执不下",
    "商店出售的种子出苗率低，农户要求赔偿损失", "工地施工噪音和扬尘影响周边居民休息",
)  # fmt: skip
DEEDS = (
    "调解员告知双方权利义务，双方均同意由人民调解委员会主持调解。",
    "调解员分别听取双方意见，释明《中华人民共和国民法典》有关规定。",
    "经耐心劝说和背对背做工作，双方互相谅解，握手言和。",
    "双方自愿达成如下协议：一、甲方于签字之日起三十日内一次性支付乙方人民币元整；",
    "二、乙方收到款项后不再就此事提出其他任何要求；"
    "三、本协议自双方签字盖章之日起生效，一式三份，双方各执一份，人民调解委员会留存一份。",
    "因双方对赔偿数额差距较大，约定下次再行调解。", "现场勘查丈量并拍照留存，绘制了四至示意图。",
    "一方未到场，改期进行。",
    "建议双方申请司法确认，调解员协助准备材料。",
    "调解不成，告知当事人可以依法申请仲裁、行政裁决或者向人民法院提起诉讼。",
    "回访时双方均表示协议已经履行完毕，关系缓和。", "已电话回访，约定的款项按期支付，没有新的矛盾。",
)  # fmt: skip
SPOTS = ("村委会调解室", "镇综治中心一号调解室", "田间地头", "当事人家中", "社区矛盾调解室", "小区物业办公室",
         "派出所接待室")  # fmt: skip
NUMBERS = {"amount_cents": 500_000, "people_count": 2, "prevented_people": 0}


class Writer:
    """Invented lines, always the same ones."""

    def __init__(self) -> None:
        self.random = Random(20261123)
        self.at = START_MS

    def new_id(self) -> str:
        self.at += 977
        return uuid7(self.at, self.random.randbytes)

    def name(self) -> str:
        return self.random.choice(SURNAMES) + "".join(self.random.choices(GIVEN, k=2))

    def text(self, sentences: int) -> str:
        random = self.random
        told = [random.choice(OPENINGS) + random.choice(FACTS) + "。", *random.sample(DEEDS, k=min(sentences, 8))]
        return "".join(told[:sentences])

    def record(self, kind: str, **given: Any) -> dict[str, Any]:
        """One new record, its texts in these words and not in those of the sample data."""
        declared = RECORD_TYPES[kind]
        fields = sample(declared, self.random, ids=self.new_id, **given)
        for field in declared.fields:
            if field.name in fields and field.name not in given:
                fields[field.name] = self.word(field.name, field.kind, field.limit, fields[field.name])
        return {name: value for name, value in fields.items() if not is_empty(value)}

    def word(self, name: str, kind: str, limit: int, value: Any) -> Any:
        """A text of ours in the place of a sample text."""
        if kind == "long_text":
            return self.text(6 if limit > 2000 else 3)
        if kind == "texts":
            return [self.text(1)]
        if kind != "text" or name in ("phone", "id_no", "credit_code"):
            return NUMBERS.get(name, value)
        if name in ("place", "next_place", "place_text", "address"):
            return self.random.choice(SPOTS)
        return self.name() if limit <= 80 else self.text(1)[: limit // 2]

    def line(self, kind: str, fields: dict[str, Any], **more: Any) -> bytes:
        """A change as it travels."""
        self.at += 60_000
        change = Change(kind, self.new_id(), fields, self.new_id(), self.at, **more)
        return canonical(["", msgspec.to_builtins(change), {}, {}])

    def matter(self) -> list[bytes]:
        """One dispute with everything that may follow."""
        dispute, person = self.new_id(), self.new_id()
        people = {"found_by": person, "first_contact_id": person, "place_code": PLACE, "status": "10"}
        lines = [self.line("dispute", self.record("dispute", closed_session=False, **people))]
        for seq in (1, 2):
            party = self.record("party", dispute_id=dispute, seq=seq, guardian_party_id=None)
            lines += [self.line("party", party)]
        lines.append(self.line("session", self.record("session", dispute_id=dispute, recorder=person)))
        lines.append(self.line("agreement", self.record("agreement", dispute_id=dispute)))
        lines.append(self.line("follow_up", self.record("follow_up", dispute_id=dispute)))
        step = {"status": self.random.choice(("20", "30", "40")), "accept_date": "2026-11-23", "deadline": "2026-12-22"}
        lines.append(self.line("dispute", step, base=self.random.randrange(9000), was={"status": "10"}))
        done = {"amount_cents": 120_000, "resp_person": self.name(), "summary": self.text(2)}
        lines.append(self.line("dispute", done, base=self.random.randrange(9000), was={"amount_cents": 100_000}))
        return lines


SHELLS = (
    b'{"clock":1795000000000,"cursor":0,"entries":[{"address":["620802107200"],"id":"","no":1,"pos":1,"received":179500'
    b'0000000},{"address":["620802107200"],"change":{"at":1795000000000,"base":0,"by":"","id":"","record":"","set":{',
    b'{"clock":1795000000000,"cursor":1000,"epoch":"","more":true,"proof":{"count":1000,"digest":""},"reads":["short",'
    b'"d1","ppm1"],"verdicts":[{"no":1},{"no":2},{"no":3},{"aside":["amount_cents"],"no":4}]}',
    b'{"batch":{"before":"","first":1,"links":[["",{"at":1795000000000,"by":"","record":"","set":{"',
    b'{"clock":1795000000000,"cursor":1000,"epoch":"","number":100,"reads":["short","d1"],"room":262144,"writer":"',
)


def make() -> bytes:
    """The dictionary."""
    writer, lines, size = Writer(), [], sum(map(len, SHELLS))
    while size < MOST_BYTES:
        more = writer.matter()
        lines += more
        size += sum(len(line) + 1 for line in more)
    return b"\n".join([*lines, *SHELLS])


def main() -> None:
    """Write it."""
    target = contexts.file(contexts.NEWEST)
    target.write_bytes(make())
    print(f"{target.name}: {target.stat().st_size:,} B")


if __name__ == "__main__":
    main()
