"""Renders the kit and the shell to pictures, to be looked at beside the drawings.

    python -m desktop.views.gallery FOLDER

writes every screen at 1366×696 in light, dark, high contrast and large text, and at 911×440 × 150 %.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.views.gallery_pages import SCREENS, GalleryWindow
from desktop.views.look import theme

_VARIANTS: dict[str, tuple[theme.Choice, str]] = {
    "light": ("light", "标准"),
    "dark": ("dark", "标准"),
    "contrast": ("highContrast", "标准"),
    "large": ("light", "大"),
    "largest": ("light", "特大"),
}


def render(folder: Path, *, scale: float) -> None:
    """Write all screens for one scale of Windows (1.0 or 1.5) into `folder`."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, choice="light")
    width, height = (1366, 696) if scale == 1 else (911, 440)
    variants = _VARIANTS if scale == 1 else {"150": _VARIANTS["light"]}
    for variant, (choice, text_size) in variants.items():
        theme.current().use(choice, text_size=text_size)
        for name, make in SCREENS.items():
            _shoot(make, width, height, folder / f"{name}-{variant}.png")


def _shoot(make: Callable[[], GalleryWindow], width: int, height: int, path: Path) -> None:
    window = make()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    window.prepare()
    for _ in range(4):
        QApplication.processEvents()
    window.grab().save(str(path))
    window.close()


def main(arguments: list[str]) -> int:
    """Render both scales, each in a process of its own: Qt reads the scale only at its start."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) > 1:
        render(folder, scale=float(arguments[1]))
        return 0
    for scale in ("1", "1.5"):
        environment = os.environ | {"QT_SCALE_FACTOR": scale}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-m", "desktop.views.gallery", str(folder), scale]
        subprocess.run(command, env=environment, check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
