"""Who waits for which part of a page, and what version of it everybody has.

Nothing is queued for anybody: a client that falls behind, sleeps or stops reading gets the newest
version of what changed when it comes back, and costs nothing in between.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable


class Hub:
    """Versions of parts; a version is the seq of the record that changed the part last."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.edition = 0  # grows when everything must be fetched anew

    @property
    def versions(self) -> list[tuple[str, int]]:
        """The version of every part that has one."""
        return list(self._versions.items())

    def version(self, part: str) -> int:
        return self._versions.get(part, 0)

    def publish(self, versions: Iterable[tuple[str, int]]) -> None:
        """Parts have changed and are on disk: wake who waits for them."""
        for part, version in versions:
            if version > self._versions.get(part, 0):
                self._versions[part] = version
                for event in self._waiting.get(part, ()):
                    event.set()

    def start_over(self, versions: Iterable[tuple[str, int]]) -> None:
        """What was published may have been wrong: everybody fetches everything."""
        self._versions = dict(versions)
        self.edition += 1
        self.wake()

    def wake(self) -> None:
        """Wake everybody, as before the server ends."""
        for events in self._waiting.values():
            for event in events:
                event.set()

    def watch(self, parts: Iterable[str]) -> Watch:
        return Watch(self, frozenset(parts))

    @property
    def watchers(self) -> int:
        """How many waits are registered, each once a part."""
        return sum(map(len, self._waiting.values()))

    def _enter(self, parts: frozenset[str], event: asyncio.Event) -> None:
        for part in parts:
            self._waiting[part].add(event)

    def _leave(self, parts: frozenset[str], event: asyncio.Event) -> None:
        for part in parts:
            self._waiting[part].discard(event)
            if not self._waiting[part]:
                del self._waiting[part]


class Watch:
    """One client's wait for some parts; use it as a context."""

    def __init__(self, hub: Hub, parts: frozenset[str]) -> None:
        self._hub, self.parts, self._event = hub, parts, asyncio.Event()

    def __enter__(self) -> Watch:
        self._hub._enter(self.parts, self._event)
        return self

    def __exit__(self, *_: object) -> None:
        self._hub._leave(self.parts, self._event)

    def change(self, parts: Iterable[str]) -> None:
        """Wait for other parts from now on."""
        self._hub._leave(self.parts, self._event)
        self.parts = frozenset(parts)
        self._hub._enter(self.parts, self._event)

    async def wait(self, seconds: float) -> bool:
        """Until one of the parts changes; False after so many seconds without a change."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        self._event.clear()
        return True
