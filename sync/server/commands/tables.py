"""Commands about what the district keeps for all its desks: numbers, holidays, papers, subsidies."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from sync.server import lending, offices
from sync.server.hub import Hub
from sync.server.reports import standing

Say = Callable[[str], None]


def show_numbers(hub: Hub, args: argparse.Namespace, say: Say) -> int:
    """The dossier numbers of a committee and year that no live dossier bears, and why."""
    with hub.reading() as connection:
        orgs = {stand.record: stand for stand in standing(connection, "mediation_org")}
        named = [record for record, org in orgs.items() if args.org in (record, org.fields["full_name"])]
        if len(named) != 1:
            raise offices.Unclear(f"没有“{args.org}”这个调解组织，或者不止一个。用 orgs list 看编号。")
        found = lending.gaps(connection, named[0], args.year, args.today)
    for gap in found:
        span = f"{gap.first}" if gap.first == gap.last else f"{gap.first}–{gap.last}"
        disputes = f"\t纠纷 {'、'.join(gap.records)}" if gap.records else ""
        say(f"{span} 号\t{gap.text}{disputes}")
    told = f"有 {len(found)} 段说明。" if found else "没有空号。"
    say(f"{orgs[named[0]].fields['full_name']} {args.year} 年：{told}")
    return 1 if any(gap.why == "double" for gap in found) else 0


def take_holidays(hub: Hub, args: argparse.Namespace, say: Say) -> int:
    """A year's holidays, as the State Council announced them."""
    year = hub.take_holidays(args.file)
    say(f"{year} 年的放假安排已收下。各台电脑下次交换时就按它算期限。")
    return 0


def take_papers(hub: Hub, args: argparse.Namespace, say: Say) -> int:
    """The district's own templates."""
    say(f"已收下 {hub.take_papers(args.folder_of_papers)} 种文书样式。各台电脑下次交换时就用它。")
    return 0


def take_subsidies(hub: Hub, args: argparse.Namespace, say: Say) -> int:
    """The district's rates per case."""
    say(f"已收下 {hub.take_subsidies(args.file)} 档补贴标准。各台电脑下次交换时就有。")
    return 0
