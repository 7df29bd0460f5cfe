"""Old disputes at the district: found by what they were called, fetched back with the next exchange."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.shelf.page import ShelfPage
from tests.casework.conftest import registered
from tests.casework.district import District
from tests.views.at_work import Sitting, premises_of

DOWN, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Return


def at_shelf(sitting: Sitting) -> ShelfPage:
    sitting.window.show_place("disputes")
    page = sitting.window.stack.page()
    assert isinstance(page, DisputesPage)
    next(act for act in page.acts() if act.words == "找区里的旧件").act()
    sitting.settle()
    shelf = sitting.window.stack.page()
    assert isinstance(shelf, ShelfPage)
    return shelf


def titles(shelf: ShelfPage) -> list[str]:
    model = shelf.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def put_away(district: District, sitting: Sitting, **more: str) -> str:
    """A dispute the district has put on its shelf."""
    dispute = registered(sitting.work.desk, **more)
    sitting.work.courier.run_now()
    district.hub.change("dispute", dispute, {"shelved_at": "2026-11-23T09:00:00+08:00"})
    sitting.work.courier.run_now()
    sitting.settle()
    assert sitting.work.desk.store.record("dispute", dispute) is None
    return dispute


def test_an_empty_shelf_says_what_would_lie_there(sitting: Sitting) -> None:
    shelf = at_shelf(sitting)
    assert shelf._none.isVisible()
    assert shelf._none.accessibleName() == "没有收到区里的旧件"
    assert not shelf.filled.isEnabled()


def test_a_shelved_dispute_is_found_by_name_and_by_month(district: District, sitting: Sitting) -> None:
    put_away(district, sitting, title="王有福与李建军排水纠纷")
    put_away(district, sitting, title="张三省与李四海借款纠纷")
    shelf = at_shelf(sitting)
    assert len(titles(shelf)) == 2
    sitting.type(shelf.search, "王有福")
    assert titles(shelf) == ["王有福与李建军排水纠纷"]
    sitting.type(shelf.search, "2026-11")
    assert len(titles(shelf)) == 2
    sitting.type(shelf.search, "没有这个人")
    assert shelf._none.accessibleName() == "没有对得上的旧件"


def test_with_the_keyboard_one_is_fetched_back_whole(district: District, sitting: Sitting) -> None:
    dispute = put_away(district, sitting, title="王有福与李建军排水纠纷")
    shelf = at_shelf(sitting)
    sitting.type(shelf.search, "王有福")
    sitting.press(ENTER)
    assert shelf.table.hasFocus()
    sitting.press(ENTER)
    sitting.settle()
    record = sitting.work.desk.store.record("dispute", dispute)
    assert record
    assert record["title"] == "王有福与李建军排水纠纷"
    assert titles(shelf) == []


def test_without_a_line_it_is_noted_and_waits(
    district: District, sit_down: Callable[..., Sitting]
) -> None:
    office, line, _ = district.office("村 电脑")
    sitting = sit_down(premises_of(office, line))
    put_away(district, sitting)
    line.is_up = False
    shelf = at_shelf(sitting)
    sitting.press(ENTER)
    sitting.press(ENTER)
    sitting.settle()
    model = shelf.table.model()
    assert model.index(0, model.columnCount() - 1).data() == "要了，有网就来"
