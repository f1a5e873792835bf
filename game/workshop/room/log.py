"""What happened in a session, as a list of records: the only thing that is kept.

Everything else, people and seats, games and votes, follows from the records in their order. So a
server that starts again after a crash stands where it stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is about to be made.

    `key` names what can happen only once, such as the third move at a table: whoever asks for it
    again, after a lost reply or with a second click, is told what became of the first.
    """

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened. `seq` counts from 1 without gaps, `at` is seconds since 1970.

    `actor` is the id of a person, "host" for a console, or "clock" for a timer that ran out.
    """

    seq: int
    at: float
    actor: str
    kind: str
    data: Mapping[str, Any]
    key: str = ""
