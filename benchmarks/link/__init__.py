"""The exchange over a bad link that is the same for all: ours beside other ways of sending the same records.

    python -m benchmarks link [--profiles good,weak,hostile,flaky] [--peers ours,zstd,each,anki,pouchdb] [--seed N]

Needs Linux, root and iproute2; see docs/benchmarks.md. The modules: `profiles` and `direction` say what a link does to
a packet, `forwarder` and `ground` do it between network namespaces, `texts` and `records` make the payload, `desks` and
`hubs` are the programs that are compared, `contenders` says how each is started, `trial` runs one of them once.
"""

from __future__ import annotations


def main() -> bool:
    """Print the table; True when a claim does not hold."""
    from benchmarks.link.comparison import compare

    return compare()
