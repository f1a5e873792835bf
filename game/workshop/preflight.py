"""Whether phones reach this laptop: a page that says so, and the console hears of it.

Guest networks often keep their devices apart, and firewalls ask once and are then forgotten. Only
a phone that has read a page of this server proves anything.
"""

from __future__ import annotations

import ipaddress
from collections import deque
from dataclasses import dataclass

MOST = 8  # visits that are remembered
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """A device that has read the page. `at` is seconds since 1970; `system` may be ""."""

    at: float
    address: str
    system: str
    itself: bool  # the laptop looked at its own page, which proves nothing


class Visits:
    """The devices that arrived last, each once. `number` counts every change."""

    def __init__(self) -> None:
        self._found: deque[Visit] = deque(maxlen=MOST)
        self.number = 0

    def arrived(self, at: float, address: str, agent: str, own: str) -> Visit:
        """Somebody has read the page; `own` is the address that phones are told."""
        system = next((name for mark, name in _SYSTEMS if mark in agent), "")
        visit = Visit(at, address, system, _own(address, own))
        for one in [v for v in self._found if (v.address, v.system) == (address, system)]:
            self._found.remove(one)
        self._found.append(visit)
        self.number += 1
        return visit

    @property
    def newest(self) -> list[Visit]:
        """The devices, the newest first."""
        return list(self._found)[::-1]


def _own(address: str, own: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback or address == own
    except ValueError:
        return False
