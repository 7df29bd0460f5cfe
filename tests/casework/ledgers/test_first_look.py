"""A ledger before it is written: its first lines, its count, its sums; and what is closed stays closed."""

import pytest

from desktop.casework.desk import Desk
from desktop.casework.ledgers import first_look
from desktop.casework.ledgers.saved_views import LedgerView
from desktop.casework.portable.gathering import ExportCancelled, Watch
from tests.casework.conftest import COLLEAGUE, Office, many, registered

VIEW = LedgerView("看", ("seq", "title", "amount", "found_date"))


def test_the_first_lines_are_as_on_paper_and_no_more_than_twenty(desk: Desk) -> None:
    many(desk, 30)
    registered(desk, amount_cents=1_234_550)
    found = first_look.first_rows(desk, VIEW)
    assert found.headings == ("序号", "纠纷名称（当事人）", "涉及金额（元）", "排查日期")
    assert len(found.rows) == first_look.FIRST
    assert ("12,345.50", "2026-11-23") in [row[2:] for row in found.rows]
    assert found.is_right == (True, False, True, False)


def test_the_sums_are_of_all_and_can_be_stopped(desk: Desk) -> None:
    many(desk, 30)
    registered(desk, amount_cents=1_234_550)
    found = first_look.sums(desk, VIEW, Watch())
    assert (found.count, found.sums) == (31, (("涉及金额（元）", "12,345.50"),))
    with pytest.raises(ExportCancelled):
        first_look.sums(desk, VIEW, Watch(cancelled=lambda: True))


def test_what_is_closed_to_the_person_is_counted_and_nowhere_in_the_lines(office: Office) -> None:
    registered(office.sit(), closed_session=True, names=("王有福", "李建军"), amount_cents=100)
    other = office.sit(COLLEAGUE, "village")
    assert first_look.first_rows(other, VIEW).rows == ()
    found = first_look.sums(other, VIEW, Watch())
    assert (found.count, found.closed, found.sums) == (0, 1, (("涉及金额（元）", "0"),))
