"""Words to look at before printing: found, explained, never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.casework.disputes import terms


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(hint.words, hint.better) for hint in terms.check(text)]


@pytest.mark.parametrize(
    ("text", "words", "better"),
    [
        ("儿子每月给父母抚养费", "抚养", "赡养"),
        ("双方共同扶养两个孩子", "扶养", "抚养"),
        ("交订金一份", "订金", "定金"),
        ("双方的权力", "权力", "权利"),
        ("其它事项", "其它", "其他"),
        ("帐款两清", "帐款", "账款"),
        ("李某打伤王某，给补偿款一笔", "补偿款", "赔偿款"),
        ("征地后给赔偿款一笔", "赔偿款", "补偿款"),
        ("违约的付罚款", "罚款", "违约金"),
        ("还欠款一笔", "还欠款", "归还欠款"),
        ("李某尽快让出通道", "尽快", "写明年月日"),
        ("年底前付清", "年底前", "写明年月日"),
        ("麦收后搬走", "麦收后", "写明年月日"),
        ("双方永不反悔，不得起诉", "不得起诉", "删去"),
        ("老汉的婆姨作证", "婆姨", "写姓名"),
        ("12月1日前付清", "12月1日", "写明年份"),
        ("付 1,500 元", "1,500 元", "1,500 元（大写：壹仟伍佰元整）"),
        ("付1.2万元", "1.2万元", "12,000 元（大写：壹万贰仟元整）"),
    ],
)
def test_a_doubtful_word_is_found_with_what_might_stand_there(text: str, words: str, better: str) -> None:
    hints = dict(found(text))
    assert better in hints[words]
    assert all(hint.reason for hint in terms.check(text))


@pytest.mark.parametrize(
    "text",
    [
        "女儿由母亲抚养", "小军由父母抚养", "儿子赡养父母",
        "王有福于2026年12月1日前向李建军付款 1,500 元（大写：壹仟伍佰元整）。",
        "违约的付赔偿金", "权利和义务", "因水费起争执",
    ],
)  # fmt: skip
def test_right_words_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_longer_hint_says_it_alone_and_its_place_is_exact() -> None:
    (hint,) = terms.check("钱款年底前付")
    assert (hint.start, hint.end, hint.words) == (2, 5, "年底前")


def test_an_agreement_is_read_field_by_field_and_line_by_line() -> None:
    hints = terms.check_agreement({"facts": "其它", "items": ["各让一步", "尽快付"], "obligations": [], "issues": None})
    assert [(hint.field, hint.line, hint.words) for hint in hints] == [("facts", 0, "其它"), ("items", 1, "尽快")]


@given(st.text(alphabet="抚扶赡养订定金其它尽快年底前12月日元,.万零壹（）孩子父母a", max_size=60))
def test_any_text_can_be_read_and_every_hint_lies_in_it(text: str) -> None:
    for hint in terms.check(text):
        assert text[hint.start : hint.end] == hint.words
