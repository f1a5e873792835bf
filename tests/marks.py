"""Which of many alike cases run after every change, and which in continuous integration alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def spread(cases: Iterable[Any], at_once: int = 1) -> list[Any]:
    """The cases as parameters, all but the first few marked `long`."""
    return [
        case if k < at_once else pytest.param(case, marks=pytest.mark.long)
        for k, case in enumerate(cases)
    ]
