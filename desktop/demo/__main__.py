"""`python -m desktop.demo`: the main job shown on invented data, then the window, or pictures of it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from io import TextIOWrapper
from pathlib import Path
from random import Random

from desktop.demo.office import SECRET
from desktop.demo.story import Story
from desktop.demo.telling import Telling

_SEED = 2


def main() -> int:
    """0 when everything was as it must be."""
    given = _arguments()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    folder = given.folder or Path(tempfile.mkdtemp(prefix="枫桥演示-"))
    if folder.exists() and any(folder.iterdir()):
        print(f"“{folder}”里已经有东西，什么也没有做。换一个空的文件夹。", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    telling = Telling(sys.stdout)
    story = Story(folder, telling, random=Random(_SEED))
    try:
        story.tell()
        telling.end("演示完了，样样对得上。")
        _show(story, given.screens, with_window=not given.no_window)
    except KeyboardInterrupt:
        telling.say("停下了。")
    finally:
        story.close()
    telling.say(f"资料都留在 {folder}，不要了就整个删掉。")
    return 0


def _show(story: Story, screens: Path | None, *, with_window: bool) -> None:
    if screens is None and with_window and _has_display():
        _open_window(story)
    elif screens is not None or with_window:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from desktop.demo import screens as pictures

        target = screens or story.folder / "窗口截图"
        for file in pictures.take(story, target):
            print(f"  {file}")


def _open_window(story: Story) -> None:
    """The village's own window, as the program opens it; the hub keeps answering until it is closed."""
    print(f"\n现在打开花所村的窗口，密码是：{SECRET}。关上窗口，演示就结束。", flush=True)
    story.village.leave()
    subprocess.run([sys.executable, "-m", "desktop", "--folder", str(story.village.folder)], check=False)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m desktop.demo", description="枫桥工作台演示：人和事都是编的。")
    parser.add_argument("--folder", type=Path, help="资料放在哪个空文件夹（默认新建一个临时的）")
    parser.add_argument("--screens", type=Path, help="把每个画面存成图片，放在这个文件夹")
    parser.add_argument("--no-window", action="store_true", help="只讲，不开窗口，也不存图片")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
