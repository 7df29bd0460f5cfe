"""A desk in a process of its own: opens the registration and types until somebody kills it.

Run as a module with the folder and the text; prints each kept moment, so that the parent knows what must be there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.views.background import BackgroundLanes
from desktop.views.look import theme
from tests.casework.conftest import Office
from tests.views.disputes.stage import Stage
from tests.views.disputes.town import Town


def main(folder: Path, text: str) -> None:
    """Type `text` letter by letter; after each kept write say how many letters stood there."""
    app = QApplication([])
    theme.apply(app, choice="light")
    office = Office(folder)
    lanes = BackgroundLanes()
    stage = Stage(Town(office, office.sit()), lanes)
    stage.window.show()
    stage.window.activateWindow()
    stage.register()
    page = stage.page
    while page.form is None:
        QTest.qWait(5)
    box = page.form.fields.control("summary")
    told = [0]

    def kept(_at: object) -> None:
        draft = office.store.drafts("register:")
        told[0] = len(str(draft[0].body.get("summary") or "")) if draft else 0
        print(told[0], flush=True)

    page._keeper.kept.connect(kept)
    for letter in text * 50:
        box.insertPlainText(letter)
        QTest.qWait(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
