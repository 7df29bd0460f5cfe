"""Who sits at the window in a story: words for what is done, each done with the window's own widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMenu

from desktop.casework.desk import Desk
from desktop.views.disputes.agreement.page import AgreementPage
from desktop.views.disputes.forms.fieldset import FieldSet
from desktop.views.disputes.listing.page import DisputesPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.disputes.registration.page import RegistrationPage
from desktop.views.dossier.row import PaperRow
from desktop.views.kit import Button
from desktop.views.papers.preview import PreviewPage
from desktop.views.session.page import SessionPage
from desktop.views.shell.pages import Page
from sync.records.field import Record
from tests.casework.conftest import CHINA, Office
from tests.stories.cases.hands import ALT, CTRL, ENTER, Hands, Said
from tests.views.at_work import Sitting
from tests.views.disputes.stage import press, settle

_MOST_TABS = 9
P = TypeVar("P", bound=Page)
AtDistrict = Callable[[datetime], object]


@dataclass
class Clerk:
    """马秀兰 at her desk. `files`: where what she scans comes from; `at_district` sets the hub's clock with hers."""

    sitting: Sitting
    office: Office
    files: Path
    patch: pytest.MonkeyPatch
    at_district: AtDistrict = lambda _now: None
    hands: Hands = field(default_factory=Hands)
    dispute_id: str = ""

    @property
    def desk(self) -> Desk:
        """Her desk, for looking at what came of it."""
        return self.sitting.work.desk

    def at(self, month: int, day: int, hour: int = 9, minute: int = 30, *, year: int = 2026) -> None:
        """That day and hour come; the case is looked up again."""
        self.office.now = datetime(year, month, day, hour, minute, tzinfo=CHINA)
        self.at_district(self.office.now)
        if self.dispute_id:
            self.find()

    def page(self, kind: type[P]) -> P:
        """The page now shown."""
        settle()
        page = self.sitting.window.stack.page()
        assert isinstance(page, kind), type(page).__name__
        return page

    def register(self, *parties: Mapping[str, str], accept: bool = True, **said: Said) -> None:
        """A new matter, and who it is between; name, phone, address stand on the first line, the rest behind 再填."""
        press(Qt.Key.Key_N, held=CTRL)
        page = self.page(RegistrationPage)
        assert page.form is not None
        self.hands.answer(page.form.fields, {name: said[name] for name in said if not name.startswith("told")})
        for number, party in enumerate(parties):
            if party.keys() - {"name", "phone", "address"}:
                more = [b for b in page.form.findChildren(Button) if b.text().startswith("再填性别") and b.isVisible()]
                more[number - len(parties)].click()
                settle()
            self.hands.answer(page.form.fields, {f"parties.{number}.{name}": said for name, said in party.items()})
        self.hands.answer(page.form.fields, {f"told.{key[5:]}": said[key] for key in said if key.startswith("told_")})
        press(ENTER, held=CTRL) if accept else self.push("只登记")
        (made,) = (
            self.desk.store.records("dispute", {"title": str(said["title"])}) if "title" in said else self._newest()
        )
        self.dispute_id = str(made["id"])
        self.push("打开")
        self.page(DisputePage)

    def find(self) -> None:
        """Type a party's name into the search and open the case."""
        press(Qt.Key.Key_K, held=CTRL)
        press(str(self.record()["title"]), ENTER)
        assert self.page(DisputePage).dispute_id == self.dispute_id

    def show_all(self) -> None:
        """全部 above the list of disputes."""
        page = self.page(DisputesPage)
        page.filters.tabs.setFocus()
        self.hands.write(page.filters.tabs, "全部", "tab")

    def push(self, words: str, *, beside: str = "") -> None:
        """Press a button by its words; beside: what its description holds, where several are alike."""
        settle()
        buttons = [b for b in self.sitting.window.findChildren(Button) if b.isVisible() and b.isEnabled()]
        found = [b for b in buttons if b.text() == words and beside in b.accessibleDescription()]
        assert found, f"no button {words} among {sorted({b.text() for b in buttons})}"
        found[0].click()
        settle()

    def choose(self, words: str) -> None:
        """An act of 更多."""
        page = self.page(DisputePage)
        page._more.click()
        settle()
        menu = page._more.findChildren(QMenu)[-1]
        acts = {action.text(): action for action in menu.actions()}
        assert words in acts, f"no {words} among {list(acts)}"
        menu.setActiveAction(acts[words])
        QTest.keyClick(menu, ENTER)
        settle()

    def fill(self, **said: Said) -> None:
        """Answer the form beside the page and press its button; it must close."""
        page = self.page(DisputePage)
        sheet = page._sheet
        assert sheet is not None
        self.hands.answer(sheet.fields, said)
        press(ENTER, held=CTRL)
        settle()
        assert not page.board.is_sheet_open(), self._complaints(sheet.fields)

    def record_session(self, place: str, said: Sequence[tuple[str, str]], *, result: str, closing: str,
                       with_whom: Sequence[str], minutes: int = 6) -> None:  # fmt: skip
        """A session from the first telling to its result."""
        self.choose("记一次调解")
        page = self.page(SessionPage)
        for box in page.side.presence.findChildren(QCheckBox):
            if box.isVisible() and box.accessibleName() in with_whom and not box.isChecked():
                box.click()
        self._tell_rights(page)
        self.hands.answer(page.side.fields, {"place": place})
        for who, words in said:
            self.office.wait(minutes=minutes)
            assert page._room is not None
            digit = next(one.digit for one in page._room.speakers if one.name == who)
            QTest.keyClick(page, str(digit), ALT)
            settle()
            press(words)
            self.hands.typed.append("utterance")
        press(ENTER, held=CTRL)
        settle()
        self.hands.answer(page.result.fields, {"result": result, "closing": closing})
        press(ENTER, held=CTRL)
        self.page(DisputePage)

    def _tell_rights(self, page: SessionPage) -> None:
        for _ in range(8):
            asked = [b for b in page.side.tellings.findChildren(Button) if b.isVisible()]
            if not asked:
                return
            wanted = next((b for b in asked if b.text() == "公开谈"), asked[0])
            self.hands.given.append("telling")
            wanted.click()
            settle()
        raise AssertionError("there is always more to be told")

    def agree(self, *, form: str, instalments: Mapping[str, str] | None = None, **said: Said) -> None:
        """Write the agreement down; instalments: what 分期付 asks."""
        self.choose("写协议")
        page = self.page(AgreementPage)
        assert page.form is not None
        self.hands.answer(page.form.fields, {"form": form})
        if instalments:
            self.push("分期付，一次写好")
            self.hands.answer(page.form._instalments.fields, instalments)
            self.push("分成几条")
        self.hands.answer(page.form.fields, said)
        press(ENTER, held=CTRL)
        lacks = [lack.message for lack in page._lacks]
        settle()
        assert not isinstance(self.sitting.window.stack.page(), AgreementPage), lacks
        self.page(DisputePage)

    def _complaints(self, fields: FieldSet) -> list[str]:
        """What the window says is wrong, for a story that does not get on."""
        keys = fields.keys()
        frames = [frame for key in keys if (frame := fields.frame(key)) and frame.trouble]
        return [*(frame.note() for frame in frames), *(n.accessibleName() for n in self.sitting.work.notices.shown())]

    def perform(self, **said: Said) -> None:
        """Note that the next duty was kept."""
        self.show_tab("agreement")
        self.push("记履行")
        self.fill(**said)

    def next_step(self, words: str, **said: Said) -> None:
        """Do what 下一步 says, whose button has these words."""
        page = self.page(DisputePage)
        assert page.board.next_step.button.text() == words, page.board.next_step.button.text()
        page.board.next_step.button.click()
        settle()
        self.fill(**said)

    def ask_court(self, **said: Said) -> None:
        """Note what was asked of the court, or what it said."""
        self.show_tab("agreement")
        self.push("司法确认")
        self.fill(**said)

    def show_tab(self, key: str) -> None:
        """A tab of the case, by its arrow keys."""
        tabs = self.page(DisputePage).board.tabs
        tabs.setFocus()
        for step in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            for _ in range(_MOST_TABS):
                if tabs.key() != key:
                    press(step)
        settle()
        assert tabs.key() == key

    def attach(self, *files: Path) -> None:
        """Files chosen in the tab 附件."""
        self.patch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
        self.show_tab("attachments")
        self.push("添文件")

    def scan_in(self, title: str, *files: Path) -> None:
        """Signed pages scanned into the paper of that title."""
        self.patch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file) for file in files], ""))
        self.show_tab("dossier")
        self.row(title).button.click()
        settle()

    def row(self, title: str) -> PaperRow:
        """A row of the tab 卷宗."""
        rows = self.page(DisputePage).board.dossier.rows()
        return next(one for one in rows if one.paper.title.startswith(title))

    def draw_number(self, words: str = "编卷号") -> None:
        """编卷号 in the tab 卷宗, or 编协议编号 once the dossier has its own."""
        self.show_tab("dossier")
        self.push(words)

    def bind(self) -> PreviewPage:
        """全部订成一卷."""
        self.show_tab("dossier")
        self.push("全部订成一卷")
        return self.page(PreviewPage)

    def save_pdf(self, file: Path) -> bytes:
        """存成PDF from what is shown; the bytes of the file."""
        self.patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
        self.push("存成PDF")
        return file.read_bytes()

    def record(self) -> Record:
        """The case as it stands."""
        found = self.desk.store.record("dispute", self.dispute_id)
        assert found is not None
        return found

    def only(self, kind: str) -> Record:
        """The only record of a kind that the case has."""
        (found,) = self.desk.store.children(kind, self.dispute_id)
        return found

    def _newest(self) -> list[Record]:
        return [max(self.desk.store.records("dispute"), key=lambda one: str(one["first_contact_at"]))]
