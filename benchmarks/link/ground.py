"""Network namespaces with a wire between them: one for the hub, one for each desk. Needs Linux, root and iproute2."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from benchmarks.link.forwarder import Forwarder, Wire, open_tun

PREFIX = "fqlink"
HUB = "10.77.0.1"
"""Where every desk finds its hub: an address of the hub's own, whatever wire leads there."""
_NAMES = Path("/run/netns")
_ALLOWED = Path("/proc/sys/net/ipv4/tcp_allowed_congestion_control")
_NUMBERS = itertools.count(1)
_SYSCTLS = {
    "net/ipv4/tcp_congestion_control": "cubic",
    "net/ipv4/tcp_no_metrics_save": "1",
    "net/ipv6/conf/all/disable_ipv6": "1",
}
"""Windows sends by CUBIC; what one connection learned must not help the next run; no neighbour talk on the wire."""


class NotPossibleHere(Exception):
    """The computer cannot make namespaces; the message says what is missing."""


def require() -> None:
    """Raises NotPossibleHere without Linux, root, iproute2 and the TUN device."""
    missing = [tool for tool in ("ip", "nsenter", "setpriv") if shutil.which(tool) is None]
    if not sys.platform.startswith("linux"):
        raise NotPossibleHere("the link is made of Linux network namespaces; there are none here")
    if os.geteuid() != 0:
        raise NotPossibleHere("network namespaces need root: run it again as root, for instance with sudo")
    if missing:
        raise NotPossibleHere(f"not installed: {', '.join(missing)} (Debian: apt-get install iproute2 util-linux)")
    if not Path("/dev/net/tun").exists():
        raise NotPossibleHere("no /dev/net/tun: load the module tun, or give it to the container")


def sweep() -> None:
    """Remove namespaces of runs that were killed; those of living runs stay."""
    for name in sorted(path.name for path in _NAMES.glob(f"{PREFIX}-*")):
        owner = name.split("-")[1]
        if not Path(f"/proc/{owner}").exists():
            _ip("netns", "del", name)


class Namespace:
    """A network of its own. What runs in it ends with this program, even when that is killed."""

    def __init__(self, role: str) -> None:
        self.name = f"{PREFIX}-{os.getpid()}-{next(_NUMBERS)}-{role}"
        _ip("netns", "add", self.name)
        _ip("-n", self.name, "link", "set", "lo", "up")
        with _cubic_allowed():
            for key, value in _SYSCTLS.items():
                self.call("sh", "-c", f"echo {value} > /proc/sys/{key}")

    def command(self, words: Sequence[str]) -> list[str]:
        """The words that run a command in here."""
        return ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={_NAMES / self.name}", *words]

    def call(self, *words: str) -> None:
        """Run it and wait. Raises RuntimeError with what it said."""
        done = subprocess.run(self.command(words), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")

    def start(
        self, words: Sequence[str], *, extra: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.Popen[str]:
        """Start it and go on."""
        environment = {**os.environ, **(extra or {})}
        return subprocess.Popen(self.command(words), env=environment, text=True, encoding="utf-8", **more)

    def close(self) -> None:
        """Give it back."""
        with suppress(RuntimeError):
            _ip("netns", "del", self.name)


@dataclass
class Line:
    """A desk's namespace and its wire to the hub's."""

    desk: Namespace
    wire: Wire
    forwarder: Forwarder

    @classmethod
    def lay(cls, hub: Namespace, forwarder: Forwarder) -> Self:
        """A new desk with a wire of its own. The hub must have its address (`hub_namespace`)."""
        number = next(_NUMBERS)
        desk, address = Namespace("desk"), f"10.77.{number // 250 + 1}.{number % 250 + 1}"
        desk_tun = _device(f"fqd{os.getpid()}.{number}"[-15:], desk, address)
        hub_tun = _device(f"fqh{os.getpid()}.{number}"[-15:], hub, "")
        _ip("-n", desk.name, "route", "add", "default", "dev", desk_tun[0], "src", address)
        _ip("-n", hub.name, "route", "add", f"{address}/32", "dev", hub_tun[0], "src", HUB)
        wire = Wire(desk_tun[1], hub_tun[1])
        forwarder.add(wire)
        return cls(desk, wire, forwarder)

    def close(self) -> None:
        """Take it up again."""
        self.forwarder.remove(self.wire)
        self.desk.close()


def hub_namespace() -> Namespace:
    """A namespace with the hub's address."""
    hub = Namespace("hub")
    _ip("-n", hub.name, "address", "add", f"{HUB}/32", "dev", "lo")
    return hub


@contextmanager
def _cubic_allowed() -> Iterator[None]:
    """A namespace may choose only among what the machine allows to everybody; left as it was found, one at a time."""
    with (Path(tempfile.gettempdir()) / f"{PREFIX}.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = _ALLOWED.read_text(encoding="ascii")
        _ALLOWED.write_text(" ".join({*before.split(), "cubic"}), encoding="ascii")
        try:
            yield
        finally:
            _ALLOWED.write_text(before, encoding="ascii")


def _device(name: str, namespace: Namespace, address: str) -> tuple[str, int]:
    descriptor = open_tun(name)
    _ip("link", "set", name, "netns", namespace.name)
    if address:
        _ip("-n", namespace.name, "address", "add", f"{address}/32", "dev", name)
    _ip("-n", namespace.name, "link", "set", name, "mtu", "1500", "up")
    return name, descriptor


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr.strip()}")
