"""我的信息: a person's own data in print, of the disputes the desk may read, with who looked; nothing of others."""

from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook

from desktop.casework import my_information, readings
from desktop.casework.desk import Desk
from desktop.casework.disputes import agreements, parties
from desktop.casework.errors import NotYet
from tests.casework.conftest import COLLEAGUE, Office, registered
from tests.casework.test_agreements import written

ID_NO = "620802190001010019"


def known(desk: Desk, phone: str = "13809350003", **more: object) -> str:
    given = registered(desk, zz_type="0201", **more)
    first, second = desk.store.children("party", given)
    parties.change(desk, str(first["id"]), {"phone": phone, "id_type": "111", "id_no": ID_NO, "address": "花所村三社"})
    parties.change(desk, str(second["id"]), {"phone": "13809350004", "address": "花所村五社"})
    return given


def test_a_person_gets_her_own_data_of_every_dispute_and_nothing_of_others(desk: Desk) -> None:
    given = known(desk)
    agreements.save(desk, given, written(desk, given))
    known(desk, names=("王有福", "赵大"))
    held = my_information.held_about(desk, name="王有福", phone="138 0935 0003")
    assert (held.disputes, held.unsure, held.sealed) == (2, 0, 0)
    told = "\n".join(f"{entry.label} {entry.value}" for entry in held.entries)
    assert ID_NO in told
    assert "花所村三社" in told
    assert "付 1,500 元" in told
    assert not {"13809350004", "花所村五社", "接好水槽"} & set(told.split())
    assert "接好水槽" not in told
    assert {reading.field for reading in readings.latest(desk)} >= {"id_no"}


def test_a_name_alone_is_no_proof_and_namesakes_are_only_counted(desk: Desk) -> None:
    known(desk)
    known(desk, phone="13809350009", names=("王有福", "赵大"))
    registered(desk, names=("王有福", "钱二"))
    for wrong in ({"name": "王有福"}, {"name": " ", "phone": "13809350003"}):
        with pytest.raises(NotYet):
            my_information.held_about(desk, **wrong)
    held = my_information.held_about(desk, name="王有福", phone="13809350003")
    assert (held.disputes, held.unsure) == (1, 1)
    assert my_information.held_about(desk, name="王有福", id_no=ID_NO.lower()).disputes == 2
    assert my_information.held_about(desk, name="王有", phone="13809350003").disputes == 0


def test_what_is_closed_to_the_clerk_is_counted_and_not_printed(office: Office) -> None:
    known(office.sit(), closed_session=True)
    held = my_information.held_about(office.sit(COLLEAGUE), name="王有福", phone="13809350003")
    assert (held.disputes, held.sealed) == (0, 1)
    assert ID_NO not in str(held.entries)


def test_the_print_out_says_why_and_who_looked_and_can_be_taken_home(desk: Desk, tmp_path: Path) -> None:
    given = known(desk)
    desk.reveal("party", str(desk.store.children("party", given)[0]["id"]), "id_no")
    held = my_information.held_about(desk, name="王有福", phone="13809350003")
    assert ("谁看过", "马秀兰看了证件号码") in {(entry.section, entry.value) for entry in held.entries}
    my_information.print_out(desk, held, tmp_path / "王有福 我的信息.pdf")
    with closing(pdfium.PdfDocument(tmp_path / "王有福 我的信息.pdf")) as book:
        text = "".join(page.get_textpage().get_text_range() for page in book).replace("\r\n", "")
    assert ID_NO in text
    assert "更正、补充" in text
    my_information.print_out(desk, held, tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("我的信息").to_python()
    assert rows[1] == ["哪一件", "项目", "内容"]
    assert len(rows) == len(held.entries) + 2
