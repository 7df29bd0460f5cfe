"""What lies on the chosen stick, and what can be done with it: the likelier act is the filled button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from desktop.casework.exchange.carrier import CarrierFacts, OnStick
from desktop.views import words
from desktop.views.kit import Button, Card, Paragraph, ProgressLine, line

GIGABYTE = 1024**3


class ReadyCard(Card):
    """`write_asked`, `hand_over_asked`, `read_asked`, `other_asked`."""

    write_asked = Signal()
    hand_over_asked = Signal()
    read_asked = Signal()
    other_asked = Signal()

    def __init__(self, folder: Path, on_stick: OnStick, facts: CarrierFacts) -> None:
        super().__init__(folder.name or str(folder), _room(on_stick), padding=(22, 16))
        reads_first = bool(on_stick.receipts or on_stick.parcels)
        self.write = Button("写到U盘", "plain" if reads_first else "primary", size="large", icon="usb_stick")
        self.read = Button("读U盘", "primary" if reads_first else "plain", size="large")
        self.hand_over = Button("只写回执", "plain", size="large")
        self.hand_over.setVisible(bool(facts.receipts))
        other = Button("换一个U盘", "link", size="large")
        for button, signal in (
            (self.write, self.write_asked), (self.read, self.read_asked),
            (self.hand_over, self.hand_over_asked), (other, self.other_asked),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.filled = self.read if reads_first else self.write
        first, second = (self.read, self.write) if reads_first else (self.write, self.read)
        self._acts = line(first, second, self.hand_over, None, other, gap=10)
        self._progress = ProgressLine("正在读，别拔U盘", pause_words="")
        self._progress.hide()
        self.add(Paragraph(_lying(on_stick)), Paragraph(_will(facts), "small"), self._acts, self._progress)

    def wait(self, button: Button, text: str) -> None:
        """One act runs; its button says so."""
        for one in (self.write, self.read, self.hand_over):
            one.setEnabled(False)
        button.say(text)

    def show_progress(self, done: int, total: int) -> None:
        """Pages of a receipt that is read."""
        self._progress.show()
        self._progress.set_progress(done, total, f"{words.count(done)} / {words.count(total)}")


def _room(on_stick: OnStick) -> str:
    free = on_stick.free_bytes
    return f"还有 {free / GIGABYTE:.1f} GB 空" if free >= GIGABYTE else f"还有 {words.bytes_size(free)} 空"


def _lying(on_stick: OnStick) -> str:
    """What is there, the most useful first."""
    parts = [
        f"给这台电脑的回执 **{on_stick.receipts} 份**" if on_stick.receipts else "",
        f"别的电脑要带去区里的 **{on_stick.parcels} 份**" if on_stick.parcels else "",
        f"这台电脑写的 {on_stick.own} 份" if on_stick.own else "",
        f"给别的电脑的回执 {on_stick.receipts_elsewhere} 份" if on_stick.receipts_elsewhere else "",
    ]
    lying = "，".join(part for part in parts if part)
    return f"U盘上有{lying}。" if lying else "U盘上还没有要带的，也没有回执。"


def _will(facts: CarrierFacts) -> str:
    """What writing would put there."""
    waiting = f"写的时候装上等着传的 {words.count(facts.waiting)} 件"
    held = waiting if facts.waiting else "没有等着传的；写一份，好把区里的取回来"
    also = f"，还有替别的电脑带回的回执 {words.count(facts.receipts)} 份" if facts.receipts else ""
    return f"{held}{also}。U盘上原来的东西不动。"
