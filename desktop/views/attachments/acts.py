"""What the tab 附件 does: read and keep files in the lane of files, look, fetch, save, strike out; and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.casework.attachments import attach, intake, shelf
from desktop.casework.attachments.attach import NewFile
from desktop.casework.attachments.shelf import AttachmentFacts
from desktop.casework.desk import Desk
from desktop.sound.player import Player
from desktop.views import troubles
from desktop.views.attachments.listen import ListenPage
from desktop.views.attachments.panel import AttachmentPanel
from desktop.views.attachments.picture import PicturePage
from desktop.views.attachments.row import Acts
from desktop.views.attachments.scans import ScanWatch
from desktop.views.background import Lanes
from desktop.views.disputes.going import Going
from desktop.views.disputes.page.doing import Host
from sync.protocol.files import Part

FILTER = (
    "照片、扫描件、录音 (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif *.pdf"
    " *.mp3 *.m4a *.wav *.ogg *.amr *.flac)"
)
_PASTED = "贴进来的图"
_OPEN_COPY = "存出来的这份没有加密，用完收好"


class AttachmentActs(QObject):
    """The acts for one dispute. `strike_out(record, name)` asks for the reason first; `say` says what was done (a
    notice, unless the page has a quieter place).
    """

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        going: Going,
        host: Host,
        widget: QWidget,
        *,
        strike_out: Callable[[str, str], object],
        say: Callable[[str, str], object] | None = None,
    ) -> None:
        super().__init__(widget)
        self._say = say or going.notices.tell
        self._desk, self._lanes, self._going, self._host = desk, lanes, going, host
        self._dispute, self._widget = host.dispute_id, widget
        self.keeps_original: Callable[[], bool] = lambda: False
        self.of_row: Acts = {
            "look": self._look, "listen": self._listen, "fetch": self._fetch,
            "save": lambda facts: self._save(facts, "file"),
            "save_original": lambda facts: self._save(facts, "original"), "again": self._again,
            "void": lambda facts: strike_out(facts.id, facts.name),
        }  # fmt: skip

    def watch(self, panel: AttachmentPanel) -> None:
        """Offer what the scanner brings while the panel is looked at."""
        watch = ScanWatch(self._desk, self._lanes, panel.offers, dispute_id=self._dispute)
        watch.taken.connect(lambda name: self._said(f"添上了：{name}", self._kept()))
        watch.failed.connect(self._failed)
        panel.looked_at.connect(lambda is_looked_at: watch.begin() if is_looked_at else watch.rest())

    def choose(self, session_id: str = "") -> None:
        """Pick files on the disk."""
        names, _ = QFileDialog.getOpenFileNames(self._widget.window(), "添附件", "", FILTER)
        self.add_files([Path(name) for name in names], session_id)

    def paste(self) -> None:
        """Take what the clipboard holds."""
        self.hand_in(QGuiApplication.clipboard().mimeData())

    def hand_in(self, data: QMimeData) -> None:
        """Files that were dropped or pasted, else a picture."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
        elif data.hasImage():
            raw = _png(QImage(data.imageData()))
            self._add(lambda: NewFile(_PASTED, raw, keep_original=self.keeps_original()), _PASTED)
        else:
            self._going.notices.tell("剪贴板里没有图片或文件", "先复制一张图，或复制一个文件，再来贴", kind="warning")

    def add_files(self, paths: Sequence[Path], session_id: str = "") -> None:
        """Keep files with the dispute, one after the other; each says for itself what came of it."""
        keeps = self.keeps_original()
        for path in paths:

            def read(path: Path = path) -> NewFile:
                raw = intake.read(path, self._desk.settings)
                return NewFile(path.stem, raw, session_id=session_id, keep_original=keeps)

            self._add(read, path.name)

    def _add(self, read: Callable[[], NewFile], name: str) -> None:
        desk, dispute = self._desk, self._dispute
        self._lanes.submit(
            "files",
            lambda: attach.attach(desk, dispute, read()),
            lambda _id: self._said(f"添上了：{name}", self._kept()),
            self._failed,
        )

    def _look(self, facts: AttachmentFacts) -> None:
        desk = self._desk
        self._lanes.submit(
            "store",
            lambda: shelf.content(desk, facts.id),
            lambda raw: self._going.open(PicturePage(facts.name, raw)),
            self._failed,
        )

    def _listen(self, facts: AttachmentFacts) -> None:
        desk, going = self._desk, self._going

        def load() -> Player:
            return going.sound.player(shelf.content(desk, facts.id), facts.mime)

        def show(player: Player) -> None:
            about = " · ".join(part for part in (facts.session, facts.note) if part)
            going.open(ListenPage(going, player, facts.name, about))

        self._lanes.submit("store", load, show, self._failed)

    def _fetch(self, facts: AttachmentFacts) -> None:
        desk = self._desk

        def asked(_none: None) -> None:
            self._said("记下了，有网就取回来", facts.name)
            self._going.fetch_files()

        self._lanes.submit("store", lambda: shelf.fetch(desk, facts.id), asked, self._failed)

    def _again(self, facts: AttachmentFacts) -> None:
        desk = self._desk
        self._lanes.submit(
            "store",
            lambda: shelf.offer_again(desk, facts.id),
            lambda _none: self._said("又排进去等着传了", facts.name),
            self._failed,
        )

    def _save(self, facts: AttachmentFacts, part: Part) -> None:
        desk = self._desk

        def ask(name: str) -> None:
            chosen, _ = QFileDialog.getSaveFileName(self._widget.window(), "存一份", name)
            if chosen:
                self.save_to(facts, part, Path(chosen))

        self._lanes.submit("store", lambda: shelf.suggested_name(desk, facts.id, part), ask, self._failed)

    def save_to(self, facts: AttachmentFacts, part: Part, target: Path) -> None:
        """Write the copy. An original that is not here is asked for instead."""
        desk = self._desk

        def work() -> bool:
            is_original_away = part == "original" and not shelf.is_here(desk, facts.id, part)
            if is_original_away:
                shelf.fetch(desk, facts.id, part)
            else:
                shelf.save_copy(desk, facts.id, target, part)
            return not is_original_away

        def done(is_saved: bool) -> None:
            if is_saved:
                self._said(f"存好了：{target.name}", _OPEN_COPY)
            else:
                self._said("原件还没到本机，有网就取", "取来了再存")
                self._going.fetch_files()

        self._lanes.submit("files", work, done, self._failed)

    def _kept(self) -> str:
        return f"存在本机 {self._desk.now():%H:%M}，等有网传到区里"

    def _said(self, fact: str, rest: str) -> None:
        self._host.reload()
        self._say(fact, rest)

    def _failed(self, error: Exception) -> None:
        troubles.tell(self._going.notices, error)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
