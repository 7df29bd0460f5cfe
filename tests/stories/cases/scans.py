"""What a scanner brings in these stories: a sheet of paper that says what it stands for. Nobody's papers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter


def scan(folder: Path, name: str, *lines: str) -> Path:
    """A page at 100 dpi, as a JPEG of that name."""
    image = QImage(827, 1169, QImage.Format.Format_RGB32)
    image.fill(QColor("#f7f6f2"))
    painter = QPainter(image)
    painter.setPen(QColor("#444444"))
    painter.setFont(QFont("Noto Sans CJK SC", 24))
    painter.drawRect(QRect(110, 120, 607, 60 + 60 * len(lines)))
    for number, line in enumerate(lines):
        painter.drawText(QRect(140, 150 + 60 * number, 560, 50), Qt.AlignmentFlag.AlignVCenter, line)
    painter.end()
    file = folder / f"{name}.jpg"
    assert image.save(str(file), "JPG", 70)
    return file
