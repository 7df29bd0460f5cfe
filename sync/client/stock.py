"""Taking current state in pages, before the feed: open matters first, to be worked with after the first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeAlias

from sync.client.caller import Caller
from sync.client.pace import PageSize
from sync.client.replica import Replica, Stocking, Taken
from sync.protocol import limits
from sync.protocol.errors import ExchangeError, Garbled, Halted, NoSuchDoor, Unreachable
from sync.protocol.packing import pack
from sync.protocol.stock import Stock, Stocked, unbind

PATH = "/stock"
_Answer: TypeAlias = tuple[Stocked, list[bytes], Sequence[Any]]
"""The answer, the bytes of its pieces, and what the replica has already read of them."""
TRIES = 3
"""Failures in a row, each with half the room, before the round gives up until the timer tries again."""


def take_stock(
    replica: Replica,
    caller: Caller,
    page: PageSize,
    *,
    push: Callable[[], None],
    took: Callable[[Taken], None],
    stopped: Callable[[], bool],
) -> None:
    """Take the pages this desk still lacks; nothing when the feed is its road. `push` sends what waits meanwhile.

    What was stored stays: after a cut the next call goes on from there. A hub that knows no pages, or whose pages
    cannot be read, is asked for its feed instead. Raises Unreachable, Distrusted, Garbled or Halted.
    """
    failures = 0
    with _Line(replica, caller, page) as line:
        while (step := replica.stocking()) is not None and not stopped():
            if replica.waiting() and not line.is_busy:
                push()
            try:
                answer, bodies, read = line.answer(step)
                if answer.halt:
                    failures += 1
                    _mend(replica, answer, failures)
                    continue
                line.ask_ahead(step, answer)
                took(replica.take_stock(answer, bodies, read))
                failures = 0
            except NoSuchDoor:
                replica.read_history()
            except (Unreachable, Garbled) as problem:
                failures += 1
                line.clear()
                page.shrink()
                if failures >= TRIES:
                    _give_up(replica, problem)


class _Line:
    """Asks one answer ahead: while a page is stored the next is on its way, so the line hides behind the processor."""

    def __init__(self, replica: Replica, caller: Caller, page: PageSize) -> None:
        self._replica = replica
        self._caller = caller
        self._page = page
        self._thread = ThreadPoolExecutor(1, "stock")
        self._ahead: Future[_Answer] | None = None

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
        self._thread.shutdown()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way; then nobody else may use the line."""
        return self._ahead is not None

    def answer(self, step: Stocking) -> _Answer:
        """The answer asked for ahead, or one asked for now. Raises as `Caller.fetch` does, and Garbled."""
        ahead, self._ahead = self._ahead or self._ask(step), None
        return ahead.result()

    def ask_ahead(self, step: Stocking, answer: Stocked) -> None:
        """Ask for what follows this answer, unless that cannot be told yet or something waits to be sent first."""
        self._page.learn(self._caller.last_bytes, self._caller.last_seconds)
        following = None if self._replica.waiting() else _following(step, answer)
        self._ahead = self._ask(following) if following else None

    def clear(self) -> None:
        """Wait for an answer nobody wants any more."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            with suppress(ExchangeError):
                ahead.result()

    def _ask(self, step: Stocking) -> Future[_Answer]:
        standing, want = self._replica.standing(), list(step.want[: limits.RECORDS])
        number, room = self._replica.next_number(), self._page.size_bytes
        question = Stock(standing.writer, number, room, standing.epoch, want, step.offset, step.check)
        return self._submit(lambda: self._fetch(question))

    def _fetch(self, question: Stock) -> _Answer:
        """Fetch, and read what came: that is half the work, and done while the page before is being written."""
        answer, bodies = unbind(self._caller.fetch(PATH, pack(question)))
        return answer, bodies, self._replica.read_stock(answer, bodies)

    def _submit(self, act: Callable[[], _Answer]) -> Future[_Answer]:
        """Beside this thread when the road goes out of this process, else at once: so that simulations stay the same
        however threads happen to run."""
        if self._caller.runs_beside:
            return self._thread.submit(act)
        done: Future[_Answer] = Future()
        try:
            done.set_result(act())
        except ExchangeError as problem:
            done.set_exception(problem)
        return done


def _following(step: Stocking, answer: Stocked) -> Stocking | None:
    """What to ask for once this answer is stored; None when nothing is left, or a new plan is needed first."""
    if answer.gone or not answer.pieces:
        return None
    last, want = answer.pieces[-1], tuple(answer.plan) or step.want
    if last.name not in want:
        return None
    end, place = last.offset + last.length, want.index(last.name)
    if end < last.size:
        return Stocking(want[place:], end, last.check)
    return Stocking(want[place + 1 :]) if want[place + 1 :] else None


def _give_up(replica: Replica, problem: ExchangeError) -> None:
    if not isinstance(problem, Garbled):
        raise problem
    replica.read_history()


def _mend(replica: Replica, answer: Stocked, failures: int) -> None:
    """Do what a desk can do itself about a halt, else raise Halted."""
    if failures >= TRIES:
        raise Halted(answer.halt, answer.why)
    if answer.halt == "epoch":
        replica.begin_epoch(answer.epoch)
    elif answer.halt == "forked":
        replica.take_new_writer()
    elif answer.halt != "replayed":
        raise Halted(answer.halt, answer.why)
