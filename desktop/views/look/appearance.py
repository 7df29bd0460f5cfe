"""How the person wants the window to look: their settings put into the theme's words, and back."""

from __future__ import annotations

from desktop.settings import Settings
from desktop.views.look import theme

TEXT_SIZES = {"standard": "标准", "large": "大", "largest": "特大"}
_MODES: dict[str, theme.Choice] = {
    "system": "system",
    "light": "light",
    "dark": "dark",
    "contrast": "highContrast",
}


def use(settings: Settings) -> None:
    """Dress the window as the settings say; nothing happens when it is dressed so already."""
    look = theme.current()
    choice, size = _MODES[str(settings.value("theme"))], TEXT_SIZES[str(settings.value("text_size"))]
    if (look.choice, look.text_size) != (choice, size):
        look.use(choice, text_size=size)


def size_key(words: str) -> str:
    """The setting's value for a text size as the theme calls it. Raises StopIteration for another word."""
    return next(key for key, said in TEXT_SIZES.items() if said == words)
