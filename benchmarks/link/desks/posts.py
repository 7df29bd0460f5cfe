"""Sending without a protocol: the dirty records whole, in one POST under zstd -19, or one POST each.

    python -m benchmarks.link.desks.posts zstd|each FOLDER    (ca.pem lies there)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import requests

from benchmarks.link.desks.telling import await_hub, phase, ready
from benchmarks.link.records import Row, as_lines, squeezed, stock_and_day

HOST, PORT = "10.77.0.1", 8443
URL = f"https://{HOST}:{PORT}/take"
TIMEOUT_SECONDS = 600
"""No time limit of its own, as `requests` has none unless it is told to: the best case of a way without a protocol."""


def bodies(way: str, rows: list[Row]) -> Iterable[tuple[bytes, dict[str, str]]]:
    """The requests of one way of sending."""
    if way == "zstd":
        return [(squeezed(as_lines(rows)), {"Content-Encoding": "zstd"})]
    return [(as_lines([row]), {}) for row in rows]


def posted(session: requests.Session, body: bytes, headers: dict[str, str]) -> bool:
    """Try until it is taken: whoever started this ends it when it takes too long."""
    while True:
        try:
            if session.post(URL, data=body, headers=headers, timeout=TIMEOUT_SECONDS).status_code == 200:
                return True
        except requests.RequestException as problem:
            print(problem, file=sys.stderr, flush=True)


def main() -> None:
    """Send the day."""
    way, folder = sys.argv[1:]
    await_hub(HOST, PORT)
    made = list(bodies(way, stock_and_day()[1].whole))
    session = requests.Session()
    session.trust_env, session.verify = False, str(Path(folder) / "ca.pem")
    ready()
    phase("day", lambda: all(posted(session, body, headers) for body, headers in made))
    phase("noop", lambda: posted(session, b"", {}))
    session.close()
    phase("noop again", lambda: posted(session, b"", {}))


if __name__ == "__main__":
    main()
