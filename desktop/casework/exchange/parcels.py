"""Passing on what other desks put on a stick: unopened, after this desk's own round, as often as it takes."""

from __future__ import annotations

from contextlib import suppress

from desktop.store import Store
from sync.client.caller import Caller
from sync.client.carrier import pass_on as post
from sync.client.transport import Transport
from sync.protocol.carrier import Unfit, read_label
from sync.protocol.errors import ExchangeError, Halted


def pass_on(store: Store, road: Transport) -> None:
    """Hand every parcel without an answer to the district. What the line does not carry now goes next time."""
    caller = Caller(road, store.replica.identity())
    with suppress(ExchangeError):
        for parcel in store.sticks.parcels():
            if not parcel.is_answered and not parcel.unfit:
                passed = post(store.replica, caller, store.sticks.parcel_file(parcel.seq))
                if passed.halt:
                    raise Halted(passed.halt)
                if passed.unfit or _is_for(parcel.device, parcel.serial, passed.receipt):
                    store.sticks.answer_parcel(parcel.seq, passed.receipt or None, passed.unfit)


def _is_for(device: str, serial: int, receipt: bytes) -> bool:
    try:
        label = read_label(receipt)
    except Unfit:
        return False
    return (label.kind, label.device, label.serial) == ("receipt", device, serial)
