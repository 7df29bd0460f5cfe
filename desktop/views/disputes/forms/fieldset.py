"""The fields of a form by their names: values in and out, what is wrong with them, and the way to each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.casework.errors import Lack
from desktop.views.disputes.forms.binding import Binding
from desktop.views.kit import LabelledField
from sync.records.field import Value


class FieldSet(QObject):
    """Fields under their keys ("risk", "parties.1.name").

    `typed` tells of every letter, `settled` of a field that was left; neither while values are filled in.
    """

    typed = Signal(str)
    settled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bindings: dict[str, Binding] = {}
        self._frames: dict[str, LabelledField] = {}
        self._is_filling = False

    def add(
        self, key: str, label: str, binding: Binding, *, optional: bool = False, hint: str = ""
    ) -> LabelledField:
        """Take a control in, with its label around it."""
        frame = LabelledField(label, binding.widget, optional=optional, hint=hint)
        self._frames[key] = frame
        self.add_bare(key, binding)
        return frame

    def add_bare(self, key: str, binding: Binding) -> QWidget:
        """Take a control in that carries its own words."""
        self._bindings[key] = binding
        binding.typed(lambda *_: self._tell(self.typed, key))
        binding.settled(lambda *_: self._tell(self.settled, key))
        return binding.widget

    def drop(self, prefix: str) -> None:
        """Let go of the fields whose key begins so."""
        for key in [key for key in self._bindings if key.startswith(prefix)]:
            del self._bindings[key]
            self._frames.pop(key, None)

    def keys(self) -> tuple[str, ...]:
        """The keys, in the order the fields were added."""
        return tuple(self._bindings)

    def __contains__(self, key: str) -> bool:
        return key in self._bindings

    def value(self, key: str) -> Value:
        """One value. Raises KeyError for a field that is not here."""
        return self._bindings[key].read()

    def values(self) -> dict[str, Value]:
        """All values; None is what nobody filled."""
        return {key: binding.read() for key, binding in self._bindings.items()}

    def fill(self, values: dict[str, Value]) -> None:
        """Show values, telling nobody; fields that are not named stay."""
        self._is_filling = True
        for key, value in values.items():
            if key in self._bindings:
                self._bindings[key].write(value)
        self._is_filling = False

    def frame(self, key: str) -> LabelledField | None:
        """The frame of a field, where its troubles are said."""
        return self._frames.get(key)

    def control(self, key: str) -> QWidget:
        """The control of a field. Raises KeyError for a field that is not here."""
        return self._bindings[key].widget

    def say_doubts(self, doubts: Sequence[Lack]) -> None:
        """Warn under the fields that were left; the one being written in is not judged."""
        found = {lack.target: lack.message for lack in doubts}
        writing = QApplication.focusWidget()
        for key, frame in self._frames.items():
            if frame.trouble == "error" or (writing is not None and frame.isAncestorOf(writing)):
                continue
            if key in found:
                frame.warn(found[key])
            elif frame.trouble:
                frame.settle()

    def say_lacks(self, lacks: Sequence[Lack]) -> None:
        """Say under each field why the act cannot be done; what is well again is cleared."""
        found = {lack.target: lack.message for lack in reversed(lacks)}
        for key, frame in self._frames.items():
            if key in found:
                frame.fail(found[key])
            elif frame.trouble == "error":
                frame.settle()

    def forgive(self, lacks: Sequence[Lack]) -> None:
        """Take away the errors that are mended."""
        missing = {lack.target for lack in lacks}
        for key, frame in self._frames.items():
            if frame.trouble == "error" and key not in missing:
                frame.settle()

    def jump(self, key: str) -> bool:
        """Go to a field and bring it into view. False when it is not here."""
        if key not in self._bindings:
            return False
        control = self._bindings[key].widget
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        place = control.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None:
            # The form may just have been filled or grown: first let it lie where it will lie.
            target = self._frames.get(key, control)
            QTimer.singleShot(0, target, lambda: place.ensureWidgetVisible(target, 0, 40))
        return True

    def _tell(self, signal: Signal, key: str) -> None:
        if not self._is_filling and key in self._bindings:
            signal.emit(key)
