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
        self._waiting: defaultdict[str, set[Watch]] = defaultdict(set)
        self.edition = 0  # grows when everything must be fetched anew

    @property
    def versions(self) -> list[tuple[str, int]]:
        """The version of every part that has one."""
        return list(self._versions.items())

    def version(self, part: str) -> int:
        return self._versions.get(part, 0)

    def newest(self, parts: Iterable[str]) -> int:
        """The version of what follows several parts."""
        return max(self._versions.get(part, 0) for part in parts)

    def publish(self, versions: Iterable[tuple[str, int]]) -> None:
        """Parts have changed and are on disk: wake who waits for them."""
        for part, version in versions:
            if version > self._versions.get(part, 0):
                self._versions[part] = version
                for watch in self._waiting.get(part, ()):
                    watch.wake()

    def start_over(self, versions: Iterable[tuple[str, int]]) -> None:
        """What was published may have been wrong: everybody fetches everything."""
        self._versions = dict(versions)
        self.edition += 1
        self.wake()

    def wake(self) -> None:
        """Wake everybody, as before the server ends."""
        for watches in self._waiting.values():
            for watch in watches:
                watch.wake()

    def watch(self, parts: Iterable[str]) -> Watch:
        return Watch(self, frozenset(parts))

    @property
    def watchers(self) -> int:
        """How many waits are registered, each once a part."""
        return sum(map(len, self._waiting.values()))

    def _enter(self, parts: frozenset[str], watch: Watch) -> None:
        for part in parts:
            self._waiting[part].add(watch)

    def _leave(self, parts: frozenset[str], watch: Watch) -> None:
        for part in parts:
            self._waiting[part].discard(watch)
            if not self._waiting[part]:
                del self._waiting[part]


class Watch:
    """One client's wait for some parts; use it as a context."""

    def __init__(self, hub: Hub, parts: frozenset[str]) -> None:
        self._hub, self.parts = hub, parts
        self._changed = False
        self._waits: asyncio.Future[None] | None = None

    def __enter__(self) -> Watch:
        self._hub._enter(self.parts, self)
        return self

    def __exit__(self, *_: object) -> None:
        self._hub._leave(self.parts, self)

    def wake(self) -> None:
        """One of the parts has changed."""
        self._changed = True
        self._stop()

    def change(self, parts: Iterable[str]) -> None:
        """Wait for other parts from now on."""
        wanted = frozenset(parts)
        if wanted != self.parts:
            self._hub._leave(self.parts, self)
            self.parts = wanted
            self._hub._enter(wanted, self)

    async def wait(self, seconds: float) -> bool:
        """Until one of the parts changes; False after so many seconds without a change."""
        if not self._changed:
            loop = asyncio.get_running_loop()
            self._waits = loop.create_future()
            timer = loop.call_later(seconds, self._stop)
            try:
                await self._waits
            finally:
                timer.cancel()
                self._waits = None
        changed, self._changed = self._changed, False
        return changed

    def _stop(self) -> None:
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(None)
