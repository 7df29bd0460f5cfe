"""The tokens hold what window.md promises, and the theme puts them on the application."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from desktop import resources
from desktop.views.look import hairline, icons, mark, shapes
from desktop.views.look.theme import Theme
from desktop.views.look.tokens import MODES, Mode, load


def luminance(colour: str) -> float:
    """WCAG 2.x relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.x contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [(mode, pair, least) for mode in MODES for pair, least in load().contrast[mode].items()]


@pytest.mark.parametrize(("mode", "pair", "least"), PAIRS)
def test_every_pair_of_colours_is_readable(mode: Mode, pair: str, least: float) -> None:
    ink, ground = pair.split(" on ")
    colours = load().colours[mode]
    assert contrast(colours[ink], colours[ground]) >= least


def test_setting_names_loses_no_reference_to_none() -> None:
    # PySide6 6.12.0 on Python 3.11 loses one reference to None with each such call (docs/decisions/0007).
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(300):
        thing.setObjectName(str(number))
    assert sys.getrefcount(None) >= before - 20


def test_the_application_speaks_chinese_where_qt_speaks() -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_switching_to_dark_changes_palette_sheet_and_colours(look: Theme, qapp: QApplication) -> None:
    look.use("dark")
    assert look.mode == "dark"
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#232624")
    assert "#232624" in qapp.styleSheet()
    assert "$" not in qapp.styleSheet()


def test_the_persons_text_size_grows_letters_lines_and_controls(look: Theme) -> None:
    look.use(text_size="特大")
    assert look.font("body").pixelSize() == 20
    assert (look.line("body"), look.size("field")) == (31, 49)
    assert look.is_narrow(1280)
    with pytest.raises(KeyError):
        look.use(text_size="巨大")


def test_fonts_are_asked_for_in_pixels_and_only_in_families_the_pc_has(look: Theme) -> None:
    font = look.font("title")
    assert (font.pixelSize(), font.bold()) == (22, True)
    assert font.families()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_hairline_covers_whole_device_pixels(scale: float) -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor("white"))
    painter = QPainter(image)
    hairline.rule(painter, QRectF(0, 7.3, 100 / scale, 1), QColor("black"))
    painter.end()
    rows = {image.pixelColor(50, y).name() for y in range(100)}
    assert rows == {"#000000", "#ffffff"}


def test_every_state_deadline_risk_and_exchange_has_a_shape_that_can_be_painted(look: Theme) -> None:
    tokens = look.tokens
    image = QImage(14, 14, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    every = [shapes.of_state(state) for state in tokens.states]
    every += [shape for kind in tokens.deadlines if (shape := shapes.of_deadline(kind))]
    every += [shapes.of_risk(level) for level in tokens.risks]
    every += [shapes.of_exchange(kind) for kind in tokens.exchanges]
    for shape in every:
        shapes.draw(painter, shape, QRectF(0, 0, 14, 14))
    painter.end()
    assert shapes.of_deadline("later") is None


def test_no_two_open_states_share_a_shape(look: Theme) -> None:
    unfinished = ["登记", "待受理", "调解中", "待履行", "待回访", "中止", "已移交"]
    assert len({shapes.of_state(state).name for state in unfinished}) == len(unfinished)


def test_every_icon_shipped_can_be_tinted() -> None:
    names = sorted((resources.folder() / "icons").glob("*.svg"))
    assert names
    for path in names:
        name, _, style = path.stem.partition("_20_")
        image = icons.pixmap(name, 20, QColor("#123456"), dpr=1.0, filled=style == "filled").toImage()
        pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        assert {pixel.name() for pixel in pixels if pixel.alpha() == 255} <= {"#123456"}, path.name
        assert any(pixel.alpha() for pixel in pixels), path.name


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="no_such_icon"):
        icons.pixmap("no_such_icon", 20, QColor("black"), dpr=1.0)


def test_the_window_icon_has_the_sizes_windows_asks_for() -> None:
    assert {size.width() for size in mark.icon().availableSizes()} == {16, 24, 32, 48, 256}


def test_the_frozen_program_finds_its_resources_beside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "程序 文件"), raising=False)
    assert resources.folder() == tmp_path / "程序 文件" / "resources"


def test_the_licence_of_the_icons_is_shipped() -> None:
    licence = (resources.folder() / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright (c) Microsoft Corporation" in licence
