"""One round of exchange. `run_round` reads as the protocol's table of contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from sync.client.caller import Caller
from sync.client.pace import PageSize
from sync.client.repair import read_anew, repair
from sync.client.replica import Doubt, Replica, Taken
from sync.client.stock import take_stock
from sync.client.transport import Transport
from sync.client.voice import READS, Voice
from sync.protocol import limits
from sync.protocol.chain import named, sign
from sync.protocol.errors import Garbled, Halted, Unreachable
from sync.protocol.messages import Answer, Ask, Batch, Proof

ASK = "/exchange"
TRIES = 3
"""Failures in a row, each with half the page, before the round gives up until the timer tries again."""

MENDS = 5
"""Halts in a row that a desk mends by itself: a new epoch, a copied disk, both at once."""


@dataclass(slots=True)
class Round:
    """What one round did, for the exchange page and the log of rounds."""

    applied: int = 0
    refused: int = 0
    clashes: int = 0
    received: int = 0
    requests: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0
    skew_ms: int = 0
    agreed: bool = False
    repaired: int = 0
    proof: Proof | None = None
    records: dict[str, set[str]] = field(default_factory=dict)

    def add(self, taken: Taken) -> None:
        """Count what one answer changed."""
        self.applied += taken.applied
        self.refused += taken.refused
        self.clashes += taken.clashes
        self.received += taken.received
        for kind, ids in taken.records.items():
            self.records.setdefault(kind, set()).update(ids)


def run_round(
    replica: Replica,
    transport: Transport,
    *,
    clock_ms: Callable[[], int],
    page: PageSize | None = None,
    report: Round | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Round:
    """Send what waits, read what is new, prove that both sides hold the same.

    Each answer is committed before the next question, so a cut loses at most one page.
    Raises Unreachable, Distrusted, Garbled or Halted; `report` holds what was done until then.
    """
    page, report = page or PageSize(), report or Round()
    caller = Caller(transport, replica.identity())

    def push() -> None:
        _exchange_pages(replica, caller, page, report, clock_ms, stopped)

    try:
        take_stock(replica, caller, page, push=push, took=report.add, stopped=stopped)
        answer = _exchange_pages(replica, caller, page, report, clock_ms, stopped)
        if answer is not None and answer.proof is not None:
            if asked := replica.untold(limits.RECORDS):
                report.add(read_anew(replica, caller, asked))
            _prove(replica, caller, answer.proof, report)
    finally:
        report.requests += caller.requests
        report.sent_bytes += caller.sent_bytes
        report.received_bytes += caller.received_bytes
    return report


def _exchange_pages(
    replica: Replica,
    caller: Caller,
    page: PageSize,
    report: Round,
    clock_ms: Callable[[], int],
    stopped: Callable[[], bool],
) -> Answer | None:
    """Question and answer until nothing waits on either side; the last answer carries the proof."""
    failures, voice, is_stocking = 0, Voice(replica), replica.standing().is_stocking
    while not stopped():
        doubt, asked = replica.in_doubt(), replica.asked()
        batch = None if doubt else _signed_batch(replica, page)
        ask = _ask(replica, page, voice.batch(batch), asked, clock_ms(), doubt)
        try:
            answer = _named(caller.post(ASK, voice.body(ask), Answer), batch, doubt)
        except (Unreachable, Garbled) as problem:
            failures += 1
            _learn(replica, voice, page, problem)
            if failures >= TRIES:
                raise
            continue
        if answer.halt:
            failures += answer.halt != "plain"
            if batch:
                replica.unsend()
            _mend(replica, voice, answer, failures)
            continue
        failures = 0
        if is_stocking:
            # What the feed tells now may be about records that are still to come; it is read again afterwards.
            answer = msgspec.structs.replace(answer, cursor=0, entries=[])
        report.skew_ms = ask.clock - answer.clock
        report.add(replica.take(answer, batch, asked))
        page.learn(caller.last_bytes, caller.last_seconds)
        if replica.waiting() == 0 and (is_stocking or not answer.more):
            return answer
    return None


def _named(answer: Answer, batch: Batch | None, doubt: Doubt | None) -> Answer:
    """The hub's answer, each verdict with the id of its change. Raises Garbled when they do not match.

    Verdicts on links that are not ours, though they bear our numbers, are the answer "forked".
    """
    if answer.halt:
        return answer
    if doubt is None:
        return msgspec.structs.replace(answer, verdicts=named(answer.verdicts, batch))
    count = len(answer.verdicts)
    if count and answer.head not in doubt.heads[count - 1 : count]:
        return msgspec.structs.replace(answer, halt="forked")
    told = zip(answer.verdicts, doubt.ids, strict=False)
    return msgspec.structs.replace(answer, verdicts=[msgspec.structs.replace(v, id=i) for v, i in told])


def _learn(replica: Replica, voice: Voice, page: PageSize, problem: Unreachable | Garbled) -> None:
    """After a failure: a smaller page, plainer words when these were not understood, no doubt where there is none."""
    if isinstance(problem, Garbled):
        voice.speak_up()
    elif not problem.may_have_arrived:
        replica.unsend()
    if isinstance(problem, Garbled) or problem.was_connected:
        page.shrink()


def _signed_batch(replica: Replica, page: PageSize) -> Batch | None:
    batch = replica.next_batch(page.changes, page.size_bytes)
    if batch is None:
        return None
    identity = replica.identity()
    return sign(identity.key, identity.hub, batch)


def _ask(
    replica: Replica, page: PageSize, batch: Batch | None, asked: list[str], clock_ms: int, doubt: Doubt | None
) -> Ask:
    standing = replica.standing()
    return Ask(
        writer=standing.writer,
        number=replica.next_number(batch.first + len(batch.links) - 1 if batch else 0),
        cursor=standing.cursor,
        room=limits.ROOM_LEAST if standing.is_stocking else page.size_bytes,
        clock=clock_ms,
        epoch=standing.epoch,
        batch=batch,
        asked=asked,
        reads=list(READS),
        since=doubt.first if doubt else 0,
        keyless=not standing.carrier,
    )


def _mend(replica: Replica, voice: Voice, answer: Answer, failures: int) -> None:
    """Do what a desk can do itself about a halt, else raise Halted, or Garbled when the plainest words are not read.

    One "replayed" may be the echo of a request that the road delivered twice; a second one in a row is a copy of
    this disk that has used up our numbers.
    """
    if failures > MENDS:
        raise Halted(answer.halt, answer.why)
    if answer.halt == "epoch":
        replica.begin_epoch(answer.epoch)
    elif answer.halt == "forked" or (answer.halt == "replayed" and failures > 1):
        replica.take_new_writer()
    elif answer.halt == "plain":
        voice.speak_up(answer)
    elif answer.halt != "replayed":
        raise Halted(answer.halt, answer.why)


def _prove(replica: Replica, caller: Caller, proof: Proof, report: Round) -> None:
    """Compare both sides' proofs; mend the scope that differs, once."""
    report.proof = proof
    report.agreed = replica.proof() == proof
    if not report.agreed:
        taken = repair(replica, caller)
        report.repaired = sum(len(ids) for ids in taken.records.values())
        report.add(taken)
        report.agreed = replica.proof() == proof
