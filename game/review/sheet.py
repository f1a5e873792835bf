"""What every page of ours is made of: its colours and styles, what may run in it, clean texts.

A page is one HTML file that needs nothing else: no network, no other file. The content security
policy allows its own styles and script by their hashes and nothing besides.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from game.figures.theme import DARK, PAPER, SANS, SERIF, Theme
from game.scenario.library import data_dir

Look = Literal["auto", "paper", "dark"]

# A page comes in two colourings, so the colours of its figures are the names of its variables.
VARIABLES = Theme(**{f.name: f"var(--{f.name})" for f in fields(Theme)})

# Marks that turn the direction of what follows, and characters that no text should hold.
_UNWANTED = dict.fromkeys(
    (
        *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000), 0xFFFE,
        0xFFFF,
    )
)  # fmt: skip


def environment(folder: str, **shared: Any) -> Environment:
    """Templates of a folder of assets, with the pages' own behind them; `shared` are its globals.

    Every text is escaped; a name without a value raises.
    """
    assets = data_dir("assets")
    made = Environment(
        loader=FileSystemLoader([assets / folder, assets / "page"]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(shared)
    return made


def _shown(value: Any) -> Any:
    """What a template prints: texts lose what could reorder or break the page around them."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(_UNWANTED)
    return value


@cache
def style(folder: str) -> str:
    """The style sheet of a folder of assets after the pages' own, with the figures' colours as its
    variables, light and dark."""
    light, dark = _variables(PAPER), _variables(DARK)
    sheets = (data_dir("assets") / part for part in ("page/base.css", f"{folder}/page.css"))
    css = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return (
        f":root{{color-scheme:light;--sans:{_family(SANS)};--serif:{_family(SERIF)};"
        "--good-text:color-mix(in srgb,var(--good) 62%,var(--ink));"
        f"{light}}}\n"
        "@media (prefers-color-scheme:dark){:root:not([data-look=paper])"
        f"{{color-scheme:dark;{dark}}}}}\n"
        f":root[data-look=dark]{{color-scheme:dark;{dark}}}\n"
        f"{css}"
        f"@media print{{:root:root:root{{color-scheme:light;{light}}}}}\n"
    )


def _family(names: str) -> str:
    """Font families as a style sheet wants them: quoted, but for the generic one at the end."""
    *own, generic = names.split(", ")
    return ",".join([*(f"'{name}'" for name in own), generic])


def _variables(theme: Theme) -> str:
    return "".join(f"--{f.name}:{getattr(theme, f.name)};" for f in fields(Theme))


def policy(style: str, script: str = "", fonts: str = "") -> str:
    """Nothing is loaded, sent or run but these; `fonts`: from where fonts may come."""
    runs = f"script-src 'sha256-{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"{runs}{f'font-src {fonts}; ' if fonts else ''}base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
