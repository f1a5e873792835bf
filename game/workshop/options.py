"""What `longlunch host` is asked for; nothing heavy is imported for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from game.workshop.room.state import Mode

GOING_ON = 18 * 3600.0  # seconds: an unfinished session is gone on with so long


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. Without `port` it is the usual one, or one that is free."""

    scenarios: tuple[str, ...] = ()
    port: int | None = None
    bind: str = ""
    address: str = ""  # what phones are told; "" for the likeliest
    window: bool = True
    store: str = ""
    certificate: Path | None = None
    key: Path | None = None
    new: bool = False
    title: str = ""
    seed: int = 1
    mode: Mode | None = None  # None: in parallel, without phones round the table
    phones: bool = True
    keep_until: float | None = None  # seconds since 1970; None leaves it as it is
    as_json: bool = False
    attended: bool = False  # takes orders from standard input, and ends with it


def default_store() -> str:
    """The database in the user's data folder."""
    folder = Path(platformdirs.user_data_dir("longlunch", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'workshop.sqlite3'}"
