"""Font files for the pages, from the packages that they are installed with."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

_PACKAGES = ("font_hanken_grotesk", "font_source_serif_pro")


@cache
def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            found |= {path.name: path for path in (Path(folder) / "files").glob("*.otf")}
    return found


def font_path(file: str) -> Path | None:
    """The file of a font by its name; None for anything else."""
    return _files().get(file)
