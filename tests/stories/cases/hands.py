"""A person's hands: every kind of field of the window is answered by its keys, and what was given is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.forms.items import ItemsEditor
from desktop.views.disputes.forms.manychoices import ManyChoices
from desktop.views.kit import CheckBox, DateField, MomentField, SearchChoice, Segments, TextBox, TextField
from tests.views.disputes.stage import keyboard, press, settle

Said: TypeAlias = str | Sequence[str] | Sequence[Mapping[str, str]] | None
"""Words as they are typed or stand on the choice; lines; entries by field name; None leaves what stands there."""

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


class Hands:
    """given: fields answered one by one; typed: the words among them that were written, not chosen, ticked or a day."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.typed: list[str] = []

    def answer(self, fields: FieldSet, said: Mapping[str, Said]) -> None:
        """Go to each field and answer it."""
        for key, words in said.items():
            assert fields.jump(key), f"{key} is not among {fields.keys()}"
            settle()
            self.write(fields.control(key), words, key)

    def write(self, control: QWidget, words: Said, key: str) -> None:
        """Answer one control, which has the keyboard."""
        self.given.append(key)
        if isinstance(control, ItemsEditor):
            assert not isinstance(words, str)
            self._entries(control, [entry for entry in words or () if isinstance(entry, Mapping)])
        elif isinstance(control, ManyChoices):
            self._tick(control, words or ())
        elif isinstance(words, str):
            self._one(control, words, key)
        else:
            self.typed.append(key)
            self._lines([str(line) for line in words or ()])
        settle()

    def _one(self, control: QWidget, words: str, key: str) -> None:
        if isinstance(control, Segments):
            names = [button.text() for button in control.findChildren(QRadioButton)]
            QTest.keyClick(keyboard(), str(names.index(words) + 1))
        elif isinstance(control, CheckBox):
            press(SPACE)
        elif isinstance(control, SearchChoice):
            press(words, ENTER)
            assert words in control.text(), f"{key}: {control.text()} is not {words}"
        elif isinstance(control, MomentField):
            day, _, clock = words.partition(" ")
            press(day, ENTER, clock, ENTER)
        elif isinstance(control, TextField | TextBox):
            press(Qt.Key.Key_A, held=CTRL)
            press(words, ENTER if isinstance(control, TextField) else TAB)
            if not isinstance(control, DateField):
                self.typed.append(key)
        else:
            raise AssertionError(f"no hand for {type(control).__name__} ({key})")

    def _lines(self, lines: Sequence[str]) -> None:
        press(Qt.Key.Key_A, held=CTRL)
        for number, line in enumerate(lines):
            press(*([ENTER] if number else []), line)
        press(TAB)

    def _tick(self, control: ManyChoices, words: Said) -> None:
        for box in control.findChildren(CheckBox):
            if box.text() in (words or ()):
                box.setFocus()
                press(SPACE)

    def _entries(self, editor: ItemsEditor, entries: Sequence[Mapping[str, str]]) -> None:
        for entry in entries:
            add = editor.focusProxy()
            assert add is not None
            add.setFocus()
            press(SPACE)
            settle()
            bindings = editor._entries[-1]._bindings
            for name, words in entry.items():
                bindings[name].widget.setFocus()
                self.write(bindings[name].widget, words, name)
