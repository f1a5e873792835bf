"""Several sellers in one batch, each with rows of his own: a step of it costs little more than one.

Rows are functions of their own keys, so everybody plays just as he would alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.arithmetic import Bools, Ints
from game.core.legal import Flags
from game.core.view import Values, View
from game.policies.seller import Seller


@dataclass(slots=True)
class Memories:
    """What each seller remembers of his rows."""

    whose: Ints  # (n,) the seller of each row, ascending
    each: list[Any]

    def rows(self, index: Any) -> Memories:
        chosen = np.arange(self.whose.size)[index]
        whose = self.whose[chosen]
        firsts = np.searchsorted(self.whose, np.arange(len(self.each)))
        parts = [
            memory.rows(chosen[whose == k] - first)
            for k, (memory, first) in enumerate(zip(self.each, firsts.tolist(), strict=True))
        ]
        return Memories(whose, parts)


class Abreast:
    """Sellers who share a batch: the first has its first n / len(sellers) rows, and so on."""

    def __init__(self, sellers: Sequence[Seller]) -> None:
        self.sellers = list(sellers)

    def start(self, n: int) -> Memories:
        each, left = divmod(n, len(self.sellers))
        assert not left, "as many rows for everybody"
        whose = np.repeat(np.arange(len(self.sellers), dtype=np.int32), each)
        return Memories(whose, [seller.start(each) for seller in self.sellers])

    def act(self, view: View, flags: Flags, memory: Memories, u: Any) -> Ints:
        """The action of every row, (n,) int32."""
        ends = np.searchsorted(memory.whose, np.arange(len(self.sellers) + 1)).tolist()
        choice = np.empty(memory.whose.size, np.int32)
        for k, (seller, own) in enumerate(zip(self.sellers, memory.each, strict=True)):
            rows = slice(ends[k], ends[k + 1])
            if rows.start < rows.stop:
                choice[rows] = seller.act(_Part(view, rows), _PartFlags(flags, rows), own, u[rows])
        return choice


class _Part(Mapping[str, Values]):
    """Some rows of a base view."""

    def __init__(self, view: View, rows: slice) -> None:
        self._view, self._rows = view, rows

    def __getitem__(self, name: str) -> Values:
        return self._view[name][self._rows]

    def __iter__(self) -> Iterator[str]:
        return iter(self._view)

    def __len__(self) -> int:
        return len(self._view)


class _PartFlags(Flags):
    """Some rows of flags, shared with the other rows."""

    def __init__(self, flags: Flags, rows: slice) -> None:
        super().__init__(flags._rules, flags._state)
        self._whole, self._rows = flags, rows

    def __getitem__(self, name: str) -> Bools:
        return self._whole[name][self._rows]

    def meets(self, needs: tuple[str, ...], forbids: tuple[str, ...]) -> Bools:
        return self._whole.meets(needs, forbids)[self._rows]
