"""What each command does with an open hub. Every act prints plain lines and returns its exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sync.protocol.refusals import REFUSALS
from sync.records import codes
from sync.records.field import Record
from sync.server import offices, reports
from sync.server.agreed import Stand
from sync.server.hub import Hub
from sync.server.turn import moment_of

Say = Callable[[str], None]
Args = argparse.Namespace
Act = Callable[[Hub, Args, Say], int]


def make_code(hub: Hub, args: Args, say: Say) -> int:
    """A one-time enrolment code for a place."""
    code = hub.make_code(_place(hub, args.place))
    say(f"入网码：{code}")
    say("七天内有效，只能用一次。")
    return 0


def list_codes(hub: Hub, _: Args, say: Say) -> int:
    """Codes that are still good."""
    for code in hub.open_codes():
        say(f"{code.place}\t有效到 {moment_of(code.until)}")
    return 0


def add_account(hub: Hub, args: Args, say: Say) -> int:
    """Somebody who may work at a place."""
    roles = [_role(text) for text in args.role]
    place = _place(hub, args.place)
    account = hub.add_account(args.name, place, roles, post=args.post, valid_from=args.start)
    say(f"已开账号：{args.name}\t{account}")
    return 0


def list_accounts(hub: Hub, args: Args, say: Say) -> int:
    """All accounts, or those of a place."""
    place = _place(hub, args.place) if args.place else ""
    for stand in _standing(hub, "account"):
        if place in ("", stand.place):
            roles = "、".join(codes.table("ROLE").text(str(r)) for r in stand.fields["roles"] or ())  # type: ignore[union-attr]
            ends = stand.fields.get("valid_to")
            say(
                f"{stand.record}\t{stand.fields['name']}\t{stand.place}\t{roles}"
                + (f"\t到 {ends}" if ends else "")
            )
    return 0


def end_account(hub: Hub, args: Args, say: Say) -> int:
    """The account works until that day."""
    hub.end_account(_known(hub, "account", args.account), args.day)
    say(f"账号用到 {args.day} 为止。")
    return 0


def add_org(hub: Hub, args: Args, say: Say) -> int:
    """A mediation committee at a place."""
    fields: Record = {
        "full_name": args.name, "short_name": args.short, "kind": args.kind, "status": "在用",
        "place_code": _place(hub, args.place), "term_from": args.start,
    }  # fmt: skip
    say(f"已登记调解组织：{args.name}\t{hub.add('mediation_org', fields)}")
    return 0


def list_orgs(hub: Hub, _: Args, say: Say) -> int:
    """All mediation committees."""
    for stand in _standing(hub, "mediation_org"):
        say(f"{stand.record}\t{stand.fields['full_name']}\t{stand.place}\t{stand.fields['status']}")
    return 0


def add_mediator(hub: Hub, args: Args, say: Say) -> int:
    """A mediator of a committee; works where the committee is."""
    org = _known(hub, "mediation_org", args.org)
    place = next(s.place for s in _standing(hub, "mediation_org") if s.record == org)
    fields: Record = {
        "org_id": org, "place_code": place, "name": args.name, "sex": args.sex, "role": args.role,
        "phone": args.phone, "valid_from": args.start,
    }  # fmt: skip
    if args.account:
        fields["account_id"] = _known(hub, "account", args.account)
    say(f"已登记调解员：{args.name}\t{hub.add('mediator', fields)}")
    return 0


def list_mediators(hub: Hub, _: Args, say: Say) -> int:
    """All mediators."""
    for stand in _standing(hub, "mediator"):
        say(f"{stand.record}\t{stand.fields['name']}\t{stand.place}\t{stand.fields['role']}")
    return 0


def take_file(hub: Hub, args: Args, say: Say) -> int:
    """Records from a JSON Lines file, all or none."""
    say(f"已收下 {hub.take_file(args.file)} 条。")
    return 0


def list_devices(hub: Hub, _: Args, say: Say) -> int:
    """All enrolled desks."""
    for stand in _standing(hub, "device"):
        state = (
            f"已停用：{stand.fields.get('revoked_reason', '')}" if stand.fields.get("revoked_at") else "在用"
        )
        say(f"{stand.record}\t{stand.place}\t{stand.fields['number']} 号\t{stand.fields['name']}\t{state}")
    return 0


def revoke_device(hub: Hub, args: Args, say: Say) -> int:
    """No more exchange with a desk."""
    hub.revoke(_known(hub, "device", args.device), args.reason)
    say("这台电脑已停用，不再和它交换。")
    return 0


def readmit_device(hub: Hub, args: Args, say: Say) -> int:
    """A revoked desk may exchange again: to fetch what is unsent on it."""
    hub.readmit(_known(hub, "device", args.device))
    say("这台电脑又能交换了。等它传完，还要停用就再用 devices revoke。")
    return 0


def allow_many(hub: Hub, args: Args, say: Say) -> int:
    """A desk may strike out many disputes for a day."""
    hub.allow_many(_known(hub, "device", args.device))
    say("一天之内这台电脑作废多少都收。没收下的，让那边点“改了再传”。")
    return 0


def merge_place(hub: Hub, args: Args, say: Say) -> int:
    """A place becomes part of another."""
    old, new = _place(hub, args.old), _place(hub, args.new)
    count = sum(stand.place == old for stand in _standing(hub, "dispute"))
    if not args.yes:
        say(f"{old} 的 {count} 件纠纷和那里的人、电脑都会归到 {new}。没有动。想好了加 --yes 再来一次。")
        return 1
    merger = hub.merge_place(old, new, args.start)
    say(f"已并好：{merger.disputes} 件纠纷归到 {new}。两边的电脑下次交换时就知道，没传完的照样能传。")
    return 0


def keep_years(hub: Hub, args: Args, say: Say) -> int:
    """After how many years a retention class leaves the desks."""
    hub.keep_years(args.retention, None if args.never else args.years)
    say(f"{args.retention}：" + ("一直留在各台电脑上。" if args.never else f"办结 {args.years} 年后收到区里。"))
    return 0


def shelve(hub: Hub, args: Args, say: Say) -> int:
    """Take old archived disputes off the desks."""
    if not args.yes:
        say(f"按规则可以收到区里的有 {len(hub.due_for_shelf())} 件。没有动。要收就加 --yes。")
        return 0
    say(f"已收到区里 {hub.shelve()} 件。内容都在区里，各台电脑要看随时能调回去。")
    return 0


def list_refusals(hub: Hub, args: Args, say: Say) -> int:
    """Changes that were not accepted, with their content."""
    with hub.reading() as connection:
        for line in reports.refusals(connection, asked_only=args.asked):
            asked = "\t有人问" if line.asked else ""
            say(f"{moment_of(line.received)}\t{line.change_id}\t{REFUSALS[line.code]}\t{line.why}{asked}")
            say(f"    {line.change.type} {line.change.record} {line.change.set}")
    return 0


def export(hub: Hub, args: Args, say: Say) -> int:
    """Everything as JSON Lines: the records as they stand, or the journal."""
    with hub.reading() as connection, args.to.open("w", encoding="utf-8", newline="\n") as file:
        lines = reports.journal_lines(connection) if args.journal else reports.record_lines(connection)
        count = sum(file.write(line + "\n") > 0 for line in lines)
    say(f"已导出 {count} 条到 {args.to}")
    return 0


def verify(hub: Hub, _: Args, say: Say) -> int:
    """Whether everything follows from the journal."""
    faults = hub.verify()
    for fault in faults:
        say(fault)
    say(f"有 {len(faults)} 处对不上，请先停用本机，找维护人员。" if faults else "都对得上。")
    return 1 if faults else 0


def prepare_stock(hub: Hub, _: Args, say: Say) -> int:
    """The pages a new desk takes instead of history, made before anybody waits for them."""
    say(f"新电脑要取的现状已备好，这次做了 {hub.prepare_stock()} 页。")
    return 0


def new_epoch(hub: Hub, _: Args, say: Say) -> int:
    """After a restore: all desks read anew and offer their changes again."""
    hub.new_epoch()
    say("已换新纪元。各台电脑下次交换时会从头核对，把本区没有的再传上来。")
    return 0


def _standing(hub: Hub, kind: str) -> list[Stand]:
    with hub.reading() as connection:
        return list(reports.standing(connection, kind))


def _place(hub: Hub, text: str) -> str:
    with hub.reading() as connection:
        return offices.find_place(connection, text)


def _known(hub: Hub, kind: str, record: str) -> str:
    if all(stand.record != record for stand in _standing(hub, kind)):
        raise offices.Unclear(f"没有编号是“{record}”的记录")
    return record


def _role(text: str) -> str:
    """A role by code or by its Chinese name."""
    table = codes.table("ROLE")
    found = next((c.code for c in table.items.values() if text in (c.code, c.name)), None)
    if found is None:
        names = "、".join(f"{c.name}（{c.code}）" for c in table.items.values())
        raise offices.Unclear(f"没有“{text}”这种身份，可以是：{names}")
    return found


def divisions_file() -> Path:
    """The gazetteer that comes with the program."""
    return codes.folder().parent / "divisions" / "divisions_620800.csv"
