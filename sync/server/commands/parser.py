"""What may be typed after `python -m sync.server`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sync.records import codes
from sync.server.commands import acts, carrier, house, tables


def make_parser(today: str) -> argparse.ArgumentParser:
    """The parser; each command carries its act. `today` is the default day ("YYYY-MM-DD")."""
    parser = argparse.ArgumentParser(prog="python -m sync.server", description="枫桥工作台·区中心服务")
    parser.add_argument("--folder", type=Path, default=Path("hub"), help="区中心的文件夹（默认 hub）")
    commands = parser.add_subparsers(metavar="命令", required=True)
    _add_house(commands)
    _add_people(commands, today)
    _add_offices(commands, today)
    _add_moves(commands, today)
    _add_tables(commands, today)
    _add_data(commands)
    return parser


def _add_house(commands: Any) -> None:
    init = _command(commands, "init", "第一次：建库、建证书、录入区划", house=house.init)
    init.add_argument("--district", required=True, help="区（县）的 12 位区划代码")
    init.add_argument(
        "--divisions", type=Path, default=acts.divisions_file(), help="区划表（CSV：code,name,level）"
    )
    init.add_argument(
        "--host", action="append", default=[], help="各台电脑用来找到本机的名字或地址，可写几个"
    )
    init.add_argument(
        "--url", default="", help="数据库地址（postgresql+psycopg://…）；不写就用文件夹里的一个文件"
    )
    serve = _command(commands, "serve", "开始服务", house=house.serve)
    serve.add_argument("--host", default="0.0.0.0", help="监听的地址（默认所有）")
    serve.add_argument("--port", type=int, default=8443, help="端口（默认 8443）")
    serve.add_argument("--workers", type=int, default=1, help="几个进程（用 PostgreSQL 时才要多个）")
    renew = _command(commands, "certificate", "换名字或地址后重新出证书", house=house.renew)
    renew.add_argument("--host", action="append", default=[], help="新的名字或地址，可写几个；不写就照旧")


def _add_people(commands: Any, today: str) -> None:
    made = _group(commands, "codes", "入网码")
    _command(made, "make", "开一个入网码", acts.make_code).add_argument("place", help="地方的代码或名称")
    _command(made, "list", "还没用的入网码", acts.list_codes)
    accounts = _group(commands, "accounts", "账号")
    add = _command(accounts, "add", "开账号", acts.add_account)
    _needs(add, name="姓名", place="在哪里上班（代码或名称）")
    add.add_argument("--role", action="append", required=True, help="身份，可写几个")
    add.add_argument("--post", default="", help="单位、职务")
    add.add_argument("--start", default=today, help="从哪天起（默认今天）")
    _command(accounts, "list", "看账号", acts.list_accounts).add_argument(
        "--place", default="", help="只看一个地方"
    )
    end = _command(accounts, "end", "停账号", acts.end_account)
    end.add_argument("account", help="账号编号")
    end.add_argument("--day", default=today, help="用到哪天为止（默认今天）")
    devices = _group(commands, "devices", "入网的电脑")
    _command(devices, "list", "看电脑", acts.list_devices)
    revoke = _command(devices, "revoke", "停用一台电脑", acts.revoke_device)
    revoke.add_argument("device", help="电脑编号")
    revoke.add_argument("--reason", required=True, help="为什么停用")
    _command(devices, "readmit", "停用的电脑找到了：让它把没传的传上来", acts.readmit_device).add_argument(
        "device", help="电脑编号"
    )
    many = _command(devices, "allow-many", "问清楚了：一天之内让它作废很多", acts.allow_many)
    many.add_argument("device", help="电脑编号")


def _add_offices(commands: Any, today: str) -> None:
    orgs = _group(commands, "orgs", "调解组织")
    add = _command(orgs, "add", "登记调解组织", acts.add_org)
    _needs(add, name="全称", short="卷号用的简称", place="所在地（代码或名称）")
    add.add_argument("--kind", choices=[*codes.table("ORG_KIND").items], default="村", help="种类（默认村）")
    add.add_argument("--start", default=today, help="任期从哪天起（默认今天）")
    _command(orgs, "list", "看调解组织", acts.list_orgs)
    mediators = _group(commands, "mediators", "调解员")
    add = _command(mediators, "add", "登记调解员", acts.add_mediator)
    _needs(add, org="调解组织编号", name="姓名", phone="电话")
    add.add_argument("--sex", choices=[*codes.table("SEX").items], required=True, help="性别")
    add.add_argument(
        "--role", choices=[*codes.table("MEDIATOR_ROLE").items], default="委员", help="职务（默认委员）"
    )
    add.add_argument("--account", default="", help="登录账号编号")
    add.add_argument("--start", default=today, help="从哪天起（默认今天）")
    _command(mediators, "list", "看调解员", acts.list_mediators)


def _add_moves(commands: Any, today: str) -> None:
    merge = _command(commands, "merge-place", "并村：一个地方并到另一个", acts.merge_place)
    merge.add_argument("old", help="并掉的地方（代码或名称）")
    merge.add_argument("new", help="并到哪里（代码或名称）")
    merge.add_argument("--from", dest="start", default=today, help="从哪天起（默认今天）")
    keep = _command(commands, "keep", "保管规则：办结几年后不再放在各台电脑上", acts.keep_years)
    keep.add_argument("retention", choices=[*codes.table("RETENTION").items], help="哪一档保管期限")
    span = keep.add_mutually_exclusive_group(required=True)
    span.add_argument("--years", type=int, choices=range(1, 101), metavar="几年", help="1 到 100")
    span.add_argument("--never", action="store_true", help="一直留在各台电脑上")
    shelf = _command(commands, "shelve", "按保管规则把旧件收到区里", acts.shelve)
    for command in (merge, shelf):
        command.add_argument("--yes", action="store_true", help="看过件数，真要办")


def _add_tables(commands: Any, today: str) -> None:
    numbers = _command(commands, "numbers", "卷号的空号：哪些没用上，为什么", tables.show_numbers, today=today)
    numbers.add_argument("--org", required=True, help="调解组织的编号或全称")
    numbers.add_argument("--year", type=int, default=int(today[:4]), help="哪一年（默认今年）")
    _command(commands, "holidays", "收下一年的放假安排（JSON，和 resources/holidays 里的一样）",
             tables.take_holidays).add_argument("file", type=Path)  # fmt: skip
    papers = _group(commands, "papers", "本区自己的文书样式")
    take = _command(papers, "take", "收下一个文件夹里的文书样式（每种一个 .txt）", tables.take_papers)
    take.add_argument("folder_of_papers", metavar="文件夹", type=Path)
    subsidies = _group(commands, "subsidies", "一案一补的标准")
    _command(subsidies, "take", "收下一个表里的标准（CSV）", tables.take_subsidies).add_argument("file", type=Path)


def _add_data(commands: Any) -> None:
    _command(commands, "import", "收下一个文件里的记录（JSON Lines）", acts.take_file).add_argument(
        "file", type=Path
    )
    sticks = _group(commands, "carrier", "U盘送来的件")
    take = _command(sticks, "take", "收下一份，或一个U盘里的全部，写出回执", carrier.take)
    take.add_argument("file", type=Path, help="文件，或U盘、文件夹")
    take.add_argument("--out", type=Path, help="回执写到哪个文件夹（默认写在原处；原来的件不动）")
    refusals = _command(commands, "refusals", "没收下的改动", acts.list_refusals)
    refusals.add_argument("--asked", action="store_true", help="只看有人问的")
    export = _command(commands, "export", "全部导出（JSON Lines）", acts.export)
    export.add_argument("to", type=Path, help="存到哪个文件")
    export.add_argument("--journal", action="store_true", help="导出日志，不是现状")
    _command(commands, "verify", "从头核对一遍", acts.verify)
    _command(commands, "stock", "备好新电脑要取的现状（可定时做）", acts.prepare_stock)
    _command(commands, "new-epoch", "恢复备份以后要做的", acts.new_epoch)


def _group(commands: Any, name: str, text: str) -> Any:
    return commands.add_parser(name, help=text, description=text).add_subparsers(
        metavar="做什么", required=True
    )


def _command(
    commands: Any, name: str, text: str, act: acts.Act | None = None, **more: Any
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(act=act, **{"house": None, **more})
    return parser


def _needs(parser: argparse.ArgumentParser, **options: str) -> None:
    for name, text in options.items():
        parser.add_argument(f"--{name}", required=True, help=text)
