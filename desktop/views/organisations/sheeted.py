"""A page with a form or facts at its side: the form's button is the filled one while it is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.disputes.forms.sheet import FormSheet
from desktop.views.kit import Beside, Button
from desktop.views.shell.pages import Page


class SheetedPage(Page):
    """`own_filled` is the filled button of the page itself."""

    def __init__(self, main: QWidget) -> None:
        super().__init__()
        self.own_filled: Button | None = None
        self.beside = Beside(main)
        self.beside.sheet_closed.connect(self._sheet_closed)
        self._form: FormSheet | None = None

    def show_form(self, title: str, sheet: FormSheet) -> None:
        """Show a form."""
        self._keep()
        self._form = sheet
        self.beside.show_sheet(title, sheet)
        self._choose_filled()
        sheet.focus_first()

    def show_facts(self, title: str, content: QWidget) -> None:
        """Show something to read; the keyboard stays."""
        self._keep()
        self.beside.show_sheet(title, content)
        self._choose_filled()

    def is_form_open(self) -> bool:
        """Whether a form stands at the side."""
        return self._form is not None

    def close_sheet(self) -> None:
        """Take away what stands at the side."""
        self.beside.hide_sheet()

    def leave(self) -> None:
        """Write down the last letters of an open form."""
        if self._form:
            self._form.leave()

    def _sheet_closed(self) -> None:
        self._keep()
        self._choose_filled()

    def _keep(self) -> None:
        if self._form:
            self._form.leave()
            self._form = None

    def _choose_filled(self) -> None:
        """One filled button: the form's, while there is one."""
        self.filled = self._form.act_button if self._form else self.own_filled
        if self.own_filled:
            self.own_filled.set_kind("tonal" if self._form else "primary")
