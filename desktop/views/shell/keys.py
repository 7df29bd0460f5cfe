"""The keyboard table of window.md §4, once: which keys do which act, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Key:
    """One line of the table: the act's name, its keys as Qt writes them, the words a person reads."""

    act: str
    sequences: tuple[str, ...]
    words: str


KEYS: tuple[Key, ...] = (
    Key("search", ("Ctrl+K", "F3"), "找人、找事、办事"),
    Key("register", ("Ctrl+N",), "登记纠纷"),
    # Esc is no shortcut but a key nobody below wanted: `MainWindow.keyPressEvent`.
    Key("back", ("Esc",), "返回、关上、先放着"),
    Key("finish", ("Ctrl+Return", "Ctrl+Enter"), "按下实心的那个按钮"),
    Key("lock", ("Ctrl+L",), "锁上"),
    Key("next_area", ("F6",), "到下一块地方"),
    Key("larger", ("Ctrl+=", "Ctrl++"), "字大一点"),
    Key("smaller", ("Ctrl+-",), "字小一点"),
    Key("print", ("Ctrl+P",), "打印"),
    Key("help", ("F1",), "这里怎么用"),
    *(Key(f"place_{number}", (f"Ctrl+{number}",), f"第 {number} 个去处") for number in range(1, 9)),
)


def bind(window: QWidget, acts: Mapping[str, Callable[[], object]]) -> dict[str, list[QShortcut]]:
    """Bind the acts given; keys without an act stay free for the page. Returns the shortcuts by act."""
    bound: dict[str, list[QShortcut]] = {}
    for key in KEYS:
        act = acts.get(key.act)
        for sequence in key.sequences if act else ():
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
            bound.setdefault(key.act, []).append(shortcut)
    return bound
