"""Running rounds: when the next is due, one round, its line in the log. No thread and no timer of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal, TypeAlias

from desktop.casework.exchange import parcels
from desktop.store import ManyStruck, NotEnrolled, Store, StoreError
from sync.client.files import Chunk, FileLane, FileReport
from sync.client.pace import PageSize, Retry
from sync.client.replica import PullTooLarge
from sync.client.round import Round, run_round
from sync.client.transport import Transport
from sync.protocol.errors import Distrusted, ExchangeError, Halted, Unreachable

State: TypeAlias = Literal["agreed", "cut", "none", "trouble"]
AGREED = "exchange.agreed"
"""The setting that keeps when both sides last agreed, and on how many records."""
PACE = "exchange.pace"
"""The setting that keeps how large a page this desk's line carries: bytes, changes."""

FORGOTTEN = "Halted:unknown"
"""The outcome of a round with a district that does not know this PC any more."""

HALTS = {
    "revoked": "区里已经停用了这台电脑，不再往来。登记的都在本机。打电话问区里。",
    "unknown": "区里不认得这台电脑了，多半是区里恢复过备份。登记的都在本机。向区里要一个新的入网码，再接入一次。",
    "clock": "区里和这台电脑的时间差得太多，先没传。登记的都在本机。看看这台电脑的日期和时间，对的就打电话告诉区里。",
    "protocol": "程序太旧了，和区里的对不上。登记的都在本机。把程序更新了再传。",
    "forked": "这台电脑的资料像是被拷过一份，接不上了。登记的都在本机。再传一次，还不行就打电话问区里。",
    "epoch": "区里的资料恢复过，要重新对一遍。登记的都在本机。再传一次。",
}
_BEGAN_ANEW = {
    "epoch": "区里的资料恢复过，和这里重新对了一遍，这里写过的又传了一次。",
    "writer": "这台电脑的资料恢复过或拷过一份，换了个编号接着传，一处也没少。",
    "place": "这里并到{place}了，原来的都在。关了程序再打开一次。",
}
"""What a desk mended by itself and a person should still know, by what changed about it during the round."""
_DISTRUSTED = "对方不像是区里的服务器，没有传。登记的都在本机。看看网络，再打电话问区里。"
_GARBLED = "收到的东西读不懂，没有收。登记的都在本机。过一会儿再传。"
_NO_LINE = "没网，没传。登记的都在本机，有网就自动接着传。"
_CUT = "传到一半断了，收下的不用重传。"
_LARGE = "区里要从这台电脑拿走 {leaving} 件（一共 {held} 件），先停下来了。一件也没少。问过区里再接着。"


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What one round came to, with the sentence for a notice; the ids touched, by type.

    pull_too_large: (leaving, held), many_struck: (struck out, held), when a person must agree first.
    """

    state: State
    sentence: str
    applied: int = 0
    received: int = 0
    refused: int = 0
    clashes: int = 0
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pull_too_large: tuple[int, int] | None = None
    many_struck: tuple[int, int] | None = None


class Exchange:
    """Rounds of one desk with its hub, run by a timer, a button or a command; one kept connection serves them all.

    usual_minutes: how long after an agreed round the next is due (the setting exchange_minutes).
    """

    def __init__(
        self,
        store: Store,
        make_transport: Callable[[], Transport],
        *,
        now: Callable[[], datetime],
        random: Random,
        usual_minutes: Callable[[], int] = lambda: 5,
    ) -> None:
        self._store = store
        self._make_transport = make_transport
        self._transport: Transport | None = None
        self._now = now
        self._retry = Retry(random)
        self._usual_minutes = usual_minutes
        self._page, self._chunk = _kept_page(store), Chunk()
        self._due: datetime | None = now()

    def due_at(self) -> datetime | None:
        """When the timer should run the next round; None while a person must decide something first."""
        return self._due

    def run(self, stopped: Callable[[], bool] = lambda: False) -> RoundResult:
        """One round, logged whatever comes of it. Never raises for what a line, a hub or a full disk can do."""
        report, started, before = Round(), self._now(), self._bearings()
        problem = self._try(report, stopped)
        result = _told(_result(report, problem), before, self._bearings())
        self._plan(problem)
        self._log(result, problem, report, started)
        return result

    def run_files(self, stopped: Callable[[], bool] = lambda: False) -> FileReport:
        """Move files until all are over, records wait, or the next round is due. Never raises for a line or a hub."""
        report = FileReport()
        with suppress(ExchangeError, StoreError):
            self._transport = self._transport or self._make_transport()
            FileLane(
                self._store.files,
                self._transport,
                self._store.replica.identity(),
                seconds=time.monotonic,
                held=lambda: stopped() or self._store.waiting() > 0 or self._is_due(),
                chunk=self._chunk,
                report=report,
            ).run()
            self._store.files.sweep()
        return report

    def _is_due(self) -> bool:
        return self._due is not None and self._due <= self._now()

    def allow_large_pull(self) -> None:
        """The person agreed that the district takes that many records away; the next round may."""
        self._store.allow_large_pull()
        self._due = self._now()

    def _bearings(self) -> dict[str, str]:
        """Under which epoch, writer and place this desk exchanges."""
        try:
            standing, desk = self._store.replica.standing(), self._store.desk()
        except StoreError:
            return {}
        return {"epoch": standing.epoch, "writer": standing.writer, "place": desk.place, "place_name": desk.place_name}

    def allow_struck(self) -> None:
        """The person agreed that what is struck out here goes to the district; the next round may."""
        self._store.allow_struck()
        self._due = self._now()

    def _try(self, report: Round, stopped: Callable[[], bool]) -> Exception | None:
        try:
            self._store.check_struck()
            self._transport = self._transport or self._make_transport()
            road, replica = self._transport, self._store.replica
            run_round(replica, road, clock_ms=self._now_ms, page=self._page, report=report, stopped=stopped)
            parcels.pass_on(self._store, road)
        except (ExchangeError, PullTooLarge, StoreError) as problem:
            return problem
        return None

    def _plan(self, problem: Exception | None) -> None:
        ends_it = isinstance(problem, Halted) and problem.code in ("revoked", "unknown", "protocol")
        if ends_it or isinstance(problem, PullTooLarge | ManyStruck | NotEnrolled | Distrusted):
            self._due = None
            return
        self._retry.usual_seconds = 60 * self._usual_minutes()
        wait = self._retry.after_failure() if problem else self._retry.after_success()
        self._due = self._now() + timedelta(seconds=wait)

    def _log(self, result: RoundResult, problem: Exception | None, report: Round, started: datetime) -> None:
        figures = _figures(report, (self._now() - started).total_seconds(), result)
        with suppress(StoreError):  # a full disk has already been told by the round itself
            self._store.log_round(_outcome(result, problem), figures)
            self._store.set_setting(PACE, [self._page.size_bytes, self._page.changes])
            if report.agreed and report.proof:
                self._store.set_setting(AGREED, {"at_ms": self._now_ms(), "count": report.proof.count})

    def _now_ms(self) -> int:
        return round(self._now().timestamp() * 1000)


def _told(result: RoundResult, before: Mapping[str, str], after: Mapping[str, str]) -> RoundResult:
    """The result, saying first what the desk had to begin anew. A new epoch brings a new writer by itself."""
    changed = [what for what in _BEGAN_ANEW if before.get(what) and before[what] != after.get(what)]
    if not changed:
        return result
    news = _BEGAN_ANEW[changed[0]].format(place=after["place_name"])
    return replace(result, sentence=news + result.sentence)


def _kept_page(store: Store) -> PageSize:
    """The page the line carried last time."""
    kept = store.setting(PACE)
    is_page = isinstance(kept, list) and len(kept) == 2 and all(isinstance(n, int) for n in kept)
    return PageSize(*kept) if is_page else PageSize()  # type: ignore[misc]


def _result(report: Round, problem: Exception | None) -> RoundResult:
    state, sentence = _state(report, problem)
    large = (problem.leaving, problem.held) if isinstance(problem, PullTooLarge) else None
    struck = (problem.struck, problem.held) if isinstance(problem, ManyStruck) else None
    records = {kind: frozenset(ids) for kind, ids in report.records.items()}
    return RoundResult(state, sentence, report.applied, report.received, report.refused, report.clashes, records, large,
                       struck)  # fmt: skip


def _state(report: Round, problem: Exception | None) -> tuple[State, str]:
    if problem is None:
        return ("agreed", _agreed(report)) if report.agreed else ("cut", "还没传完，歇一会儿接着传。")
    if isinstance(problem, Unreachable):
        return ("cut", _CUT) if report.applied or report.received else ("none", _NO_LINE)
    if isinstance(problem, PullTooLarge):
        return "trouble", _LARGE.format(leaving=problem.leaving, held=problem.held)
    if isinstance(problem, Halted):
        return "trouble", HALTS.get(problem.code, f"区里说：{problem.why}。登记的都在本机。")
    if isinstance(problem, StoreError):
        return "trouble", str(problem)
    return "trouble", _DISTRUSTED if isinstance(problem, Distrusted) else _GARBLED


def _agreed(report: Round) -> str:
    parts = [
        f"传出 {report.applied} 条" if report.applied else "",
        f"收进 {report.received} 条" if report.received else "",
    ]
    done = "，".join(part for part in parts if part)
    count = f"两边都是 {report.proof.count:,} 件，一致" if report.proof else "两边一致"
    return f"{done}。{count}。" if done else f"{count}。"


def _outcome(result: RoundResult, problem: Exception | None) -> str:
    """The word for the log: agreed, partial, or the error's name with the code of a halt."""
    if problem is None:
        return "agreed" if result.state == "agreed" else "partial"
    name = type(problem).__name__
    return f"{name}:{problem.code}" if isinstance(problem, Halted) else name


def _figures(report: Round, lasted_seconds: float, result: RoundResult) -> dict[str, Any]:
    return {
        "state": result.state,
        "sentence": result.sentence,
        "sent": report.applied,
        "received": report.received,
        "refused": report.refused,
        "clashes": report.clashes,
        "seconds": round(lasted_seconds, 1),
        "sent_bytes": report.sent_bytes,
        "received_bytes": report.received_bytes,
        "requests": report.requests,
        "repaired": report.repaired,
        "skew_ms": report.skew_ms,
        "count": report.proof.count if report.proof else None,
    }
