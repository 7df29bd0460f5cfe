"""我的信息 through the real window: who asks proves who she is, sees what is held, takes it home."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from desktop.casework import readings
from desktop.store import Edit
from desktop.views.information.page import InformationPage
from desktop.views.kit import Label
from tests.casework.conftest import registered
from tests.views.at_work import Sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(sitting: Sitting) -> InformationPage:
    """The page as the command bar opens it; 王有福 with a phone in one dispute, without one in another."""
    desk = sitting.work.desk
    given = registered(desk)
    registered(desk, names=("王有福", "钱二"))
    parties = desk.store.records("party", {"dispute_id": [given]})
    party = next(p for p in parties if p["name"] == "王有福")
    desk.save([Edit("party", str(party["id"]), {"phone": "13809356127", "id_no": "110101199003070011"})])
    sitting.press(Qt.Key.Key_K, CONTROL)
    search = sitting.window.top.search
    search.setText("我的信息")
    search.asked.emit("我的信息")
    sitting.settle()
    sitting.press(Qt.Key.Key_Return)
    found = sitting.window.stack.page()
    assert isinstance(found, InformationPage)
    return found


def ask(sitting: Sitting, page: InformationPage, *, name: str, phone: str) -> None:
    sitting.type(page.name, name)
    sitting.type(page.phone, phone)
    sitting.press(Qt.Key.Key_Return, CONTROL)
    sitting.settle()


def cells(page: InformationPage) -> list[list[str]]:
    return [[str(page.rows.index(row, n).data()) for n in range(3)] for row in range(page.rows.rowCount())]


def words(page: InformationPage) -> str:
    """What is said below the table."""
    return " ".join(one.text() for one in page.card.findChildren(Label))


def test_a_name_alone_opens_nothing(sitting: Sitting, page: InformationPage) -> None:
    ask(sitting, page, name="王有福", phone="")
    assert page.held is None
    assert not page.card.isVisible()
    assert page._frames["phone"].trouble == "error"
    assert not page.print_button.isVisible()


def test_what_is_held_is_shown_and_that_it_was_looked_at_is_said(sitting: Sitting, page: InformationPage) -> None:
    ask(sitting, page, name="王有福", phone="138 0935 6127")
    assert page.held is not None
    assert (page.held.disputes, page.held.unsure) == (1, 1)
    assert ["电话", "13809356127"] in [row[1:] for row in cells(page)]
    assert "王有福在 1 件纠纷里。查这一次记下了" in words(page)
    assert page._unsure.isVisible()
    looked = readings.latest(sitting.work.desk, 10)
    assert {one.field for one in looked} >= {"id_no", "name"}


def test_it_goes_home_as_pdf_or_as_a_workbook(sitting: Sitting, page: InformationPage, tmp_path: Path) -> None:
    ask(sitting, page, name="王有福", phone="13809356127")
    page.write(tmp_path / "王 有福.pdf")
    document = pypdfium2.PdfDocument(str(tmp_path / "王 有福.pdf"))
    assert "王有福的信息" in document[0].get_textpage().get_text_bounded()
    document.close()
    page.write(tmp_path / "王有福.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "王有福.xlsx")).get_sheet_by_index(0).to_python()
    assert any("13809356127" in row for row in rows)


def test_another_name_takes_away_what_was_found_for_the_first(sitting: Sitting, page: InformationPage) -> None:
    ask(sitting, page, name="王有福", phone="13809356127")
    sitting.type(page.name, "李建军")
    assert page.held is None
    assert not page.card.isVisible()


def test_somebody_who_is_in_nothing_is_told_so(sitting: Sitting, page: InformationPage) -> None:
    ask(sitting, page, name="没来过", phone="13800000000")
    assert "这台电脑上没有没来过的登记" in words(page)
