"""Pictures of every screen at 1366x696, from the real window over the demonstration's data, and one sheet of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QBuffer, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.casework.attachments.attach import NewFile, attach
from desktop.casework.disputes.lists import ListFilter
from desktop.demo.ledger import write_village_ledger
from desktop.demo.office import SECRET, DemoOffice
from desktop.demo.sitting import HEIGHT, WIDTH, Sitting
from desktop.demo.stage import Stage
from desktop.demo.story import TOWN, Story
from desktop.views.carrier.page import CarrierPage
from desktop.views.disputes.page.page import DisputePage
from desktop.views.exchange.stick import StickPanel
from desktop.views.kit.pressable import PressableRow
from desktop.views.ledger.look import LookPanel
from desktop.views.ledger.page import LedgerPage
from desktop.views.look import theme
from desktop.views.welcome.choose_secret import SecretStep
from desktop.views.welcome.cover import WelcomeCover
from desktop.views.welcome.join import JoinStep
from desktop.views.welcome.person import PersonStep

_ACROSS, _GAP, _CAPTION = 3, 20, 30
_SMALL = 460


@dataclass(frozen=True)
class Picture:
    """One screen: its file name and what it is called on the sheet."""

    name: str
    title: str
    image: QImage


def take(story: Story, folder: Path) -> Iterator[Path]:
    """Write one PNG per screen and `contact-sheet.png`; the paths as they are written."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures: list[Picture] = []
    for picture in (*_first_day(story), *_work_day(story)):
        pictures.append(picture)
        yield _written(picture.image, folder / f"{len(pictures):02d}-{picture.name}.png")
    yield _written(contact_sheet(pictures), folder / "contact-sheet.png")


def contact_sheet(pictures: list[Picture]) -> QImage:
    """All pictures small on one sheet, each with its title."""
    small = round(_SMALL * HEIGHT / WIDTH)
    width, height = _SMALL + _GAP, small + _CAPTION + _GAP
    rows = -(-len(pictures) // _ACROSS)
    sheet = QImage(_GAP + _ACROSS * width, _GAP + rows * height, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ffffff"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setFont(theme.current().font("body"))
    for number, picture in enumerate(pictures):
        row, column = divmod(number, _ACROSS)
        _draw(painter, picture, QRect(_GAP + column * width, _GAP + row * height, _SMALL, small))
    painter.end()
    return sheet


def _draw(painter: QPainter, picture: Picture, place: QRect) -> None:
    smooth = Qt.TransformationMode.SmoothTransformation
    painter.drawImage(place.topLeft(), picture.image.scaled(place.size(), mode=smooth))
    painter.setPen(QColor("#c8c8c8"))
    painter.drawRect(place.adjusted(0, 0, -1, -1))
    painter.setPen(QColor("#202020"))
    below = QRect(place.left(), place.bottom() + 4, place.width(), _CAPTION - 4)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, picture.title)


def _written(image: QImage, path: Path) -> Path:
    if not image.save(str(path)):
        raise OSError(f"cannot write {path}")
    return path


def _first_day(story: Story) -> Iterator[Picture]:
    """A second PC of the township is taken in, step by step."""
    office = DemoOffice(story.folder / "花所镇的第二台电脑", place=TOWN, name="花所镇", clerk="赵文博")
    code = story.district.command("codes", "make", TOWN)[0].split("：")[1]
    with Sitting(office.folder) as sitting:
        cover = next(iter(sitting.window.findChildren(WelcomeCover)))
        yield Picture("join", "第一天：接入区里", sitting.picture())
        _step(cover, JoinStep).asked.emit(story.district.line.url, code)
        sitting.settle()
        _step(cover, PersonStep).findChildren(PressableRow)[0].click()
        _step(cover, SecretStep).asked.emit(SECRET)
        yield Picture("recovery-code", "恢复码只显示这一次", sitting.picture())


def _step(cover: WelcomeCover, kind: type) -> Any:
    step = cover.step()
    assert isinstance(step, kind)
    return step


def _work_day(story: Story) -> Iterator[Picture]:
    stage = Stage(story)
    account = story.village.account
    story.village.leave()
    with Sitting(story.village.folder) as sitting:
        yield Picture("unlock", "开锁", sitting.picture())
        sitting.come_in(account, SECRET)
        for name, title, go in _screens(sitting, stage, story):
            go()
            yield Picture(name, title, sitting.picture())
            sitting.window.back()


def _screens(sitting: Sitting, stage: Stage, story: Story) -> Iterator[tuple[str, str, Callable[[], object]]]:
    work, window = sitting.work, sitting.window
    file = story.folder / "花所村 去年台账.xlsx"
    write_village_ledger(file, Random(9), count=40)
    yield "today", "今日", lambda: window.show_place("today")
    yield "disputes", "纠纷", lambda: work.show_disputes(ListFilter(tab="all"))
    yield "search", "到处都能找", lambda: _search(sitting, "wyf")
    yield "registration", "登记", lambda: work.register(draft_key=stage.half)
    yield "dispute", "一件纠纷", lambda: work.open_dispute(stage.talks)
    yield "session", "边谈边记", lambda: work.record_session(stage.running)
    yield "agreement", "写协议", lambda: work.open_dispute(stage.talks, act="write_agreement")
    yield "clash", "两边改得不一样", lambda: work.settle_clashes(stage.clash)
    yield "exchange", "与区里同步", work.show_exchange
    yield "stick", "没网就用U盘", lambda: _stick(sitting, story.folder / "U盘")
    yield "attachments", "照片和扫描件", lambda: _attachments(sitting, stage.talks)
    yield "dossier", "卷宗：缺什么，去哪补", lambda: _dossier(sitting, stage.settled)
    yield "preview", "打印前先看", lambda: _dossier(sitting, stage.settled, bound=True)
    yield "ledger", "台账导入：先看", lambda: _ledger(sitting, file, take=False)
    yield "ledger-done", "台账导入：每一行的下落", lambda: _ledger(sitting, file, take=True)
    yield "settings", "设置", lambda: window.show_place("settings")


def _search(sitting: Sitting, text: str) -> None:
    search = sitting.window.top.search
    sitting.window.top.summon_search()
    search.setText(text)
    search.asked.emit(text)


def _stick(sitting: Sitting, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    sitting.work.show_exchange()
    sitting.settle()
    next(iter(sitting.window.findChildren(StickPanel))).opened.emit()
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, CarrierPage)
    page.open_folder(folder)


def _attachments(sitting: Sitting, dispute: str) -> None:
    for name, colour in (("界石.png", "#8a7a58"), ("门前水沟.png", "#5a7d8c")):
        picture = QImage(1600, 1200, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        file = QBuffer()
        file.open(QBuffer.OpenModeFlag.WriteOnly)
        picture.save(file, "PNG")  # type: ignore[call-overload]
        attach(sitting.work.desk, dispute, NewFile(name, bytes(file.data().data())))
    sitting.work.open_dispute(dispute)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, DisputePage)
    page.show_tab("attachments")


def _dossier(sitting: Sitting, dispute: str, *, bound: bool = False) -> None:
    sitting.work.open_dispute(dispute)
    sitting.settle()
    page = sitting.window.stack.page()
    assert isinstance(page, DisputePage)
    page.show_dossier()
    if bound:
        page.dossier_acts.bind()
        sitting.settle()


def _ledger(sitting: Sitting, file: Path, *, take: bool) -> None:
    sitting.window.show_place("imports")
    page = sitting.window.stack.page()
    assert isinstance(page, LedgerPage)
    page.open_file(file)
    sitting.settle()
    if take:
        next(iter(page.findChildren(LookPanel))).take_asked.emit()
