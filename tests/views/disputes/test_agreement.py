"""Writing an agreement through its window: the form first, instalments in one act, amounts in capitals, hints only."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.casework.disputes.agreements import ASKED, ORAL, WRITTEN
from desktop.views.disputes.agreement.page import AgreementPage
from desktop.views.kit import Button, LabelledField
from tests.views.disputes.stage import Enter, Stage, press, settle
from tests.views.disputes.town import Town

CTRL, ENTER, TAB = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return, Qt.Key.Key_Tab


def at(stage: Stage, name: str) -> AgreementPage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name], act="write_agreement")
    settle()
    assert isinstance(stage.page, AgreementPage)
    return stage.page


def correcting(stage: Stage, name: str) -> AgreementPage:
    stage.window.show_place("disputes")
    stage.open_dispute(stage.town.disputes[name])
    settle()
    (known,) = stage.town.desk.store.children("agreement", stage.town.disputes[name])
    stage.page.dispute_acts.write_agreement(str(known["id"]))  # type: ignore[attr-defined]
    settle()
    assert isinstance(stage.page, AgreementPage)
    return stage.page


def asked(page: AgreementPage) -> set[str]:
    fields = page.form.fields
    return {key for key in fields.values() if fields.control(key).isVisible()} - {"form"}


def made(town: Town, name: str) -> dict[str, Any]:
    (one,) = town.desk.store.children("agreement", town.disputes[name])
    return dict(one)


def button(widget: QWidget, words: str) -> Button:
    return next(b for b in widget.findChildren(Button) if b.text() == words)


def divide(page: AgreementPage, **values: Any) -> None:
    page.form.divide.click()
    page.form._instalments.fields.fill(values)
    button(page.form, "分成几条").click()
    settle()


@pytest.mark.parametrize(("key", "form"), [("1", WRITTEN), ("2", ORAL)])
def test_the_form_that_is_chosen_decides_what_is_asked(town: Town, enter: Enter, key: str, form: str) -> None:
    page = at(enter(town), "排水")
    assert asked(page) == set()
    press(key)
    settle()
    assert asked(page) == set(ASKED[form])


def test_an_oral_agreement_needs_two_answers(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("2")
    settle()
    assert {lack.target for lack in page._lacks} == {"items", "performance"}


def test_what_was_registered_stands_in_a_written_one_already(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    values = page.form.values()
    assert values["facts"].startswith("雨水顺檐口")
    assert values["copies"] == 3


def test_changing_ones_mind_loses_nothing_and_stores_only_what_counts(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    page.form.fields.fill({"liability": "李建军应当改水。"})
    page.form.fields.jump("form")
    press("2")
    settle()
    assert page.form.values()["liability"] == "李建军应当改水。"
    page.form.fields.fill({"items": ["李建军改走明沟"], "performance": "履行中"})
    press(ENTER, held=CTRL)
    settle()
    assert {"liability", "facts", "copies"} & made(town, "排水").keys() == set()


def test_instalments_are_one_act_and_their_lines_can_be_changed(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    page.form.divide.click()
    button(page.form, "分成几条").click()
    frame = page.form._instalments.fields.frame("total_cents")
    assert (frame.trouble, frame.note()) == ("error", "填一共多少")
    plan = {"who": "李建军", "to_whom": "王有福", "total_cents": 100000, "count": 3, "first_due": "2026-12-31"}
    page.form._instalments.fields.fill(plan)
    button(page.form, "分成几条").click()
    settle()
    lines = page.form.fields.value("obligations")
    assert [(one["amount_cents"], one["due_date"]) for one in lines] == [
        (33300, "2026-12-31"), (33300, "2027-01-31"), (33400, "2027-02-28"),
    ]  # fmt: skip
    assert not page.form._instalments.isVisible()
    page.form.fields.fill({"liability": "李建军应当付。", "issues": "付多少。"})
    button(page.form, "不要这条").click()
    page._save()
    settle()
    assert [one["amount_cents"] for one in made(town, "排水")["obligations"]] == [33300, 33400]


def test_amounts_are_said_in_capitals_under_their_field(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    page.form.fields.jump("amount_cents")
    press("1680.5")
    assert page.form.fields.frame("amount_cents").note() == "1,680.50 元（大写：壹仟陆佰捌拾元伍角整）"
    divide(page, who="李建军", to_whom="王有福", total_cents=10000, count=1, first_due="2026-12-31")
    editor = page.form.fields.control("obligations")
    assert "100 元（大写：壹佰元整）" in [frame.note() for frame in editor.findChildren(LabelledField)]


def test_a_sum_that_does_not_add_up_is_only_a_hint(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    divide(page, who="李建军", to_whom="王有福", total_cents=10000, count=1, first_due="2026-12-31")
    page.form.fields.jump("amount_cents")
    press("200", TAB)
    settle()
    frame = page.form.fields.frame("amount_cents")
    assert frame.trouble == "warning"
    assert "加起来 100 元" in frame.note()


def test_a_doubtful_word_is_marked_when_the_field_is_left_and_the_text_stays(town: Town, enter: Enter) -> None:
    page = at(enter(town), "排水")
    press("1")
    settle()
    page.form.fields.jump("issues")
    press("李建军给过订金。")
    assert page.form.hinted("issues") == ()
    press(TAB)
    settle()
    (said,) = page.form.hinted("issues")
    assert said.startswith("“**订金**”")
    assert page.form.fields.value("issues") == "李建军给过订金。"


def test_the_number_is_not_typed_and_the_court_is_asked_only_of_a_known_one(town: Town, enter: Enter) -> None:
    stage = enter(town)
    page = at(stage, "排水")
    assert "agreement_no" not in page.form.fields
    page = correcting(stage, "流转")
    assert {"confirm_state", "facts", "seal_date"} <= asked(page)
    assert "court" not in asked(page)


def test_correcting_an_agreement_keeps_what_its_form_does_not_ask(town: Town, enter: Enter) -> None:
    stage = enter(town)
    before = made(town, "流转")
    page = correcting(stage, "流转")
    page.form.fields.fill({"liability": "合作社一次付清。"})
    page._save()
    settle()
    after = made(town, "流转")
    assert {name for name in after if after[name] != before.get(name)} <= {"liability", "version"}


@pytest.mark.parametrize("size", ["100", "125", "150"])
def test_the_filled_button_stays_while_everything_is_asked(town: Town, enter: Enter, size: str) -> None:
    stage = enter(town, size=size)
    page = at(stage, "排水")
    press("1")
    settle()
    page.form.divide.click()
    settle()
    right = page.form.mapTo(stage.window, page.form.rect().topRight()).x()
    assert right <= stage.window.rect().right()
    assert page.filled.isVisible()
    assert stage.window.rect().contains(page.filled.mapTo(stage.window, page.filled.rect().bottomRight()))
