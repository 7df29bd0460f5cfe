"""Phrases joined with the line being written: shown, put in, kept, let go of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.casework.desk import Desk
from desktop.casework.disputes import phrases
from desktop.views import troubles
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.session.phrases import PhrasePicker
from desktop.views.session.utterances import Utterances


class Phrasing(QObject):
    """The acts. `utterances` is set once both are made: the line asks first, the picker puts in."""

    def __init__(self, desk: Desk, lanes: Lanes, going: Going, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._lanes, self._going = desk, lanes, going
        self.picker = PhrasePicker(parent=page)
        self.utterances: Utterances | None = None
        self.picker.picked.connect(self._put_in)
        self.picker.save_asked.connect(self._save)
        self.picker.drop_asked.connect(lambda one: self._change(lambda: phrases.drop(desk, one)))

    def first_look(self, event: QKeyEvent) -> bool:
        """Whether the list took a key of the line."""
        return self.picker.is_open and self.picker.take_key(event)

    def open(self) -> None:
        """Show the phrases under the line being written."""
        desk = self._desk
        if self.utterances and self.utterances.writing():
            self._lanes.submit("store", lambda: phrases.phrases(desk), self._show)

    def _show(self, found: tuple[str, ...]) -> None:
        self.picker.show_phrases(found)
        line = self.utterances.writing() if self.utterances else None
        if line:
            self.picker.open_at(line)

    def _put_in(self, phrase: str) -> None:
        if self.utterances:
            self.utterances.insert(phrase)

    def _save(self) -> None:
        line = self.utterances.writing() if self.utterances else None
        text, desk = line.text() if line else "", self._desk
        self._change(lambda: phrases.save(desk, text))

    def _change(self, change: Callable[[], tuple[str, ...]]) -> None:
        self._lanes.submit(
            "store", change, self._show, lambda error: troubles.tell(self._going.notices, error)
        )
