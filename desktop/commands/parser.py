"""What may be typed after `python -m desktop`."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.commands import carrier, exchange, exporting, files, importing, people, upkeep
from desktop.commands.arguments import Parser
from desktop.commands.call import Call
from sync.records import RECORD_TYPES

Act = Callable[[Call], int]

_SECRETS = (
    "密码从 --secret-file 的第一行、环境变量 FENGQIAO_SECRET 来，都没有就在屏幕上问；从来不写在命令里。\n"
    "退出码：0 办好了，1 没办成或有没收下的，2 命令写得不对。"
)


def make_parser() -> Parser:
    """The parser; each command carries its act. Without a command the window opens."""
    parser = Parser(
        prog="python -m desktop", description="枫桥工作台。不写命令就打开窗口。", epilog=_SECRETS
    )  # fmt: skip
    parser.options.add_argument("--folder", type=Path, help="资料放在哪个文件夹（默认在用户目录下）")
    parser.options.add_argument("--selftest", action="store_true", help="自己检查一遍程序，给安装的人用")
    parser.set_defaults(act=None, secret_file=None, person_as="", json=False)
    commands = parser.add_subparsers(metavar="命令", title="命令")
    _add_exchange(commands)
    _add_carrier(commands)
    _add_files(commands)
    _add_attachments(commands)
    _add_upkeep(commands)
    _add_people(commands)
    return parser


def _add_exchange(commands: Any) -> None:
    enrol = _command(commands, "enrol", "接入区里：用一次性的入网码", exchange.enrol, has_json=True)
    enrol.asked.add_argument("--hub", required=True, metavar="网址", help="区里的地址，https:// 开头")
    enrol.options.add_argument(
        "--code-file", type=Path, metavar="文件", help="入网码在这个文件的第一行（不写就在屏幕上问）"
    )
    enrol.options.add_argument("--person", default="", metavar="姓名", help="谁来用这台电脑：姓名或账号编号")
    enrol.options.add_argument("--name", default="", metavar="名字", help="这台电脑叫什么（默认用机器名）")
    again = _command(commands, "rejoin", "区里不认得这台电脑了：用新的入网码再接入，资料都留着", exchange.rejoin)
    again.options.add_argument("--code-file", type=Path, metavar="文件", help="入网码在这个文件的第一行")
    old = _command(commands, "shelved", "收到区里的旧件：看有哪些，调回来", exchange.shelved, has_json=True)
    old.options.add_argument("--words", default="", metavar="字", help="名称、案件编码里有的字")
    old.options.add_argument("--fetch", action="store_true", help="把对得上的那一件调回来")
    sync = _command(commands, "sync", "和区里传一次", exchange.sync, has_json=True)
    sync.options.add_argument("--allow-large-pull", action="store_true", help="已问过区里，让它一次拿走这么多")
    code = _command(commands, "code", "区里用：给一个地方开入网码", exchange.code, has_json=True)
    code.asked.add_argument("place", metavar="地方", help="名称或 12 位区划代码")


def _add_carrier(commands: Any) -> None:
    sticks = commands.add_parser("carrier", help="没有网：用U盘和区里传", description="没有网：用U盘和区里传。")
    acts = sticks.add_subparsers(metavar="做什么", title="做什么", required=True)
    write = _command(acts, "write", "把等着传的写到U盘上，送到区里或镇里", carrier.write, has_json=True)
    write.options.add_argument("--receipts-only", action="store_true", help="只写替别的电脑带回来的回执")
    read = _command(acts, "read", "读U盘上的回执，收下替别的电脑带的件", carrier.read, has_json=True)
    read.options.add_argument("--allow-large-pull", action="store_true", help="已问过区里，让它一次拿走这么多")
    for parser in (write, read):
        parser.asked.add_argument("stick", type=Path, metavar="文件夹", help="U盘或文件夹")


def _add_files(commands: Any) -> None:
    bring = _command(commands, "import", "导入台账（xlsx、xls、csv）或 JSON Lines", importing.bring_in)
    bring.asked.add_argument("file", type=Path, metavar="文件")
    bring.options.add_argument("--place", default="", metavar="地方", help="没写地方的行算哪里的（默认本单位）")
    bring.options.add_argument(
        "--mapping", type=Path, metavar="文件", help="哪一列是什么：{\"表头\": \"列名\"} 的 JSON"
    )
    bring.options.add_argument("--dry-run", action="store_true", help="只看看会怎样，不存")
    bring.options.add_argument("--report", type=Path, metavar="文件", help="报告存到哪里（不写就打在屏幕上）")
    bring.options.add_argument("--refused-rows", type=Path, metavar="文件.xlsx", help="没导入的行存成表格，改了再导")
    take = _command(commands, "export", "导出", exporting.take_out, has_json=True)
    take.asked.add_argument("--out", type=Path, required=True, metavar="文件", help="存到哪里")
    take.options.add_argument(
        "--format", choices=[*exporting.FORMATS], default="jsonl", metavar="格式",
        help="jsonl 一行一条（默认）；xlsx 每种一张表，加台账；ledger 只要台账；province 省里导入用的 25 列",
    )  # fmt: skip
    take.options.add_argument(
        "--type", action="append", choices=[*RECORD_TYPES], metavar="种类",
        help=f"只要哪种记录，可写几次（默认全部）：{'、'.join(f'{k.name} {k.label}' for k in RECORD_TYPES.values())}",
    )  # fmt: skip


def _add_attachments(commands: Any) -> None:
    attach = _command(commands, "attach", "给一件纠纷添附件：照片、扫描件、录音", files.attach, has_json=True)
    attach.asked.add_argument("matter", metavar="编码", help="案件编码")
    attach.asked.add_argument("files", type=Path, nargs="+", metavar="文件")
    attach.options.add_argument("--session", type=int, default=0, metavar="第几次", help="是哪一次调解的")
    attach.options.add_argument("--note", default="", metavar="说明", help="写一句说明")
    attach.options.add_argument("--original", action="store_true", help="照片的原件也留一份（里面可能有拍摄地点）")
    show = _command(commands, "files", "看一件纠纷的附件，存到文件夹里", files.show, has_json=True)
    show.asked.add_argument("matter", metavar="编码", help="案件编码")
    show.options.add_argument("--save", type=Path, metavar="文件夹", help="在本机的存一份到这里，不在的记下来去取")


def _add_upkeep(commands: Any) -> None:
    _command(commands, "status", "看这台电脑的情形", upkeep.show_status, has_json=True)
    backup = _command(commands, "backup", "做一份备份，读回来核对", upkeep.back_up, has_json=True)
    backup.options.add_argument("--list", action="store_true", help="看有哪些备份")
    restore = _command(commands, "restore", "恢复备份；现在的文件移到一边，不删", upkeep.go_back, has_json=True)
    restore.options.add_argument("--file", type=Path, metavar="备份", help="用哪一份（默认最近的）")
    restore.options.add_argument("--leave-unsent", action="store_true", help="有没传到区里的也恢复")
    _command(commands, "verify", "把资料从头核对一遍", upkeep.verify, has_json=True)


def _add_people(commands: Any) -> None:
    person = commands.add_parser("person", help="谁能打开这台电脑上的资料", description="谁能打开这台电脑上的资料。")
    acts = person.add_subparsers(metavar="做什么", title="做什么", required=True)
    _command(acts, "list", "看有谁", people.list_people, has_json=True)
    add = _command(acts, "add", "再加一个人", people.add_person)
    add.asked.add_argument("who", metavar="姓名", help="姓名或账号编号，要先有账号")
    secret = _command(acts, "secret", "换自己的密码", people.change_secret)
    secret.options.add_argument("--recover", action="store_true", help="忘了密码：用恢复码")
    secret.options.add_argument("--recovery-code-file", type=Path, metavar="文件", help="恢复码在这个文件的第一行")
    for parser in (add, secret):
        parser.options.add_argument("--new-secret-file", type=Path, metavar="文件", help="新密码在这个文件的第一行")
    remove = _command(acts, "remove", "不让一个人再打开", people.remove_person)
    remove.asked.add_argument("who", metavar="姓名", help="姓名或账号编号")


def _command(commands: Any, name: str, text: str, act: Act, *, has_json: bool = False) -> Parser:
    parser: Parser = commands.add_parser(name, help=text, description=f"{text}。")
    parser.set_defaults(act=act)
    parser.options.add_argument("--folder", type=Path, metavar="文件夹", help="资料放在哪里", default=SUPPRESS)
    parser.options.add_argument("--as", dest="person_as", metavar="姓名", help="谁在用：姓名或编号", default=SUPPRESS)
    parser.options.add_argument("--secret-file", type=Path, metavar="文件", help="密码在它的第一行", default=SUPPRESS)
    if has_json:
        parser.options.add_argument("--json", action="store_true", help="结果写成 JSON", default=SUPPRESS)
    return parser
