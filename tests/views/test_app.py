"""The program as a person meets it: coming in, working, locking, leaving; nothing typed is ever lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.casework.disputes import lists
from desktop.store import Store
from desktop.views.background import BackgroundLanes
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.exchange.page import ExchangePage
from desktop.views.look import theme
from desktop.views.settings.page import SettingsPage
from desktop.views.shell.hits import Hit, HitList
from desktop.views.today.page import TodayPage
from sync.records import RECORD_TYPES
from tests.casework import conftest as casework
from tests.casework.conftest import CLERK, COLLEAGUE, registered
from tests.casework.district import District
from tests.views import at_work
from tests.views.at_work import SECRET, Sitting, premises_of

new_office = casework.new_office
district, sit_down, sitting = at_work.district, at_work.sit_down, at_work.sitting

CONTROL = Qt.KeyboardModifier.ControlModifier


def hits(sitting: Sitting) -> list[Hit]:
    """What the search shows now."""
    (shown,) = (one for one in sitting.window.findChildren(HitList) if one.isVisible())
    return [line for line in shown._model.lines if isinstance(line, Hit)]


def test_whoever_comes_in_meets_today_with_their_name_and_place(sitting: Sitting) -> None:
    assert isinstance(sitting.window.stack.page(), TodayPage)
    assert sitting.work.desk.account.name == "马秀兰"
    assert not sitting.program.is_locked


def test_all_in_step_is_shown_after_the_first_round_of_the_day(sitting: Sitting) -> None:
    card = sitting.window.side._card
    assert card.accessibleDescription().startswith("全部同步")


def test_work_done_is_said_to_wait_and_goes_with_one_press(sitting: Sitting) -> None:
    registered(sitting.work.desk)
    card = sitting.window.side._card
    assert card.accessibleDescription().startswith("3 件待传到区里")
    card.click()
    page = sitting.window.stack.page()
    assert isinstance(page, ExchangePage)
    sitting.press(Qt.Key.Key_Return, CONTROL)
    assert card.accessibleDescription().startswith("全部同步")


def test_every_place_is_a_key_away(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_2, CONTROL)
    assert isinstance(sitting.window.stack.page(), DisputesPage)
    sitting.press(Qt.Key.Key_6, CONTROL)
    assert isinstance(sitting.window.stack.page(), SettingsPage)
    sitting.press(Qt.Key.Key_N, CONTROL)
    assert isinstance(sitting.window.stack.page(), RegistrationPage)
    sitting.press(Qt.Key.Key_Escape)
    assert isinstance(sitting.window.stack.page(), SettingsPage)


def test_a_few_letters_find_a_person_and_enter_opens_the_dispute(sitting: Sitting) -> None:
    registered(sitting.work.desk)
    sitting.press(Qt.Key.Key_K, CONTROL)
    sitting.qtbot.keyClicks(sitting.window.top.search, "wyf")
    assert [hit.first for hit in hits(sitting)][:2] == [
        "王有福 花所村",
        "王有福与李建军宅基地排水纠纷 花所村",
    ]
    sitting.press(Qt.Key.Key_Return)
    assert isinstance(sitting.window.stack.page(), DisputePage)


def test_every_act_is_in_the_command_bar(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_K, CONTROL)
    sitting.type(sitting.window.top.search, "台账")
    assert "台账导入" in [hit.first for hit in hits(sitting)]
    sitting.type(sitting.window.top.search, "锁")
    assert hits(sitting)[0].first == "锁上"
    sitting.press(Qt.Key.Key_Return)
    assert sitting.program.is_locked


def test_the_search_always_offers_to_register(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_K, CONTROL)
    sitting.type(sitting.window.top.search, "周铁柱")
    sitting.press(Qt.Key.Key_Return)
    assert isinstance(sitting.window.stack.page(), RegistrationPage)


def test_locking_keeps_the_page_and_unlocking_returns_to_it(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_N, CONTROL)
    page = sitting.window.stack.page()
    sitting.press(Qt.Key.Key_L, CONTROL)
    assert sitting.program.is_locked
    assert not page.isVisible()
    sitting.type_secret()
    assert sitting.window.stack.page() is page
    assert page.isVisible()


def test_keys_of_the_shell_rest_while_it_is_locked(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_L, CONTROL)
    sitting.press(Qt.Key.Key_N, CONTROL)
    sitting.press(Qt.Key.Key_2, CONTROL)
    assert isinstance(sitting.window.stack.page(), TodayPage)


def test_it_locks_by_itself_after_a_while_without_a_touch(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.program._idle._timer.start(20)
    qtbot.waitUntil(lambda: sitting.program.is_locked)


def test_nothing_is_said_over_a_locked_screen(sitting: Sitting) -> None:
    sitting.work.notices.tell("已登记：王有福与李建军纠纷")
    sitting.program.lock()
    sitting.lanes.hub.trouble.emit(OSError("王有福.docx"))
    assert not any(notice.isVisible() for notice in sitting.work.notices.shown())
    sitting.type_secret()
    assert [notice.accessibleName() for notice in sitting.work.notices.shown()] == [
        "已登记：王有福与李建军纠纷"
    ]


def test_another_person_gets_pages_of_their_own(sitting: Sitting) -> None:
    key = sitting.premises.opened().key
    sitting.premises.base.set_secret(key, COLLEAGUE, "赵文博", "门前 一棵 老槐树")
    sitting.press(Qt.Key.Key_N, CONTROL)
    former = sitting.window
    sitting.program.lock()
    card = sitting.card()
    card._who.set_value(COLLEAGUE)
    sitting.type_secret("门前 一棵 老槐树")
    assert sitting.window is not former
    assert sitting.work.desk.account.name == "赵文博"
    assert isinstance(sitting.window.stack.page(), TodayPage)


def test_an_error_nobody_foresaw_is_said_and_the_window_stays(sitting: Sitting) -> None:
    sitting.lanes.submit("store", lambda: 1 // 0)
    (notice,) = sitting.work.notices.shown()
    assert notice.accessibleName() == "这一步没办成"
    assert "ZeroDivisionError" not in notice.accessibleDescription()
    assert sitting.window.isVisible()


def test_what_waits_to_be_saved_is_saved_before_the_program_ends(
    district: District, sit_down: Callable[..., Sitting], qtbot: QtBot
) -> None:
    office, line, _ = district.office("镇 电脑")
    premises = premises_of(office, line)
    lanes = BackgroundLanes()
    sitting = sit_down(premises, lanes=lanes, comes_in=False)
    qtbot.waitUntil(lambda: bool(sitting.window.findChildren(at_work.UnlockCard)))
    sitting.type_secret()
    qtbot.waitUntil(lambda: not sitting.program.is_locked)
    desk = sitting.work.desk
    for _ in range(3):
        lanes.submit("store", lambda: registered(desk))
    assert sitting.program.close()
    key = premises.base.unlock(desk.account.id, SECRET, now_ms=office.clock_ms())
    premises._enter(key, desk.account.id, lambda done, total: None)
    assert len(lists.rows(premises.desk(), lists.ListFilter(tab="all")).rows) == 3


def test_going_back_to_a_backup_ends_at_the_door_and_keeps_the_present_file(sitting: Sitting) -> None:
    made = sitting.premises.back_up()
    registered(sitting.work.desk)
    sitting.work.restore_asked.emit(made)
    assert sitting.program.is_locked
    sitting.type_secret()
    assert lists.rows(sitting.work.desk, lists.ListFilter(tab="all")).rows == ()
    assert list(sitting.premises.base.backups.glob("aside-*"))


def test_the_days_backup_waits_until_the_desk_has_stood_for_some_minutes(sitting: Sitting) -> None:
    def made() -> int:
        return len(list(sitting.premises.base.backups.glob("desk-*.db")))

    assert made() == 0
    sitting.program.lock()
    sitting.program._backup._timer.timeout.emit()
    assert made() == 1
    sitting.program._backup._timer.timeout.emit()
    assert made() == 1


def test_a_backup_dated_by_a_clock_that_ran_ahead_does_not_stand_for_todays(sitting: Sitting) -> None:
    backups = sitting.premises.base.backups
    backups.mkdir()
    (backups / "desk-20901123-090000.db").write_bytes(b"made while the clock stood in 2090")
    sitting.program._backup.look()
    assert len(list(backups.glob("desk-*.db"))) == 2


def test_text_grows_with_a_key_and_stays_grown(sitting: Sitting) -> None:
    sitting.press(Qt.Key.Key_Equal, CONTROL)
    assert sitting.work.desk.store.setting("text_size") == "large"


def test_the_door_is_as_readable_as_the_desk_was(
    district: District, sit_down: Callable[..., Sitting], look: theme.Theme
) -> None:
    office, line, _ = district.office("镇 电脑")
    first = sit_down(premises_of(office, line))
    first.press(Qt.Key.Key_Equal, CONTROL)
    first.program.close()
    look.use("light", text_size="标准")
    sit_down(premises_of(office, line), comes_in=False)
    assert look.text_size == "大"


def test_who_may_do_what_is_taken_up_as_soon_as_the_district_has_said_it(
    district: District, sit_down: Callable[..., Sitting]
) -> None:
    office, line, _ = district.office("镇 电脑")
    premises = premises_of(office, line)
    sitting = sit_down(premises)
    unknown = replace(sitting.work.desk, account=replace(sitting.work.desk.account, roles=frozenset()))
    sitting.work.desk = unknown
    district.hub.add("account", {**_account(unknown.store), "post": "镇综治中心 副主任"}, unknown.account.id)
    sitting.work.courier.run_now()
    assert sitting.work.desk.account.roles == {"township"}
    assert sitting.work.desk.account.post == "镇综治中心 副主任"


def _account(store: Store) -> dict[str, object]:
    record = store.record("account", CLERK)
    assert record
    return {name: value for name, value in record.items() if name in RECORD_TYPES["account"].by_name}


ONCE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import app
window = QApplication(sys.argv[:1])
QTimer.singleShot(200, window.quit)
sys.exit(app.run(Path(sys.argv[1])))
"""


def test_the_program_starts_on_an_empty_folder_and_ends_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "枫桥 工作台"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ONCE, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert not folder.exists()
