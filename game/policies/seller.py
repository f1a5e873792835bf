"""What every seller is."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from game.core.arithmetic import Ints
from game.core.legal import Flags
from game.core.observe import Observation
from game.core.view import View


class Seller(Protocol):
    """Plays a batch: sees the base view and the legal flags, nothing else."""

    def start(self, n: int) -> Any: ...

    def act(self, view: View, flags: Flags, memory: Any, u: Any) -> Ints: ...


@runtime_checkable
class Watching(Seller, Protocol):
    """A seller who learns from every turn; `at_once` rows of his are played together."""

    at_once: int

    def see(self, memory: Any, action: Ints, seen: Observation, view: View) -> None: ...
