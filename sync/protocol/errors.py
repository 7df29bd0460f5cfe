"""What can go wrong in an exchange.

ExchangeError
├── Unreachable   no line, cut, timed out, hub busy: try again later, nothing is lost
│   └── NoSuchDoor  an older hub that does not know this request
├── Distrusted    the other end is not our hub: stop and say so
├── Garbled       bytes that are not a message: try again with a smaller page, then say so
└── Halted        the hub will not exchange with this desk as it is (code says why)
"""

from __future__ import annotations


class ExchangeError(Exception):
    """Anything that ends a round early. What waits still waits."""


class Unreachable(ExchangeError):
    """The line or the hub did not answer; the only cure is to try again.

    may_have_arrived: whether the hub may have heard the question, and only its answer was lost.
    was_connected: whether there was a line at all; if not, nothing is learnt about how much it carries.
    """

    def __init__(self, why: str = "", *, may_have_arrived: bool = True, was_connected: bool = True) -> None:
        super().__init__(why)
        self.may_have_arrived = may_have_arrived and was_connected
        self.was_connected = was_connected


class NoSuchDoor(Unreachable):
    """The hub is of an older version and does not know this request."""


class Distrusted(ExchangeError):
    """The certificate is not the one pinned at enrolment."""


class Garbled(ExchangeError):
    """The bytes received are not a message of this protocol."""


class Halted(ExchangeError):
    """The hub refuses to exchange; `code` is one of `Answer.halt`."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(why or code)
        self.code = code
        self.why = why
