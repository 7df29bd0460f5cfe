"""One round of exchange. `run_round` reads as the protocol's table of contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from sync.client.caller import Caller
from sync.client.pace import PageSize
from sync.client.repair import read_anew, repair
from sync.client.replica import Replica, Taken
from sync.client.stock import take_stock
from sync.client.transport import Transport
from sync.protocol import limits
from sync.protocol.chain import named, sign
from sync.protocol.errors import Garbled, Halted, Unreachable
from sync.protocol.messages import Answer, Ask, Batch, Proof

ASK = "/exchange"
TRIES = 3
"""Failures in a row, each with half the page, before the round gives up until the timer tries again."""


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
    failures, is_stocking = 0, replica.standing().is_stocking
    while not stopped():
        batch, asked = _signed_batch(replica, page), replica.asked()
        ask = _ask(replica, page, batch, asked, clock_ms())
        try:
            answer = _answer(caller, ask)
        except (Unreachable, Garbled):
            failures += 1
            page.shrink()
            if failures >= TRIES:
                raise
            continue
        if answer.halt:
            failures += 1
            _mend(replica, answer, failures)
            continue
        failures = 0
        if is_stocking:
            # What the feed tells now may be about records that are still to come; it is read again afterwards.
            answer = msgspec.structs.replace(answer, cursor=0, entries=[])
        report.skew_ms = ask.clock - answer.clock
        report.add(replica.take(answer, batch, asked))
        page.grow()
        if replica.waiting() == 0 and (is_stocking or not answer.more):
            return answer
    return None


def _answer(caller: Caller, ask: Ask) -> Answer:
    """The hub's answer, its verdicts named. Raises as `Caller.call` does."""
    answer = caller.call(ASK, ask, Answer)
    if answer.halt:
        return answer
    return msgspec.structs.replace(answer, verdicts=named(answer.verdicts, ask.batch))


def _signed_batch(replica: Replica, page: PageSize) -> Batch | None:
    batch = replica.next_batch(page.changes, page.size_bytes)
    identity = replica.identity()
    return sign(identity.key, identity.hub, batch) if batch else None


def _ask(replica: Replica, page: PageSize, batch: Batch | None, asked: list[str], clock_ms: int) -> Ask:
    standing = replica.standing()
    return Ask(
        writer=standing.writer,
        number=replica.next_number(),
        cursor=standing.cursor,
        room=limits.ROOM_LEAST if standing.is_stocking else page.size_bytes,
        clock=clock_ms,
        epoch=standing.epoch,
        batch=batch,
        asked=asked,
    )


def _mend(replica: Replica, answer: Answer, failures: int) -> None:
    """Do what a desk can do itself about a halt, else raise Halted."""
    if failures >= TRIES:
        raise Halted(answer.halt, answer.why)
    if answer.halt == "epoch":
        replica.begin_epoch(answer.epoch)
    elif answer.halt == "forked":
        replica.take_new_writer()
    elif answer.halt != "replayed":
        raise Halted(answer.halt, answer.why)


def _prove(replica: Replica, caller: Caller, proof: Proof, report: Round) -> None:
    """Compare both sides' proofs; mend the scope that differs, once."""
    report.proof = proof
    if replica.proof() != proof:
        taken = repair(replica, caller)
        report.repaired = sum(len(ids) for ids in taken.records.values())
        report.add(taken)
    report.agreed = replica.proof() == proof
