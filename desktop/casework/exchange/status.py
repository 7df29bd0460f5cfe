"""The exchange in words: the card that is always there, and the page behind it (picture 07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from desktop.casework import spoken
from desktop.casework.attachments import shelf
from desktop.casework.desk import Desk
from desktop.casework.disputes.change_log import moment_of, unsent_of
from desktop.casework.disputes.closed import may_read
from desktop.casework.exchange import departed, handing_over
from desktop.casework.exchange.rounds import AGREED, FORGOTTEN
from desktop.store import HistoryLine, RefusedChange, WaitingRecord
from desktop.store import RoundLine as LoggedRound
from sync.protocol import limits
from sync.protocol.refusals import REFUSALS
from sync.records import declared
from sync.records.codec import canonical

_STICK_WORDS = {"agreed": "U盘带去又带回，两边一致"}
_ROUND_WORDS = {"agreed": "两边一致", "cut": "中途断了，收下的不重传", "none": "没网，没传"}
_COUNTED = {"refused": "没收下 {} 件", "clashes": "{} 处改得不一样，等人来定", "repaired": "对出 {} 件不一样，已补齐"}
_LATE = "都好好存在这台电脑上。看看网络通不通；急的先打电话告诉区里。"
_SEALED = "关起门谈的一件"
_LISTED, _SHOWN = 500, 60


@dataclass(frozen=True, slots=True)
class ExchangeCard:
    """The facts that are always visible. all_agreed: 全部同步, only after an agreed proof with nothing waiting since.

    waiting: records not yet with the district; oldest: since when the oldest waits. agreed_at: the last agreed
    proof. trouble: one sentence that a person should know, "" when there is none. refused: changes not taken.
    files: attachments whose file has not gone over.
    late_days: for how many days the oldest has waited, once that is too long (the setting late_days); else 0.
    """

    waiting: int
    oldest: datetime | None
    agreed_at: datetime | None
    all_agreed: bool
    trouble: str
    refused: int
    files: int = 0
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round. state: agreed, cut, none (no line), trouble. seconds: how long, None when there was no line.

    sent, received: changes; the bytes are those of the bodies. words: what came of it; more: what else a person
    should know of it; sentence: the whole of what was said.
    """

    at: datetime
    sent: int
    received: int
    seconds: float | None
    state: Literal["agreed", "cut", "none", "trouble"]
    words: str
    more: str = ""
    sent_bytes: int = 0
    received_bytes: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A record that waits: 第 2 次调解记录 / 王有福与李建军… · 马秀兰 / since when. kind: record type, for the icon."""

    kind: str
    record: str
    dispute_id: str
    title: str
    second: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A change the district did not take, and why in words. asked: the district was asked about it already.

    may_hand_over: its dispute is somebody else's now, who can be given the words.
    """

    change_id: str
    kind: str
    record: str
    dispute_id: str
    title: str
    why: str
    since: datetime
    asked: bool
    may_hand_over: bool = False


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """The page. headline, detail: sentences. waiting: the oldest ones. waiting_bytes: about how much waits in all,
    None for nothing. skew: how far this clock is off, or "". left: what went elsewhere of late, by name.
    is_forgotten: the district does not know this PC any more, a new code is needed."""

    card: ExchangeCard
    headline: str
    detail: str
    refused: tuple[RefusedLine, ...]
    rounds: tuple[RoundLine, ...]
    waiting: tuple[WaitingLine, ...]
    waiting_bytes: int | None
    skew: str
    left: tuple[str, ...]
    is_forgotten: bool


def card(desk: Desk) -> ExchangeCard:
    """The always-visible facts; quick."""
    waiting, refused = desk.store.waiting_list(_LISTED), desk.store.refused_list()
    last = next(iter(desk.store.rounds(1)), None)
    agreed = desk.store.setting(AGREED)
    at = moment_of(desk, int(agreed["at_ms"])) if isinstance(agreed, dict) else None
    files = shelf.totals(desk).outgoing
    oldest_ms = min((record.oldest_ms for record in waiting), default=None)
    oldest = moment_of(desk, oldest_ms) if oldest_ms is not None else None
    return ExchangeCard(
        waiting=len(waiting) if len(waiting) < _LISTED else desk.store.waiting(),
        oldest=oldest,
        agreed_at=at,
        all_agreed=bool(last and last.outcome == "agreed" and not files and not desk.store.unsent()),
        trouble=_trouble(last, len(refused)),
        refused=len(refused),
        files=files,
        late_days=_late_days(desk, oldest),
    )


def page(desk: Desk, *, rounds: int = 20) -> ExchangePage:
    """The facts of the page."""
    facts, lines, waiting = card(desk), desk.store.rounds(rounds), desk.store.waiting_list(_SHOWN)
    unsent = _unsent(desk, waiting)
    return ExchangePage(
        card=facts,
        headline=_headline(facts),
        detail="".join((_detail(desk, facts, lines), _files(desk))),
        refused=tuple(_refused(desk, change) for change in desk.store.refused_list()),
        rounds=tuple(_round(desk, line) for line in lines),
        waiting=tuple(_waiting(desk, record, unsent) for record in waiting),
        waiting_bytes=_size(unsent, len(waiting), facts.waiting),
        skew=_skew(lines),
        left=departed.lines(desk),
        is_forgotten=bool(lines) and lines[0].outcome == FORGOTTEN,
    )


def send_again(desk: Desk, refused: RefusedLine) -> None:
    """改了再传: offer the record as it now is."""
    desk.store.resend(refused.record, desk.account.id)


def hand_over(desk: Desk, refused: RefusedLine) -> None:
    """交给现在管的单位: the words go to those who hold the dispute now."""
    handing_over.hand_over(desk, refused.change_id)


def ask_district(desk: Desk, refused: RefusedLine) -> None:
    """问区里: pass the question on with the next round."""
    desk.store.ask_district(refused.change_id)


def keep_here(desk: Desk, refused: RefusedLine) -> None:
    """不传了，留底: never offered again, still readable here."""
    desk.store.drop_refused(refused.change_id)


def _late_days(desk: Desk, oldest: datetime | None) -> int:
    days = (desk.now() - oldest).days if oldest else 0
    return days if days >= desk.settings.number("late_days") else 0


def _headline(facts: ExchangeCard) -> str:
    if facts.late_days:
        return f"有 {facts.waiting} 件没传到区里，最早的等了 {facts.late_days} 天"
    if facts.waiting:
        return f"还有 {facts.waiting} 件没传到区里，都好好存在这台电脑上"
    if facts.refused:
        return f"有 {facts.refused} 件区里没收下，内容都在这台电脑上"
    if facts.files:
        return f"记录都传到区里了，还有 {facts.files} 个附件等着上传"
    return "全部同步" if facts.all_agreed else "没有要传的，还没和区里对过账"


def _detail(desk: Desk, facts: ExchangeCard, lines: list[LoggedRound]) -> str:
    late = _LATE if facts.late_days and not facts.trouble else ""
    return late + _last_proof(desk, facts, lines)


def _last_proof(desk: Desk, facts: ExchangeCard, lines: list[LoggedRound]) -> str:
    agreed = desk.store.setting(AGREED)
    if not isinstance(agreed, dict) or facts.agreed_at is None:
        return facts.trouble or "还没有和区里对过账。有网就自动传。"
    when = spoken.iso_moment(facts.agreed_at.isoformat(), desk.now())
    proof = f"最近一次对账是 {when}：两边都是 {agreed['count']:,} 件，一致。"
    failing = bool(lines) and lines[0].outcome != "agreed"
    said = facts.trouble.rstrip("。") or "有网就自动接着传"
    return f"{said}。{proof}" if failing else proof


def _files(desk: Desk) -> str:
    """What the second lane still has to do."""
    total = shelf.totals(desk)
    size = f"{max(1, total.outgoing_bytes // 1024):,} KB"
    out = f"还有 {total.outgoing} 个附件等着上传，约 {size}，等记录传完再传。" if total.outgoing else ""
    return out + (f"有 {total.incoming} 个附件等着取回来。" if total.incoming else "")


def _trouble(last: LoggedRound | None, refused: int) -> str:
    if refused:
        return f"有 {refused} 件区里没收下，其余照常"
    state = last.figures.get("state") if last else None
    return str(last.figures.get("sentence", "")) if last and state == "trouble" else ""


def _round(desk: Desk, line: LoggedRound) -> RoundLine:
    figures, state = line.figures, line.figures.get("state", "trouble")
    known = _STICK_WORDS if "stick" in figures else _ROUND_WORDS
    sentence = str(figures.get("sentence", ""))
    return RoundLine(
        at=moment_of(desk, line.at_ms),
        sent=figures.get("sent", 0),
        received=figures.get("received", 0),
        seconds=None if state == "none" else figures.get("seconds"),
        state=state,
        words=known.get(state) or sentence.split("。")[0],
        more=_more(figures, state),
        sent_bytes=0 if state == "none" else figures.get("sent_bytes", 0),
        received_bytes=figures.get("received_bytes", 0),
        sentence=sentence,
    )


def _more(figures: Mapping[str, Any], state: str) -> str:
    """What else came of a round: what needs a person, and in trouble what to do."""
    counted = [words.format(figures[name]) for name, words in _COUNTED.items() if figures.get(name)]
    told = str(figures.get("sentence", "")).partition("。")[2] if state == "trouble" else ""
    return "，".join(counted) or told


def _waiting(desk: Desk, record: WaitingRecord, unsent: Sequence[HistoryLine]) -> WaitingLine:
    title, dispute = _titles(desk, record.type, record.record, record.dispute)
    authors = dict.fromkeys(line.by for line in reversed(unsent) if line.record == record.record)
    who = "、".join(filter(None, map(desk.directory.account_name, authors)))
    second = " · ".join(part for part in (dispute, who) if part)
    return WaitingLine(
        record.type, record.record, record.dispute, title, second, moment_of(desk, record.oldest_ms)
    )


def _unsent(desk: Desk, waiting: Sequence[WaitingRecord]) -> list[HistoryLine]:
    """The changes of these records that the district does not have, newest first."""
    return unsent_of(desk.store.history([record.record for record in waiting]))


def _size(unsent: Sequence[HistoryLine], looked_at: int, count: int) -> int | None:
    """About how many bytes wait, reckoned from the oldest ones."""
    return sum(len(canonical(line.set)) for line in unsent) * count // looked_at if looked_at else None


def _refused(desk: Desk, change: RefusedChange) -> RefusedLine:
    title, second = _titles(desk, change.type, change.record, change.dispute)
    second = second or (change.title if change.left else "")
    why = change.why or REFUSALS.get(change.code, "区里没说为什么")
    return RefusedLine(
        change_id=change.id,
        kind=change.type,
        record=change.record,
        dispute_id="" if change.left else change.dispute,
        title=f"{title}（{second}）" if second else title,
        why=f"区里说：{why}。您写的内容还在。",
        since=moment_of(desk, change.told_ms),
        asked=change.asked,
        may_hand_over=handing_over.may_hand_over(change),
    )


def _titles(desk: Desk, kind: str, record_id: str, dispute_id: str) -> tuple[str, str]:
    """第 2 次调解记录, and the dispute it belongs to; 登记：… for the dispute itself."""
    dispute = desk.store.record("dispute", dispute_id or record_id) or {}
    title = str(dispute.get("title") or "") if not dispute or may_read(desk, dispute) else _SEALED
    label = declared(kind).label
    if kind == "dispute":
        return f"{label}：{title}" if title else label, ""
    record = desk.store.record(kind, record_id) or {}
    if kind == "session":
        return f"第 {record.get('seq')} 次{label}", title
    named = f"{label} {record['name']}" if record.get("name") and title != _SEALED else label
    return named, title


def _skew(lines: list[LoggedRound]) -> str:
    heard = next((line.figures for line in lines if line.figures.get("requests")), {})
    skew_ms = int(heard.get("skew_ms") or 0)
    if abs(skew_ms) < limits.SKEW_MS:
        return ""
    faster = "快" if skew_ms > 0 else "慢"
    return f"这台电脑的时间比区里{faster}了 {spoken.lasting(abs(skew_ms) / 1000)}，登记的都在，把日期和时间调准。"
