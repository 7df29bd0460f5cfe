"""The look now in force: colours, fonts and sizes, put on the whole application in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template
from typing import Literal

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop import resources
from desktop.views.look.tokens import Mode, Tokens, load

Choice = Literal["system", "light", "dark", "highContrast"]


@dataclass(frozen=True)
class Colours:
    """The colours of one mode under the names of tokens.json."""

    canvas: QColor
    side: QColor
    surface: QColor
    sunken: QColor
    hover: QColor
    sel: QColor
    line: QColor
    line2: QColor
    edge: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    accent: QColor
    accentHover: QColor
    accentSoft: QColor
    accentLine: QColor
    accentInk: QColor
    onAccent: QColor
    red: QColor
    redSoft: QColor
    redLine: QColor
    amber: QColor
    amberMark: QColor
    amberSoft: QColor
    amberLine: QColor
    slate: QColor
    slateSoft: QColor
    shadow: QColor

    def named(self, name: str) -> QColor:
        """The colour called `name`. Raises AttributeError for a name that is no token."""
        colour: QColor = getattr(self, name)
        return colour


class Theme(QObject):
    """Colours, fonts and heights of the window; `changed` is sent after each switch of mode or text size."""

    changed = Signal()

    def __init__(self, app: QApplication, tokens: Tokens) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = tokens
        self.choice: Choice = "system"
        self.text_size = "标准"
        self.mode: Mode = "light"
        self.colours = _colours(tokens, "light")
        self._families = _present(tokens.families + tokens.rare_name_families)
        self._fonts: dict[tuple[str, bool | None], QFont] = {}
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    @property
    def scale(self) -> float:
        """The person's own text size: 1.0, 1.15 or 1.3."""
        return self.tokens.text_sizes[self.text_size]

    def px(self, length: float) -> int:
        """A length of the drawing grown by the person's text size, in logical pixels."""
        return round(length * self.scale)

    def size(self, name: str) -> int:
        """A named size of tokens.json (`field`, `tableRow`, …), grown by the text size."""
        return self.px(self.tokens.sizes[name])

    def radius(self, name: str) -> int:
        """A named corner radius of tokens.json in logical pixels."""
        return self.tokens.radii[name]

    def line(self, role: str) -> int:
        """Line height of a text role in logical pixels."""
        return self.px(self.tokens.roles[role].line)

    def font(self, role: str = "body", *, bold: bool | None = None) -> QFont:
        """The font of a text role; `bold` overrides the role's own weight."""
        key = (role, bold)
        if key not in self._fonts:
            kind = self.tokens.roles[role]
            font = QFont()
            font.setFamilies(self._families)
            font.setPixelSize(self.px(kind.px))
            font.setBold(kind.bold if bold is None else bold)
            if self._app.devicePixelRatio() % 1:
                font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return QFont(self._fonts[key])

    def is_wide(self, width: float) -> bool:
        """Whether `width` logical pixels leave room for side panels (window.md §6)."""
        return width / self.scale >= self.tokens.breakpoints["wide"]

    def is_narrow(self, width: float) -> bool:
        """Whether `width` logical pixels ask for the rail and one column (window.md §6)."""
        return width / self.scale < self.tokens.breakpoints["narrow"]

    def scrim(self) -> QColor:
        """What lies over the window while a question must be answered."""
        colour = QColor("#000000")
        colour.setAlphaF(self.tokens.scrim_alpha[self.mode])
        return colour

    def use(self, choice: Choice | None = None, *, text_size: str | None = None) -> None:
        """Switch colours or text size; what is left out stays. Raises KeyError for an unknown text size."""
        if text_size is not None:
            self.tokens.text_sizes[text_size]
            self.text_size = text_size
        self.choice = choice or self.choice
        self.mode = self._system_mode() if self.choice == "system" else self.choice
        self.colours = _colours(self.tokens, self.mode)
        self._fonts.clear()
        self._app.setPalette(_palette(self.colours))
        self._app.setFont(self.font())
        self._app.setStyleSheet(self._sheet())
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.choice == "system" and self._system_mode() != self.mode:
            self.use()

    def _system_mode(self) -> Mode:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "highContrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _sheet(self) -> str:
        text = (resources.folder() / "styles" / "window.qss").read_text(encoding="utf-8")
        colours = {one.name: self.colours.named(one.name).name() for one in fields(Colours)}
        field = self.size("field")
        lengths = {
            "field_radius": self.radius("field"),
            "field_inner": field - 2,
            "field_inner_focus": field - 4,
            "pad": 9,
            "pad_focus": 8,
            "combo_pad": 11,
            "combo_pad_focus": 10,
            "box_pad": 6,
            "box_pad_focus": 5,
            "item": self.px(38),
            "search_radius": self.radius("nav"),
            "small": self.px(self.tokens.roles["small"].px),
        }
        return Template(text).substitute(colours, **lengths)


_current: Theme | None = None


def current() -> Theme:
    """The theme in force. Raises RuntimeError before `apply` was called."""
    if _current is None:
        raise RuntimeError("theme.apply(app) comes before the first widget")
    return _current


def apply(app: QApplication, *, choice: Choice = "system", text_size: str = "标准") -> Theme:
    """Dress the application: Fusion, palette, fonts, one style sheet, Qt's own words in Chinese."""
    global _current
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(app)
    _current = Theme(app, load())
    _current.use(choice, text_size=text_size)
    return _current


def _speak_chinese(app: QApplication) -> None:
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _present(families: tuple[str, ...]) -> list[str]:
    """Only families this PC has: naming a missing one costs Qt an alias search and a warning."""
    here = set(QFontDatabase.families())
    found = [name for name in dict.fromkeys(families) if name in here]
    return found or [QFont().defaultFamily()]


def _colours(tokens: Tokens, mode: Mode) -> Colours:
    return Colours(**{name: QColor(value) for name, value in tokens.colours[mode].items()})


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.canvas,
        role.WindowText: colours.ink,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.ink,
        role.PlaceholderText: colours.ink3,
        role.Button: colours.surface,
        role.ButtonText: colours.ink,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.onAccent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.ink,
        role.Mid: colours.line2,
        role.Dark: colours.edge,
        role.Light: colours.surface,
    }
    palette = QPalette()
    for which, colour in pairs.items():
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colours.ink3)
    return palette
