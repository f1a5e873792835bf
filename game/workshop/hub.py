"""Who waits for which part of a page, and what version of it everybody has.

Nothing is queued for anybody: a client that falls behind, sleeps or stops reading gets the newest
version of what changed when it comes back, and costs nothing in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol


class Watcher(Protocol):
    """Somebody who wants to know when something has changed."""

    def wake(self) -> None:
        """Something has changed that is watched, or there is something else to look at."""


class Hub:
    """Versions of parts; a version is the seq of the record that changed the part last."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._waiting: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._watched: dict[Watcher, frozenset[str]] = {}
        self.edition = 0  # grows when everything must be fetched anew

    @property
    def versions(self) -> list[tuple[str, int]]:
        """The version of every part that has one."""
        return list(self._versions.items())

    def version(self, part: str) -> int:
        return self._versions.get(part, 0)

    def newest(self, parts: Sequence[str]) -> int:
        """The version of what follows several parts."""
        versions = self._versions
        if len(parts) == 1:
            return versions.get(parts[0], 0)
        return max([versions.get(part, 0) for part in parts])

    def publish(self, versions: Iterable[tuple[str, int]]) -> None:
        """Parts have changed and are on disk: wake who waits for them."""
        for part, version in versions:
            if version > self._versions.get(part, 0):
                self._versions[part] = version
                for watcher in self._waiting.get(part, ()):
                    watcher.wake()

    def start_over(self, versions: Iterable[tuple[str, int]]) -> None:
        """What was published may have been wrong: everybody fetches everything."""
        self._versions = dict(versions)
        self.edition += 1
        self.wake()

    def wake(self) -> None:
        """Wake everybody, as before the server ends."""
        for watcher in list(self._watched):
            watcher.wake()

    def watch(self, watcher: Watcher, parts: Iterable[str]) -> None:
        """Wake somebody when one of these parts changes, and no longer for others."""
        self.leave(watcher)
        self._watched[watcher] = wanted = frozenset(parts)
        for part in wanted:
            self._waiting[part].add(watcher)

    def leave(self, watcher: Watcher) -> None:
        """Wake somebody no more."""
        for part in self._watched.pop(watcher, ()):
            self._waiting[part].discard(watcher)
            if not self._waiting[part]:
                del self._waiting[part]

    def watchers(self, part: str) -> int:
        """How many wait for a change of this part."""
        return len(self._waiting.get(part, ()))
