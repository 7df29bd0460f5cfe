"""The demonstration and the self-test, run as a visitor runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.demo.sitting import HEIGHT, WIDTH

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a module of the program without a screen."""
    whole = [sys.executable, "-W", "error", "-m", *words]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(folder)}
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_demonstration_tells_its_whole_story_and_leaves_a_picture_of_every_screen(tmp_path: Path) -> None:
    data, pictures = tmp_path / "演示 资料", tmp_path / "画面"
    done = run("desktop.demo", "--folder", str(data), "--screens", str(pictures), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "同一份送到两次" in done.stdout
    assert done.stdout.count("由人来定") == 2
    assert re.findall(r"^  (花所村|花所镇|区中心) .*一致$", done.stdout, re.MULTILINE) == ["花所村", "花所镇", "区中心"]
    process = int(re.search(r"进程（(\d+)）", done.stdout)[1])  # type: ignore[index]
    assert not (Path("/proc") / str(process)).exists()
    files = sorted(pictures.glob("*.png"))
    assert len(files) > 12
    for file in files:
        image = QImage(str(file))
        assert file.stem == "contact-sheet" or (image.width(), image.height()) == (WIDTH, HEIGHT)


def test_a_demonstration_is_not_begun_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "别的文件.txt").write_text("x", encoding="utf-8")
    done = run("desktop.demo", "--folder", str(tmp_path), "--no-window", folder=tmp_path)
    assert done.returncode == 1
    assert "换一个空的文件夹" in done.stderr


def test_the_program_passes_its_own_test(tmp_path: Path) -> None:
    done = run("desktop", "--selftest", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("全部通过")
    assert list(tmp_path.iterdir()) == []
