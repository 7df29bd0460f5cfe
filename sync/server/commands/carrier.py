"""carrier take: sticks brought to the district by hand, read at the hub itself."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from sync.protocol import carrier_folder
from sync.protocol.carrier import Unfit, read_label
from sync.protocol.carrier_folder import NoCarrier
from sync.server.carrier import Handled
from sync.server.hub import Hub

UNFIT = {
    "foreign": "不是各村镇写给区里的件，没收",
    "torn": "坏了，或者没拷全，没收。原件还在写它的那台电脑上，请他们重新写一份",
    "newer": "是新版程序写的，这里读不了，没收。先把区里的程序更新了",
    "hub": "是别的区的，没收。退给送来的人",
    "sealed": "不是封给本区中心的，没收。请他们和区里重新交换一次，再写一份",
    "stranger": "写它的电脑没有在本区入网，没收",
    "receipt": "是区里写出去的回执，不用收",
    "garbled": "里头的内容读不懂，没收。请他们更新程序，重新写一份",
}
"""Why a file was not taken, in the operator's words."""
_HALTS = {
    "revoked": "这台电脑已停用，内容没收，回执里告诉它了",
    "epoch": "写它以后区里恢复过资料，内容没收；那边读了回执会自己对账，请再写一份送来",
    "forked": "那边的资料像是拷过一份，内容没收；那边读了回执会自己接上，请再写一份送来",
    "protocol": "那边的程序太旧，内容没收；请他们更新程序，再写一份",
}
_NO_CARRIER = {
    "gone": "文件夹找不到了，U盘可能拔掉了。已收下的不会丢，插好再来一遍，不会收重",
    "full": "地方不够，回执写不下。已收下的不会丢，换个地方（--out）再来一遍，不会收重",
    "locked": "这个文件夹不让写，回执写不上。已收下的不会丢，换个地方（--out）再来一遍，不会收重",
    "broken": "写上去的回执读回来不一样，这个U盘可能坏了。已收下的不会丢，换一个再来一遍，不会收重",
}

Say = Callable[[str], None]


def take(hub: Hub, args: argparse.Namespace, say: Say) -> int:
    """Take in a carrier file, or all of a folder, and write the receipts; the files themselves stay as they are."""
    try:
        files = [p for p in carrier_folder.found(args.file) if _is_pouch(p)] if args.file.is_dir() else [args.file]
        out = args.out or (args.file if args.file.is_dir() else args.file.parent)
        if not files:
            say(f"{args.file} 里没有要收的件。什么也没有动。看看是不是选对了地方。")
        taken = [_taken(hub, file, out, say) for file in files]
    except NoCarrier as problem:
        say(f"{_NO_CARRIER[problem.why]}。")
        return 1
    return 0 if taken and all(taken) else 1


def _taken(hub: Hub, file: Path, out: Path, say: Say) -> bool:
    try:
        handled = hub.take_pouch(carrier_folder.read(file))
    except Unfit as unfit:
        say(f"{file.name}：{UNFIT[unfit.reason]}。")
        return False
    written = carrier_folder.place(out, handled.receipt_name, handled.receipt, _free_bytes)
    say(f"{file.name}：{_came_to(handled)}。回执：{written}")
    return not handled.halt


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _came_to(handled: Handled) -> str:
    if handled.halt:
        return _HALTS.get(handled.halt, "内容没收，回执里写了原因")
    if not handled.fresh:
        return "以前都收过了，没有新的" if handled.applied + handled.refused else "没有要传的，只取回区里的"
    refused = f"，没收下 {handled.refused} 处（回执里写了原因）" if handled.refused else ""
    return f"收下 {handled.applied} 处{refused}"


def _is_pouch(file: Path) -> bool:
    """Whether it looks like one; receipts lie on the same stick. What is damaged is told by `_taken`."""
    try:
        return read_label(carrier_folder.read(file)).kind == "pouch"
    except Unfit:
        return not file.name.startswith("回执")
