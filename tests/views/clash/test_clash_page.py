"""Deciding what two people wrote differently: nothing chosen beforehand, both texts stay, one button counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.casework.disputes import clashes
from desktop.views.clash.choice import DiffText
from desktop.views.clash.page import ClashPage
from desktop.views.kit import TextBox
from tests.casework.conftest import dispute
from tests.casework.district import District, Line
from tests.casework.test_clashes import MINE, THEIRS, Pair
from tests.views.at_work import Sitting, premises_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pair(district: District) -> Pair:
    made = Pair(district)
    made.disagree()
    return made


@pytest.fixture
def sitting(district: District, pair: Pair, sit_down: Callable[..., Sitting]) -> Sitting:
    return sit_down(premises_of(pair.first, Line(district.hub)))


@pytest.fixture
def page(sitting: Sitting, pair: Pair) -> ClashPage:
    sitting.work.settle_clashes(pair.id)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, ClashPage)
    return page


def test_nothing_is_chosen_beforehand_and_the_button_counts_what_is_left(page: ClashPage) -> None:
    assert [row.choice() for row in page._rows] == [None, None]
    assert page.filled.text() == "就这样定（还差 2 处）"
    assert not page.filled.isEnabled()


def test_whose_each_side_is_stands_over_the_columns(page: ClashPage, sitting: Sitting) -> None:
    assert page.head.title == "有 2 处两边改得不一样，要您定"
    texts = [label.text() for label in page._heads.findChildren(type(page._left))]
    assert any(text.startswith("赵文博 · 镇司法所") for text in texts)
    assert any(text.startswith("马秀兰 · 这台电脑") for text in texts)
    assert "您写的" in texts


def test_the_keyboard_alone_decides_and_the_decision_is_saved(
    page: ClashPage, sitting: Sitting, pair: Pair
) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space):
        sitting.press(key)
    assert [row.choice() for row in page._rows] == ["theirs", "mine"]
    sitting.press(Qt.Key.Key_Return, CONTROL)
    decided = dispute(sitting.work.desk, pair.id)
    assert (decided["amount_cents"], decided["summary"]) == (360_000, MINE)
    assert clashes.page(sitting.work.desk, pair.id).rows == ()


def test_what_it_will_be_is_said_before_anything_is_decided(page: ClashPage) -> None:
    page._rows[0].mine.click()
    assert [value.text() for value in page._outcome._values] == ["5,000 元", "还没定"]


def test_a_text_of_ones_own_becomes_the_third_choice(page: ClashPage, sitting: Sitting, pair: Pair) -> None:
    page._rows[0].theirs.click()
    page._rows[1].mine.setFocus()
    page._write_own()
    sitting.settle()
    box = QApplication.focusWidget()
    assert isinstance(box, TextBox)
    assert box.value() == MINE
    sitting.press(Qt.Key.Key_A, CONTROL)
    composed = QInputMethodEvent()
    composed.setCommitString("两份合起来写的。")
    QApplication.sendEvent(box, composed)
    next(b for b in page.findChildren(type(page.filled)) if b.text() == "用我写的这个").click()
    assert page.filled.text() == "就这样定"
    page.filled.click()
    assert dispute(sitting.work.desk, pair.id)["summary"] == "两份合起来写的。"


def test_what_was_decided_and_written_is_there_again_after_leaving(
    page: ClashPage, sitting: Sitting, pair: Pair
) -> None:
    page._rows[0].mine.click()
    page._rows[1].decide_own({"summary": "两份合起来写的。"}, ("两份合起来写的。",))
    sitting.press(Qt.Key.Key_Escape)
    sitting.work.settle_clashes(pair.id)
    sitting.settle()
    again = sitting.window.stack.page()
    assert isinstance(again, ClashPage)
    assert [row.words() for row in again._rows] == ["5,000 元", "两份合起来写的。"]
    again.filled.click()
    assert dispute(sitting.work.desk, pair.id)["summary"] == "两份合起来写的。"
    assert sitting.work.desk.store.drafts("clash:") == []


def test_leaving_is_safe_and_nothing_is_decided(page: ClashPage, sitting: Sitting, pair: Pair) -> None:
    page._rows[0].mine.click()
    sitting.press(Qt.Key.Key_Escape)
    assert sitting.window.stack.page() is not page
    assert len(clashes.page(sitting.work.desk, pair.id).rows) == 2


def test_what_was_decided_elsewhere_meanwhile_is_said_kindly(
    sitting: Sitting, pair: Pair, district: District
) -> None:
    rows = clashes.page(pair.zhao, pair.id).rows
    clashes.settle(pair.zhao, pair.id, {row.key: "theirs" for row in rows})
    pair.second_rounds.run()
    sitting.work.courier.run_now()
    sitting.work.settle_clashes(pair.id)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, ClashPage)
    assert page._rows == []
    assert dispute(sitting.work.desk, pair.id)["summary"] == THEIRS


def test_a_narrow_window_folds_what_was_to_a_line(page: ClashPage, sitting: Sitting) -> None:
    assert page._rows[0]._base.isVisible()
    sitting.window.resize(911, 440)
    sitting.settle()
    assert not page._rows[0]._base.isVisible()
    assert page._rows[0]._head.isVisible()


def test_differing_letters_are_bold_and_underlined_not_only_tinted(page: ClashPage) -> None:
    text = page._rows[1].mine.findChild(DiffText)
    assert text is not None
    assert "text-decoration:underline" in text.text()
    assert "font-weight:700" in text.text()
