"""Whatever a test opens is closed after it: a suite of hundreds of sessions must not run out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest

from game.workshop.service import Service

_OF_THE_PROCESS = 2  # what Python opens once, such as the pipe to its tracker of resources


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets every session of a test go, and sees that its descriptors went too."""
    made: list[Service] = []
    begin = Service.__init__

    def begun(self: Service, *arguments: object, **named: object) -> None:
        begin(self, *arguments, **named)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(Service, "__init__", begun)
    before = _open()
    yield
    for service in made:
        service.close()
    if _open() > before:
        gc.collect()  # sockets of clients that nobody holds any more
    assert _open() <= before + _OF_THE_PROCESS, "descriptors are left open"


def _open() -> int:
    return len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
