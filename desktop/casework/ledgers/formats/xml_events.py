"""XML read as a stream of start and end events, in bounded memory and time."""

from __future__ import annotations

from typing import IO, Protocol
from xml.parsers import expat

from desktop.casework.ledgers.grid import Budget
from desktop.casework.ledgers.refusal import damaged, too_big

_CHUNK = 1 << 16
_LONGEST_TOKEN = 1 << 20


class Events(Protocol):
    """What listens to the stream; names come without their namespace prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text between tags."""


class _LocalNames(dict[str, str]):
    """Names without prefixes, each cut only once."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def feed(stream: IO[bytes], events: Events, budget: Budget) -> None:
    """Read a part of a workbook to its end.

    Raises LedgerRefused when it is no XML, declares entities, or costs more than the budget.
    """
    parser = _parser(events)
    fed = 0
    try:
        while chunk := stream.read(_CHUNK):
            budget.spend_bytes(len(chunk))
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise too_big("里面有一段内容长得不正常")
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error


def _parser(events: Events) -> expat.XMLParserType:
    """A parser whose first element decides whether names have to be cut from their prefix."""
    parser = expat.ParserCreate()
    local = _LocalNames()

    def first(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            parser.StartElementHandler = lambda name, attributes: events.start(local[name], attributes)
            parser.EndElementHandler = lambda name: events.end(local[name])
        else:
            parser.StartElementHandler, parser.EndElementHandler = events.start, events.end
        events.start(local[name], attributes)

    parser.buffer_text = True
    parser.StartElementHandler = first
    parser.CharacterDataHandler = events.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    """No office program writes a DOCTYPE; entity bombs need one."""
    raise damaged()
