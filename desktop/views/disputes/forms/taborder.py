"""The Tab key walks a form as the eye does, also after fields were added in its middle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from desktop.views.disputes.forms.wraprow import WrapRow


def chain(*forms: QWidget) -> None:
    """Set the Tab order of everything in the forms, one after the other, to the order of their layouts."""
    for one, following in pairwise(stop for form in forms for stop in _stops(form)):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    # Segments beyond the first take no Tab, but whoever stands in one must go on from there.
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, WrapRow):
        for part in widget.parts():
            yield from _stops(part)
    elif layout := widget.layout():
        yield from _stops_in(layout)


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if widget := item.widget():
            yield from _stops(widget)
        elif inner := item.layout():
            yield from _stops_in(inner)
