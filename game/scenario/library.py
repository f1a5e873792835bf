"""Where scenarios and common files are: inside the installed package, or beside it."""

from __future__ import annotations

from pathlib import Path

from game.scenario.diagnostics import Diagnostic, ScenarioError, did_you_mean, listing

PACKAGE = Path(__file__).resolve().parent.parent


def data_dir(name: str) -> Path:
    """The folder ``scenarios`` or ``assets``: in the package when installed, else beside it."""
    installed = PACKAGE / "_data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def scenarios_dir() -> Path:
    return data_dir("scenarios")


def common_path(name: str) -> Path:
    """The path of a common file such as ``moves.yaml``."""
    return scenarios_dir() / "common" / name


def shipped() -> dict[str, Path]:
    """Scenarios that come with the program, id to path, in the order of their ids."""
    return {path.stem: path for path in sorted(scenarios_dir().glob("*.yaml"))}


def lessons() -> dict[str, Path]:
    """Scenarios that teach how to play, id to path. Games at them count for nothing that is kept
    of a player, and no list of tables has them."""
    return {path.stem: path for path in sorted(scenarios_dir().glob("lessons/*.yaml"))}


def find_scenario(name: str | Path) -> Path:
    """The path of a shipped id, or a path as given; raises :class:`ScenarioError` (RD004).

    What contains a separator or ends in .yaml or .yml is a path; everything else is an id, unless a
    file of that name lies here.
    """
    text = str(name)
    path = Path(text)
    if isinstance(name, Path) or "/" in text or "\\" in text or path.suffix in (".yaml", ".yml"):
        return path
    known = shipped()
    if text in known:
        return known[text]
    try:
        if text and path.exists():
            return path
    except (OSError, ValueError):
        pass  # a name that no file can have is an unknown id
    raise ScenarioError(
        [
            Diagnostic(
                "RD004",
                f"there is no scenario “{text[:80]}”",
                file=text[:80],
                expected="one of " + listing(known, 40) if known else "a path to a YAML file",
                fix=did_you_mean(text, known, "name one of these, or give the path of a file"),
            )
        ]
    )
