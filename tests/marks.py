"""Which of many alike cases run after every change, and which in continuous integration alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from game.scenario.library import shipped

TABLES = ("osaka", "toronto-committee")  # with one buyer, and with two


def spread(cases: Iterable[Any], at_once: int = 1) -> list[Any]:
    """The cases as parameters, all but the first few marked `long`."""
    return [
        case if k < at_once else pytest.param(case, marks=pytest.mark.long)
        for k, case in enumerate(cases)
    ]


def tables() -> list[Any]:
    """All shipped scenarios as parameters, all but `TABLES` marked `long`.

    For rules of the program that hold whatever the table. What tells a changed scenario from an
    unchanged one (golden files, checks of content) runs at every table after every change.
    """
    return [
        name if name in TABLES else pytest.param(name, marks=pytest.mark.long) for name in shipped()
    ]
