"""The main job from end to end, told as it happens: each part really does what it says, or the story stops."""

from __future__ import annotations

from pathlib import Path
from random import Random

from desktop.casework.disputes import change_log, clashes, page, progress, search
from desktop.casework.disputes.clashes import ClashRow
from desktop.casework.exchange import status
from desktop.casework.exchange.rounds import RoundResult
from desktop.casework.ledgers import reading
from desktop.casework.ledgers.report import LABELS, ImportReport, Outcome
from desktop.casework.ledgers.taking import ledger_context, take
from desktop.demo import water
from desktop.demo.bad_line import WORDS
from desktop.demo.district import DISTRICT, DemoDistrict
from desktop.demo.ledger import write_village_ledger
from desktop.demo.office import SECRET, DemoOffice
from desktop.demo.telling import Telling

VILLAGE, TOWN = "620802107204", "620802107000"
_OFFICES = (
    (VILLAGE, "花所村", "马秀兰", ("village", "mediator"), "花所村委会"),
    (TOWN, "花所镇", "赵文博", ("township", "mediator"), "镇综治中心"),
    (DISTRICT, "区中心", "何建国", ("district",), "区社会治安综合治理中心"),
)
_SINCE, _PHONE = "2021-01-01", "13809350000"
_TROUBLE = 0.95
"""The share of crossings that go wrong while the line is bad."""
_ROUND_WORDS = {"agreed": "成了", "cut": "断在半路", "none": "没连上", "trouble": "出了岔子"}


class Story:
    """One demonstration in one folder. `dispute`: the one registered with the line down, once it is."""

    def __init__(self, folder: Path, telling: Telling, *, random: Random) -> None:
        self.folder, self._telling, self._random = folder, telling, random
        self.district = DemoDistrict(folder / "区中心服务器", random)
        self.offices = [
            DemoOffice(folder / f"{name}的电脑", place=place, name=name, clerk=clerk)
            for place, name, clerk, _, _ in _OFFICES
        ]
        self.dispute = ""

    @property
    def village(self) -> DemoOffice:
        """花所村."""
        return self.offices[0]

    @property
    def town(self) -> DemoOffice:
        """花所镇."""
        return self.offices[1]

    def tell(self) -> None:
        """All of it. Raises AssertionError where something is not as it must be."""
        self._telling.say(f"所有资料都在 {self.folder}")
        for part in (self.found, self.enrol, self.take_ledger, self.work_without_a_line, self.come_through,
                     self.arrive, self.differ, self.prove):  # fmt: skip
            part()

    def close(self) -> None:
        """Close the stores and end the hub's process."""
        for office in self.offices:
            office.leave()
        self.district.stop()

    def found(self) -> None:
        """A hub with the real divisions, accounts, a committee in village and township."""
        tell, run = self._telling, self.district.command
        tell.part("区里建一个中心（一个文件的数据库，一条命令）")
        tell.say(run("init", "--district", DISTRICT)[0])
        for place, name, clerk, roles, post in _OFFICES:
            who = ("--name", clerk, "--start", _SINCE)
            words = (*who, "--place", place, "--post", post, *(w for role in roles for w in ("--role", role)))
            account = run("accounts", "add", *words)[0].split("\t")[1]
            if place != DISTRICT:
                kind = "村" if place == VILLAGE else "乡镇街道"
                org = run("orgs", "add", "--name", f"{name}人民调解委员会", "--short", name, "--place", place,
                          "--kind", kind)[0].split("\t")[1]  # fmt: skip
                run("mediators", "add", *who, "--org", org, "--phone", _PHONE, "--sex", "2", "--account", account)
        tell.say("账号 3 个，调解组织 2 个，调解员 2 名。人名都是编的。")
        self.district.start()
        tell.say(f"服务是单独的一个进程（{self.district.pid}），各台电脑走 {self.district.line.url}，TLS，自己的 CA。")

    def enrol(self) -> None:
        """Three desks join, each with its own encrypted store."""
        self._telling.part("三台电脑接入，各有各的加密资料库")
        for office in self.offices:
            code = self.district.command("codes", "make", office.place)[0].split("：")[1]
            result = self._agreed(office.join(self.district.line.url, code))
            size = (office.folder / "desk.db").stat().st_size
            told = f"入网码用掉一个，资料库 {size // 1024} KB。{result.sentence}"
            self._telling.say(f"{office.name} · {office.clerk}：{told}")

    def take_ledger(self) -> None:
        """The village's own ledger comes in, row by row accounted for, and never twice."""
        tell = self._telling
        tell.part("线断了。村里导入自己的 Excel 台账")
        self.district.line.go_down()
        file = self.folder / "花所村 矛盾纠纷排查调处台账.xlsx"
        write_village_ledger(file, self._random, count=24)
        report = self._taken(file)
        tell.say(f"{file.name}，{len(report.reading.rows)} 行：{_counted(report)}。")
        for row in report.refused_rows():
            tell.say(f"没导入的：{row.sheet}第 {row.number} 行，{row.reason}")
        again = self._taken(file).counts()
        assert again[Outcome.IMPORTED] == 0, again
        tell.say(f"同一个文件再导一次：导入 0，{again[Outcome.REPEAT]} 行认出是导过的。")

    def work_without_a_line(self) -> None:
        """Registered, mediated, agreed, while there is no line at all."""
        tell, office = self._telling, self.village
        tell.part("还是没有线，登记、调解、写协议照样办")
        made = water.registered(office.desk, VILLAGE)
        self.dispute = made.id
        tell.say(f"登记并受理：{made.title}，编码 {made.matter_code}。")
        tell.say(f"调解记录：第 1 次，边谈边记 {water.talked(office.desk, made.id)} 句，谈成了。")
        duties = water.agreed(office.desk, made.id)
        visits = len(office.store.children("follow_up", made.id))
        tell.say(f"口头协议：要履行的 {duties} 项；回访自己约好了 {visits} 次。")
        result = office.exchange()
        assert result.state == "none", result
        tell.say(f"这时候传一次：{result.sentence}")
        tell.say(f"窗口上写着：{status.page(office.desk).headline}。")

    def come_through(self) -> None:
        """The line comes back, badly; the exchange finishes all the same."""
        tell, office, line = self._telling, self.village, self.district.line
        tell.part("线回来了，但是很差")
        line.go_up()
        line.seen.clear()
        line.trouble = _TROUBLE
        results = office.exchange_until_agreed()
        while not all(line.seen[kind] for kind in ("cut", "lost", "twice")):
            results += office.exchange_until_agreed()
        line.trouble = 0.0
        tell.say(f"传了 {len(results)} 轮：{'，'.join(_ROUND_WORDS[r.state] for r in results)}。")
        seen = (f"{WORDS[kind]} {number} 次" for kind, number in sorted(line.seen.items()))
        tell.say(f"路上：{'，'.join(seen)}。")
        tell.say(f"最后一轮：{results[-1].sentence}{status.page(office.desk).headline}。")
        left, numbered = office.store.waiting(), self.district.journal()
        assert left == 0
        tell.say(f"没传的还剩 {left} 条；区里一共编了 {numbered} 条改动，没有一条编了两次。")

    def arrive(self) -> None:
        """The township has it."""
        tell, office = self._telling, self.town
        tell.part("镇上看到了这件事")
        tell.say(f"{office.name} · {office.clerk}：{self._agreed(office.exchange()).sentence}")
        found = search.find(office.desk, "wyf").disputes
        assert self.dispute in {line.target for line in found}
        seen = page.page(office.desk, self.dispute)
        tell.say(f"打首字母 wyf 就找到：{seen.header.title}，{seen.header.status_name}。")
        for entry in seen.timeline:
            tell.say(f"  {entry.day:%m-%d}  {entry.title}  {entry.sentence}")
        self._agreed(self.offices[2].exchange())

    def differ(self) -> None:
        """Both change the same field apart; both see it; one settles; nothing written is lost."""
        tell, field = self._telling, "简单说说经过"
        tell.part("两边各自改了同一项，谁也不知道谁")
        progress.change(self.town.desk, self.dispute, {"summary": water.IN_THE_TOWN})
        progress.change(self.village.desk, self.dispute, {"summary": water.IN_THE_VILLAGE})
        for office in (self.town, self.village, self.town):
            self._agreed(office.exchange())
        rows = {office.name: self._clash_at(office) for office in (self.village, self.town)}
        for name, row in rows.items():
            tell.say(f"{name}的窗口上：“{field}”两边改得不一样，由人来定")
            tell.say(f"    区里现在用的（{row.theirs.who}）：{row.theirs.lines[0]}")
            tell.say(f"    放在一边的（{row.mine.who}）：{row.mine.lines[0]}")
        chosen = ("own", {"summary": water.SETTLED})
        clashes.settle(self.village.desk, self.dispute, {rows[self.village.name].key: chosen})  # type: ignore[dict-item]
        tell.say(f"村里把两句合成一句定下来：{water.SETTLED}")
        for office in (self.village, self.town, self.offices[2]):
            self._agreed(office.exchange())
        for office in self.offices:
            held = office.store.record("dispute", self.dispute) or {}
            assert held["summary"] == water.SETTLED
            assert not office.store.clashes()
        kept = [change.after for line in change_log.change_log(self.town.desk, self.dispute) for change in line.fields]
        assert any(water.IN_THE_VILLAGE in text for text in kept)
        tell.say("三台电脑都是定下的这一句；两边原来写的，在改动记录里都还看得到。")

    def prove(self) -> None:
        """Counts and digests of all four stores agree, and each store with its own journal."""
        tell = self._telling
        tell.part("对账：四个资料库，件数和摘要")
        rows = [("", "件数", "摘要", "区中心按它的地界算", "")]
        for office in self.offices:
            here, there = office.proof(), self.district.proof(office.place)
            assert here == there, (office.name, here, there)
            rows.append((office.name, f"{here.count}", here.digest, f"{there.count} 件 {there.digest}", "一致"))
        tell.table(rows)
        assert self.district.command("verify") == ["都对得上。"]
        assert not any(fault for office in self.offices for fault in office.store.verify())
        tell.say("区中心照日志从头算一遍：都对得上。三台电脑照改动从头算一遍：都对得上。")
        tell.say(f"每台电脑的密码都是：{SECRET}")

    def _taken(self, file: Path) -> ImportReport:
        desk = self.village.desk
        return take(desk, reading.read(file, ledger_context(desk, home=VILLAGE)))

    def _clash_at(self, office: DemoOffice) -> ClashRow:
        (row,) = clashes.page(office.desk, self.dispute).rows
        return row

    def _agreed(self, result: RoundResult) -> RoundResult:
        assert result.state == "agreed", result.sentence
        return result


def _counted(report: ImportReport) -> str:
    return "，".join(f"{LABELS[outcome]} {number}" for outcome, number in report.counts().items() if number)


