"""A hub in this process and offices that enrolled at it: the real code on both sides, without sockets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.casework.exchange.rounds import Exchange
from sync.client.connection import Reply
from sync.protocol.chain import encode
from sync.protocol.enrolment_code import EnrolmentCode
from sync.protocol.errors import Unreachable
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack
from sync.records.field import Record
from sync.server.hub import Hub
from sync.server.shelf import Shelf
from tests.casework.conftest import COMMITTEE, MONDAY, NEIGHBOUR, TOWN, VILLAGE, Office, officials

AREAS = (("620802000000", "崆峒区", 3), (TOWN, "花所镇", 4), (VILLAGE, "花所村委会", 5), (NEIGHBOUR, "高寨村委会", 5))


@dataclass
class Line:
    """The way to the hub: up, down, or cut after some requests."""

    hub: Hub
    is_up: bool = True
    requests_left: int = 10_000

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """As a `Transport`. Raises Unreachable while the line is down."""
        self.requests_left -= 1
        if not self.is_up or self.requests_left < 0:
            raise Unreachable("no line")
        status, answer = self.hub.handle(path, body, headers)
        if status != 200:
            raise Unreachable(f"HTTP {status}")
        return answer


    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """A file request. Raises Unreachable while the line is down."""
        self.requests_left -= 1
        if not self.is_up or self.requests_left < 0:
            raise Unreachable("no line")
        assert self.hub.file_door is not None
        reply = self.hub.file_door.handle(method, path, body, headers)
        return Reply(reply.status, reply.body, {name.lower(): value for name, value in reply.headers.items()})


@dataclass
class District:
    """The hub with the township's people, and the offices on it."""

    folder: Path
    new_office: Callable[..., Office]
    random: Random = field(default_factory=lambda: Random(11))
    now_ms: int = round(MONDAY.timestamp() * 1000)

    def __post_init__(self) -> None:
        url = f"sqlite:///{self.folder / '区 里.db'}"
        shelf = Shelf(self.folder / "区里 的文件", lambda _: 1 << 40)
        self.hub = Hub.open(url, clock_ms=self.clock_ms, random_bytes=self.random.randbytes, shelf=shelf)
        self.hub.initialise("620802000000", AREAS)
        for kind, record, fields in officials():
            self.hub.add(kind, fields, record)

    def clock_ms(self) -> int:
        """The hub's clock."""
        self.now_ms += 1
        return self.now_ms

    def office(self, name: str, place: str = TOWN) -> tuple[Office, Line, Exchange]:
        """A PC that enrolled, its line, and its rounds."""
        office = self.new_office(name, place=place, random=Random(name), with_officials=False)
        key = Ed25519PrivateKey.from_private_bytes(office.random.randbytes(32))
        public = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        secret = EnrolmentCode.read(self.hub.make_code(place)).secret
        status, body = self.hub.handle("/enrol", pack(Enrol(secret, name, public)), {})
        assert status == 200
        office.store.enrol(unpack(body, Enrolled), key, "https://district.example")
        line = Line(self.hub)
        exchange = Exchange(office.store, lambda: line, now=lambda: office.now, random=office.random)
        assert exchange.run().state == "agreed"
        return office, line, exchange

    def org(self) -> Record:
        """The township's committee as the hub has it."""
        return self.hub.standing_for(TOWN)["mediation_org"][COMMITTEE]
