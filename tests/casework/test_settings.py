"""Every setting once, with bounds; what does not fit is never used."""

import pytest

from desktop.casework.desk import Desk
from desktop.casework.disputes.deadlines import Deadlines
from desktop.settings import SETTINGS, Settings
from desktop.store import DisputeQuery, Folder, Store, Surroundings
from tests.casework.conftest import CLERK, Office, registered


def test_every_default_fits_its_own_bounds_and_has_words() -> None:
    for key, setting in SETTINGS.items():
        assert setting.key == key
        assert setting.label
        assert setting.area
        assert setting.accepts(setting.default)


@pytest.mark.parametrize(
    ("key", "value"), [("soon_days", 0), ("soon_days", True), ("soon_days", "7"), ("theme", "粉色")]
)
def test_a_stored_value_that_does_not_fit_is_passed_over(key: str, value: object) -> None:
    assert Settings({key: value}).value(key) == SETTINGS[key].default


def test_a_changed_setting_is_kept_and_used_at_once(office: Office) -> None:
    office.settings.change("soon_days", 14, office.store.set_setting)
    assert office.settings.number("soon_days") == 14
    again = Settings()
    again.load(office.store.setting)
    assert again.number("soon_days") == 14
    with pytest.raises(ValueError):
        office.settings.change("soon_days", 0, office.store.set_setting)
    assert office.settings.number("soon_days") == 14


def test_an_unknown_setting_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Settings().value("watch_list")


def due_date(desk: Desk) -> str:
    return desk.store.disputes(DisputeQuery()).rows[0].due_date


def test_another_deadline_moves_what_lists_are_sorted_by(office: Office) -> None:
    desk = office.sit()
    registered(desk, accept=False)
    before = due_date(desk)
    office.settings.change("accept_days", 10, office.store.set_setting)
    assert office.store.resummarise().of("dispute")
    assert due_date(desk) > before
    assert office.store.verify() == []
    assert not office.store.resummarise()


def test_a_deadline_changed_just_before_the_power_went_is_counted_when_the_store_is_opened(office: Office) -> None:
    desk = office.sit()
    registered(desk, accept=False)
    before = due_date(desk)
    office.store.set_setting("accept_days", 10)
    office.stack.close()
    clock = Deadlines(office.calendar, Settings())
    folder = Folder(office.path, Surroundings(office.clock_ms, office.random.randbytes, lambda _: 1 << 40))
    key = folder.unlock(CLERK, "密码 一二三", now_ms=office.clock_ms())
    with Store.open(folder, key, summariser=clock.summariser()) as store:
        assert store.disputes(DisputeQuery()).rows[0].due_date > before
