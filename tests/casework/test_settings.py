"""Every setting once, with bounds; what does not fit is never used."""

import pytest

from desktop.settings import SETTINGS, Settings
from tests.casework.conftest import Office


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
