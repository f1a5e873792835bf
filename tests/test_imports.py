"""The arrows of docs/architecture.md: who may import whom, read from the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "game"
FACES = ("terminal", "desktop", "workshop", "authoring")
_PLAY = ("policies", "scenario", "core")
_BELOW_FACES = ("review", "looks", "session", "analysis", "figures", *_PLAY)
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "core": (),
    "scenario": ("core",),
    "figures": ("core",),
    "policies": ("scenario", "core"),
    "session": _PLAY,
    "analysis": ("session", *_PLAY),  # it listens to what games say
    "looks": ("session", "figures", *_PLAY),
    "review": ("session", "analysis", "figures", *_PLAY),
    **dict.fromkeys(FACES, _BELOW_FACES),
    "cli": (*_BELOW_FACES, "commands"),
    "commands": (*_BELOW_FACES, *FACES, "arguments"),
    "arguments": (*_BELOW_FACES, *FACES),
    "__main__": ("cli",),
    "__init__": (),
}
# The preview of a scenario is the desktop game itself.
EXCEPTIONS = {("authoring.preview", "desktop")}


def imports(tree: ast.Module) -> Iterator[tuple[str, int, bool]]:
    """Modules below `game` that are imported: (name without `game.`, line, inside a function)."""

    def visit(node: ast.AST, inside: bool) -> Iterator[tuple[str, int, bool]]:
        for child in ast.iter_child_nodes(node):
            names: list[str] = []
            if isinstance(child, ast.Import):
                names = [alias.name for alias in child.names]
            elif isinstance(child, ast.ImportFrom):
                module = child.module or ""
                assert child.level == 0, f"line {child.lineno}: imports here are absolute"
                parts = [f"{module}.{a.name}" for a in child.names]
                names = parts if module == "game" else [module]
            for name in names:
                if name.startswith("game."):
                    yield name.removeprefix("game."), child.lineno, inside
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from visit(child, inside or function)

    return visit(tree, False)


def broken_arrows(module: str, source: str) -> list[str]:
    """What a module (dotted, without `game.`) imports and may not."""
    own = module.split(".")[0]
    found = []
    for name, line, inside in imports(ast.parse(source)):
        target = name.split(".")[0]
        if target in (own, "__version__"):
            continue
        allowed = target in MAY_IMPORT[own] or any(
            (module == user or module.startswith(user + ".")) and target == used
            for user, used in EXCEPTIONS
        )
        if own in ("commands", "arguments") and target in FACES and not inside:
            allowed = False
        if not allowed:
            found.append(f"game.{module}:{line} imports game.{name}")
    return found


def modules() -> list[str]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return [".".join(p.relative_to(PACKAGE).with_suffix("").parts) for p in paths]


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_lies_below_it(module: str) -> None:
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    assert broken_arrows(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source", "broken"),
    [
        ("core.step", "from game.core.state import State", False),
        ("core.step", "from game.scenario.model import Scenario", True),
        ("core.step", "def f():\n    import game.scenario.model", True),
        ("scenario.load", "from game import policies", True),
        ("figures.polar", "import game.scenario.model", True),
        ("session.meeting", "from game.analysis.run import play", True),
        ("terminal.play", "from game.review.report import report", False),
        ("terminal.play", "from game.desktop.window import Window", True),
        ("authoring.preview", "from game.desktop.window import Window", False),
        ("authoring.new", "from game.desktop.window import Window", True),
        ("commands", "from game.terminal.play import main", True),
        ("commands", "def play():\n    from game.terminal.play import main", False),
        ("cli", "def play():\n    from game.terminal.play import main", True),
    ],
)
def test_the_arrows_are_told_apart(module: str, source: str, broken: bool) -> None:
    assert bool(broken_arrows(module, source)) is broken


def test_the_core_needs_numpy_and_the_standard_library_alone() -> None:
    for path in (PACKAGE / "core").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                used = [node.module]
            elif isinstance(node, ast.Import):
                used = [alias.name for alias in node.names]
            else:
                continue
            for name in used:
                assert name.split(".")[0] in {
                    "__future__", "collections", "dataclasses", "enum", "game", "math", "numpy",
                    "typing",
                }, f"{path.name}: {name}"  # fmt: skip
