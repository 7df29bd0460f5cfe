"""The first day of a desk: the one-time code, who may work here, the first person's secret."""

from __future__ import annotations

import platform
from contextlib import closing
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.store import Folder, Store, Summariser
from sync.client import enrolment
from sync.client.transport import HttpsTransport
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Distrusted, ExchangeError, Garbled, Unreachable
from sync.protocol.messages import Enrolled, Person

_WRONG_CODE = "入网码不对。什么也没有动。对着区里给的那张纸，再核对一遍。"
_NO_LINE = "连不上区里。什么也没有动。看看网线和地址，再试一次。"
_OTHER_HUB = "这个地址不是发入网码的那个区里。什么也没有动。核对一下地址，再问问区里。"
_GARBLED = "区里的回答读不懂。什么也没有动。打电话问问区里。"


class NotJoined(Exception):
    """The district did not take the desk in; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, repr=False)
class Joined:
    """The district took this desk in: who may work here. Only in memory until `start` has made the store."""

    folder: Folder
    url: str
    enrolled: Enrolled
    key: Ed25519PrivateKey

    @property
    def people(self) -> tuple[Person, ...]:
        """The accounts that may use this PC."""
        return tuple(self.enrolled.people)

    @property
    def place_name(self) -> str:
        """Where the district says this desk stands."""
        return self.enrolled.place_name


@dataclass(frozen=True, slots=True, repr=False)
class Started:
    """The open store of a new desk, and the recovery code, to be shown once and printed."""

    store: Store
    recovery_code: str


def enrol(folder: Folder, url: str, code: str, *, name: str = "") -> Joined:
    """Show the one-time code to the district at `url`; the CA the code vouches for is pinned in the folder.

    name: what this PC is called; its host name when "". Raises NotJoined.
    """
    try:
        read = EnrolmentCode.read(code)
    except ValueError as problem:
        raise NotJoined(_WRONG_CODE) from problem
    key = Ed25519PrivateKey.generate()
    folder.path.mkdir(parents=True, exist_ok=True)
    public_key = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    try:
        enrolment.fetch_ca(url, read, folder.ca_file)
        with closing(HttpsTransport(url, folder.ca_file)) as transport:
            enrolled = enrolment.enrol(transport, read, name or platform.node(), public_key)
    except ExchangeError as problem:
        raise NotJoined(_why(problem)) from problem
    if enrolled.refused:
        raise NotJoined(f"区里没有接入：{enrolled.refused}。什么也没有动。问区里要一个新的入网码。")
    return Joined(folder, url, enrolled, key)


def start(joined: Joined, person: Person, secret: str, *, summariser: Summariser) -> Started:
    """Make the store for the first person and remember who this desk is. Raises StoreError."""
    store_key, recovery_code = joined.folder.set_up(person.id, person.name, secret)
    store = Store.open(joined.folder, store_key, summariser=summariser)
    store.enrol(joined.enrolled, joined.key, joined.url)
    return Started(store, recovery_code)


def rejoin(store: Store, folder: Folder, code: str, *, name: str = "") -> Joined:
    """Join again with everything that is here, after the district has lost this desk. Raises NotJoined."""
    here = store.desk()
    joined = enrol(folder, here.hub_url, code, name=name)
    if joined.enrolled.place != here.place:
        raise NotJoined(f"这个入网码是给{joined.place_name}开的，这里是{here.place_name}。什么也没有动。要一个这里的。")
    store.enrol(joined.enrolled, joined.key, joined.url)
    return joined


def _why(problem: ExchangeError) -> str:
    messages = {Unreachable: _NO_LINE, Distrusted: _OTHER_HUB, Garbled: _GARBLED}
    return next((words for kind, words in messages.items() if isinstance(problem, kind)), _GARBLED)
