"""A small district hub inside this process, behind real TLS: for the self-test, also of the frozen program."""

from __future__ import annotations

import os
import time
from pathlib import Path

from desktop import resources
from desktop.demo.tls_server import Answering, TlsServer
from sync.server.hub import Hub
from sync.server.offices import read_divisions
from sync.server.premises import Premises, Settings

DISTRICT, TOWN, VILLAGE = "620802000000", "620802107000", "620802107204"
_CLERK = "马秀兰"


class ToyHub:
    """A hub in a folder, founded with the real divisions of 崆峒区 and one invented clerk."""

    def __init__(self, folder: Path) -> None:
        self._premises = Premises(folder, clock_ms=lambda: time.time_ns() // 1_000_000, random_bytes=os.urandom)
        self._hub: Hub | None = None
        self._server: TlsServer | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        assert self._server is not None
        return self._server.url

    def found(self) -> tuple[str, str]:
        """Found it and open its door; the clerk's account, and a code for the clerk's desk."""
        areas = read_divisions(resources.folder() / "divisions" / "divisions_620800.csv", DISTRICT)
        self._premises.found(Settings(), DISTRICT, areas)
        hub = self._hub = self._premises.open()
        clerk = hub.add_account(_CLERK, TOWN, ["township", "mediator"], post="镇综治中心")
        committee = hub.add("mediation_org", {
            "full_name": "花所镇人民调解委员会", "short_name": "花所", "kind": "乡镇街道", "place_code": TOWN,
            "term_from": "2025-01-01", "status": "在用",
        })  # fmt: skip
        hub.add("mediator", {
            "org_id": committee, "place_code": TOWN, "name": _CLERK, "sex": "2", "role": "委员",
            "phone": "13809350000", "account_id": clerk, "valid_from": "2020-01-01",
        })  # fmt: skip
        self._open_door(hub)
        return clerk, hub.make_code(TOWN)

    def holds(self, dispute: str) -> bool:
        """Whether the hub has taken a dispute in."""
        assert self._hub is not None
        return dispute in self._hub.standing_for(DISTRICT).get("dispute", {})

    def stop(self) -> None:
        """Close it."""
        if self._server is not None:
            self._server.stop()
        if self._hub is not None:
            self._hub.close()

    def _open_door(self, hub: Hub) -> None:
        class Door(Answering):
            def do_GET(self) -> None:
                self.reply(*hub.handle(self.path, b"", {}))

            def do_POST(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.reply(*hub.handle(self.path, self.read_body(), headers))

        authority = self._premises.authority
        self._server = TlsServer(authority.server_file, authority.server_key_file, Door)
        self._server.start()
