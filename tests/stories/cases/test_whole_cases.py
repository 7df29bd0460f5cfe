"""Three whole cases through the window, from the first word to the bound dossier (issue 4). Everybody is invented."""

from __future__ import annotations

from pathlib import Path

from tests.stories.cases.conftest import Arrive
from tests.stories.cases.scans import scan

ASKED = {"flag_violence": "没有", "flag_dv": "没有", "flag_minor": "没有", "flag_elsewhere": "没有"}
TOLD = {"told_consent": "双方都同意调解", "told_form": "口头"}
NOVEMBER = (11, 23)


def test_neighbours_settle_by_word_of_mouth_at_once(arrive: Arrive, tmp_path: Path) -> None:
    clerk = arrive()
    clerk.register(
        {"name": "周桂兰", "phone": "13900000001", "address": "花所村二社", "sex": "女", "age": "61"},
        {"name": "吴永福", "phone": "13900000002", "address": "花所村二社", "sex": "男", "age": "57"},
        source="当事人口头申请", place_code="花所村", zz_type="用水排水通行",
        summary="吴永福家新搭的棚檐朝周桂兰家院里滴水，院墙根泡湿了。", people_count="2", risk="低", difficulty="简单",
        scale="个体性", **ASKED, **TOLD,
    )  # fmt: skip
    assert clerk.record()["status"] == "30"
    clerk.record_session(
        "花所镇综治中心调解室",
        [("周桂兰", "棚檐往回收一尺就行。"), ("吴永福", "我今天就锯，锯完您来看。")],
        result="达成", closing="吴永福当天把棚檐锯短一尺，滴水落在自家院里。", with_whom=("周桂兰", "吴永福"),
    )  # fmt: skip
    clerk.agree(form="口头", items=["吴永福把棚檐锯短一尺，滴水落在自家院里。当天已经锯好。"], performance="已履行")
    assert clerk.record()["status"] == "60"
