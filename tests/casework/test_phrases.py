"""Phrases of the office's own: short, kept on this PC, never a result."""

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes import phrases
from desktop.casework.errors import NotAllowed
from tests.casework.conftest import Office


def test_a_phrase_is_kept_for_everyone_at_this_pc_and_can_go_again(office: Office, desk: Desk) -> None:
    first = phrases.phrases(desk)
    assert phrases.save(desk, " 请把  借条拿出来看看。\n") == (*first, "请把 借条拿出来看看。")
    assert phrases.phrases(office.sit())[-1] == "请把 借条拿出来看看。"
    assert phrases.drop(desk, "请把 借条拿出来看看。") == first
    for one in first:
        phrases.drop(desk, one)
    assert phrases.phrases(desk) == ()


@pytest.mark.parametrize(
    "result",
    ["双方自愿达成如下协议。", "甲方同意一次性赔偿。", "双方对以上事实没有异议。", "当事人表示满意。",
     "本次调解不成，告知可以起诉。", "乙方已付清全部欠款。", "甲方放弃其他要求。"],
)  # fmt: skip
def test_what_says_how_it_ended_is_no_phrase(desk: Desk, result: str) -> None:
    with pytest.raises(NotAllowed, match="结果每次都要现写"):
        phrases.save(desk, result)


def test_a_question_is_no_result(desk: Desk) -> None:
    assert phrases.save(desk, "您同意录音吗？")[-1] == "您同意录音吗？"


def test_none_that_comes_with_the_program_would_be_refused(desk: Desk) -> None:
    shipped = phrases.phrases(desk)
    for one in shipped:
        phrases.drop(desk, one)
    for one in shipped:
        phrases.save(desk, one)
    assert phrases.phrases(desk) == shipped


@pytest.mark.parametrize(
    ("text", "why"), [("  ", "还没写字"), ("字" * 121, "121 个字"), ("一个一个说，都让说完。", "已经在")]
)
def test_what_cannot_be_kept_is_said(desk: Desk, text: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        phrases.save(desk, text)
