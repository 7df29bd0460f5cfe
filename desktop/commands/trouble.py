"""Every error a command can meet, in words: what happened, that nothing is lost, what to do."""

from __future__ import annotations

from desktop.casework.errors import CaseworkError
from desktop.casework.exchange.enrolment import NotJoined
from desktop.casework.ledgers import LedgerRefused
from desktop.casework.portable.gathering import ExportCancelled
from desktop.papers.refusal import PaperRefused
from desktop.store import StoreError
from sync.protocol.errors import Distrusted, ExchangeError, Unreachable


class Refused(Exception):
    """A command that was not carried out; the text is for the person."""


class Misused(Exception):
    """A command that was written in a way that cannot be carried out; the text says how to write it."""


def words(problem: BaseException) -> str | None:
    """What to say about a problem; None when it is a fault of the program."""
    if isinstance(problem, CaseworkError | LedgerRefused | PaperRefused | NotJoined):
        return problem.message
    if isinstance(problem, StoreError | Refused | Misused):
        return str(problem)
    if isinstance(problem, ExchangeError):
        return _line(problem)
    if isinstance(problem, ExportCancelled):
        return "停下了，没有存文件。原来的文件没有动。"
    return "停下了。已经存好的都在。" if isinstance(problem, KeyboardInterrupt) else None


def _line(problem: ExchangeError) -> str:
    if isinstance(problem, Unreachable):
        return "连不上区里，什么也没有做。看看网线和地址，再试一次。"
    if isinstance(problem, Distrusted):
        return "对方不像是区里的服务器，什么也没有做。看看网络，再打电话问区里。"
    return "区里的回答读不懂，什么也没有做。过一会儿再试，还不行就打电话问区里。"
