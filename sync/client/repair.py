"""After proofs that differ: find the address, then the records, and read just those anew."""

from __future__ import annotations

from collections.abc import Mapping

from sync.client.caller import Caller
from sync.client.replica import Replica, Taken
from sync.protocol import limits
from sync.protocol.errors import Garbled, Halted
from sync.protocol.messages import Compare, Compared, Proof
from sync.protocol.proof import NOTHING

PATH = "/compare"


def repair(replica: Replica, caller: Caller) -> Taken:
    """Make the scopes whose proofs differ equal again; everything else stays untouched."""
    ours, theirs = replica.tallies(), _compare(replica, caller, "tallies").tallies
    taken = Taken()
    for address in sorted(_differing(ours, theirs)):
        records = _differing_records(replica, caller, address)
        for start in range(0, len(records), limits.RECORDS):
            part = records[start : start + limits.RECORDS]
            taken = taken.plus(read_anew(replica, caller, part))
    return taken


def read_anew(replica: Replica, caller: Caller, records: list[str]) -> Taken:
    """These records from all their entries, in halves when one answer would be too large."""
    try:
        entries = _compare(replica, caller, "records", records=records).entries
    except Garbled:
        if len(records) == 1:
            raise
        middle = len(records) // 2
        first = read_anew(replica, caller, records[:middle])
        return first.plus(read_anew(replica, caller, records[middle:]))
    return replica.replace_records(records, entries)


def _differing(ours: Mapping[str, Proof], theirs: Mapping[str, Proof]) -> set[str]:
    return {a for a in {*ours, *theirs} if ours.get(a, NOTHING) != theirs.get(a, NOTHING)}


def _differing_records(replica: Replica, caller: Caller, address: str) -> list[str]:
    ours, theirs = replica.census(address), _compare(replica, caller, "census", address=address).census
    return sorted(r for r in {*ours, *theirs} if ours.get(r) != theirs.get(r))


def _compare(
    replica: Replica, caller: Caller, want: str, *, address: str = "", records: list[str] | None = None
) -> Compared:
    question = Compare(replica.standing().writer, replica.next_number(), want, address, records or [])  # type: ignore[arg-type]
    answer = caller.call(PATH, question, Compared)
    if answer.halt:
        raise Halted(answer.halt, answer.why)
    return answer
