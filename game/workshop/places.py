"""Where phones can reach this machine: its networks, the likeliest first, and the port it takes."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import re
import socket
from dataclasses import dataclass

from game.workshop.trouble import HostError

PORT = 8765
_TRIED = 20  # ports from the usual one on, before any is taken
_IN_USE = (errno.EADDRINUSE, errno.EACCES)  # Windows says the second of an exclusive port
_EVERYWHERE = ("", "0.0.0.0", "::")
# Networks that no phone is in: tunnels to elsewhere, and those of machines inside this machine.
_TUNNEL = re.compile(r"^(tun|tap|utun|wg|ppp|ipsec|zt|tailscale|nordlynx)|vpn|wireguard|anyconnect")
_INSIDE = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|awdl|llw|bridge1\d\d)"
    r"|vethernet|virtualbox|vmware|hyper-v|wsl|bluetooth|loopback"
)
_CARRIER = ipaddress.ip_network("100.64.0.0/10")  # shared by carriers, and used by tunnels


@dataclass(frozen=True, slots=True)
class Place:
    """An address of this machine. `network` is what the system calls it: wlan0, Wi-Fi, en0."""

    address: str
    network: str
    likely: bool = True  # whether phones may well be in the same network

    @property
    def host(self) -> str:
        """As it stands in a link."""
        return f"[{self.address}]" if ":" in self.address else self.address


def places(bind: str) -> list[Place]:
    """Where phones can reach this machine, the likeliest first; no packet is sent for it."""
    if bind not in _EVERYWHERE:
        return [Place(bind, "")]
    found = _ranked(_adapters(bind == "::"), _towards_the_world())
    return found or [Place("127.0.0.1", "", likely=False)]


def _adapters(six: bool) -> list[tuple[str, str]]:
    """(address, network) of every address that is no loopback."""
    import ifaddr  # a server that was given its address does without

    found = []
    with contextlib.suppress(OSError):
        for adapter in ifaddr.get_adapters():
            for one in adapter.ips:
                text = one.ip if isinstance(one.ip, str) else one.ip[0]
                address = ipaddress.ip_address(text)
                local = address.is_loopback or (address.version == 6 and address.is_link_local)
                if not local and (address.version == 4 or six):
                    found.append((text, adapter.nice_name))
    return found


def _ranked(found: list[tuple[str, str]], outward: str) -> list[Place]:
    """The best first: real networks before tunnels, private addresses first, then the route out."""

    def doubt(pair: tuple[str, str]) -> tuple[int, bool, bool]:
        address, network = ipaddress.ip_address(pair[0]), pair[1].casefold()
        elsewhere = bool(_TUNNEL.search(network) or _INSIDE.search(network))
        carried = address.version == 4 and address in _CARRIER
        level = 3 if elsewhere else 2 if carried else 1 if address.is_link_local else 0
        return level, address.version == 6, pair[0] != outward

    ordered = sorted(dict.fromkeys(found), key=doubt)
    return [Place(a, network, likely=doubt((a, network))[0] < 2) for a, network in ordered]


def _towards_the_world() -> str:
    """The address that a packet to the internet would leave from; "" without such a way."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # a reserved address: only the route is looked up
        return str(probe.getsockname()[0])
    return ""


def listening(bind: str, port: int | None) -> socket.socket:
    """A socket that listens nowhere yet. Without a port: the usual one, else one that is free.

    Raises :class:`HostError` (H002).
    """
    if port is not None:
        return _bound(bind, port)
    for wanted in range(PORT, PORT + _TRIED):
        if not _taken(bind, wanted):
            return _bound(bind, wanted)
    return _bound(bind, 0)


def _taken(bind: str, port: int) -> bool:
    try:
        _bound(bind, port).close()
    except HostError as refused:
        return isinstance(refused.__cause__, OSError) and refused.__cause__.errno in _IN_USE
    return False


def _bound(bind: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    # On Windows the option means something else: that a port in use may be taken as well.
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        if bind == "::":
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        found.bind((bind or "0.0.0.0", port))
    except (OSError, OverflowError) as problem:
        found.close()
        why = getattr(problem, "strerror", None) or str(problem)
        raise HostError(
            "H002",
            f"the server cannot listen there: {why}",
            expected="an address of this machine and a free port",
            fix="leave --port out, or name another one",
            file=f"{bind or '0.0.0.0'}:{port}",
        ) from problem
    return found
