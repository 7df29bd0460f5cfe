"""A real application, offscreen, dressed as the program is. Every view test stands on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.look import theme
from desktop.views.look.theme import Theme

Show = Callable[[QWidget], QWidget]


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns of what only a real screen can do (raising a window); only that is passed over."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The theme, put on the application once: light, standard text."""
    return theme.apply(qapp, choice="light")


@pytest.fixture(autouse=True)
def look(dressed: Theme) -> Iterator[Theme]:
    """The theme, brought back to light and standard text after each test; widgets let go are really gone."""
    yield dressed
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if (dressed.choice, dressed.text_size) != ("light", "标准"):
        dressed.use("light", text_size="标准")


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show a widget in its own window, active, so that it can have the keyboard."""

    held: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        held.append(widget)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitExposed(widget)
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown
