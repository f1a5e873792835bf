"""A full room is let in where the system would by itself allow fewer connections."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASKS = """
import resource
from game.workshop.limits import let_many_in
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
let_many_in()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize(("soft", "hard", "then"), [(256, 4096, 4096), (300, 300, 300)])
def test_as_many_are_let_in_as_the_system_grants(soft: int, hard: int, then: int) -> None:
    asks = _ASKS.format(soft=soft, hard=hard)
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(then), str(hard)]
