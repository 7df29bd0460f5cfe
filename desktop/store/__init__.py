"""The encrypted local store: one file per PC, opened by a person's own secret. No Qt, no HTTP.

A day at the desk, in calls:

    folder = Folder(path, around)                          # time, randomness, free space; folder.people()
    key = folder.unlock(account, secret, now_ms=...)       # WrongSecret, LockedOut
    store = Store.open(folder, key, summariser=...)
    store.save([Edit("dispute", id, {"title": "..."})], by=account)
    store.record("dispute", id); store.children("party", id); store.disputes(DisputeQuery(...))
    run_round(store.replica, transport, ...)               # sync.client
    store.changed.append(listener)                         # told alike by save and by the exchange
"""

from desktop.store.argon import Argon
from desktop.store.edit import Changes, Edit
from desktop.store.errors import (
    ClockDoubt,
    Damaged,
    InUse,
    LockedOut,
    LockError,
    ManyStruck,
    NewerVersion,
    NoSpace,
    NotAStore,
    NotEnrolled,
    OpenError,
    OtherComputer,
    ReadOnly,
    StoreError,
    WriteError,
    WrongRecoveryCode,
    WrongSecret,
)
from desktop.store.folder import Folder
from desktop.store.keys import Keyholder, StoreKey
from desktop.store.restoring import mend_keys, restore
from desktop.store.rows import (
    Clash,
    Desk,
    DisputePage,
    DisputeQuery,
    DisputeRow,
    Draft,
    Found,
    HistoryLine,
    PersonHit,
    RefusedChange,
    RoundLine,
    SealedRecord,
    Side,
    Tab,
    WaitingRecord,
)
from desktop.store.sticks import KeptParcel, KeptStick
from desktop.store.store import Store
from desktop.store.summary import NO_SUMMARY, ReadSetting, Summarise, Summariser, Summary
from desktop.store.surroundings import Surroundings

__all__ = [
    "NO_SUMMARY",
    "Argon",
    "Changes",
    "Clash",
    "ClockDoubt",
    "Damaged",
    "Desk",
    "DisputePage",
    "DisputeQuery",
    "DisputeRow",
    "Draft",
    "Edit",
    "Folder",
    "Found",
    "HistoryLine",
    "InUse",
    "KeptParcel",
    "KeptStick",
    "Keyholder",
    "LockError",
    "LockedOut",
    "ManyStruck",
    "NewerVersion",
    "NoSpace",
    "NotAStore",
    "NotEnrolled",
    "OpenError",
    "OtherComputer",
    "PersonHit",
    "ReadOnly",
    "ReadSetting",
    "RefusedChange",
    "RoundLine",
    "SealedRecord",
    "Side",
    "Store",
    "StoreError",
    "StoreKey",
    "Summarise",
    "Summariser",
    "Summary",
    "Surroundings",
    "Tab",
    "WaitingRecord",
    "WriteError",
    "WrongRecoveryCode",
    "WrongSecret",
    "mend_keys",
    "restore",
]
