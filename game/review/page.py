"""A review as one HTML file that needs nothing else: no network, no script, no other file.

The script in it only adds comfort; the content security policy allows that script and the styles
by their hashes and nothing besides. The same review gives the same bytes.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import fields
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from game import __version__
from game.figures.theme import DARK, PAPER, SANS, SERIF, Theme
from game.review import pictures, words
from game.review.model import Review
from game.scenario.library import data_dir

Look = Literal["auto", "paper", "dark"]

LANG = "en"
# Functions of `words` that the template calls.
_WORDS = (
    "amount", "band", "beside", "better_moves", "change", "claims_note", "cost", "gain", "label",
    "place", "signed", "sureness", "trust_state", "turn_label", "turn_name", "word", "words",
)  # fmt: skip
# Marks that turn the direction of what follows, and characters that no text should hold.
_UNWANTED = dict.fromkeys(
    (
        *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000), 0xFFFE,
        0xFFFF,
    )
)  # fmt: skip


def page(review: Review, look: Look = "auto") -> str:
    """The page; `look` fixes its colours, which otherwise follow the reader's own setting."""
    style, script = _style(), _script()
    moves = {move.index: move for move in review.moves}
    drawn = {
        "outcome": pictures.outcome_picture(review, (262, 84)),
        "waterfall": pictures.waterfall_picture(review, (262, 100)),
        "worth_wide": pictures.worth_picture(review, (560, 310)),
        "worth_narrow": pictures.worth_picture(review, (300, 300)),
        "spiral": pictures.spiral_picture(review, (268, 330)),
        "continuum": pictures.continuum_picture(review, (262, 96)),
    }
    return _environment().get_template("page.html").render(
        review=review,
        look=look,
        lang=LANG,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        pictures={name: Markup(svg) for name, svg in drawn.items()},
        circles_text=pictures.circles_text(review),
        sums=words.score_sum(review),
        score_terms=words.score_terms(review),
        accuracy=words.accuracy_sum(review.accuracy),
        phases=words.accuracy_phases(review),
        stretches=words.stretches(review.moves),
        by_index=moves,
        by_entry={move.entry: move.index for move in review.moves},
        key_moves={moment.move for moment in review.moments},
        principles=words.principles_of(review),
        principle_texts={principle.id: principle.text for principle in review.principles},
        names={buyer.id: buyer.name for buyer in review.buyers},
        several=len({t.buyer for move in review.moves for t in move.trust}) > 1,
        last_read=review.reads[-1] if review.reads else None,
        fact_label=lambda told: pictures.fact_label(review, told),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(data_dir("assets") / "review"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(
        ui=lambda id, **values: words.word("ui", id, **values),
        counted=words.word_counted,
        **{name: getattr(words, name) for name in _WORDS},
    )  # fmt: skip
    return made


def _shown(value: Any) -> Any:
    """What a template prints: texts lose what could reorder or break the page around them."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(_UNWANTED)
    return value


# --- styles, script and what may run ------------------------------------------------------------


@cache
def _style() -> str:
    """The style sheet, with the figures' colours as its variables, light and dark."""
    css = (data_dir("assets") / "review" / "page.css").read_text(encoding="utf-8")
    light, dark = _variables(PAPER), _variables(DARK)
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


@cache
def _script() -> str:
    return (data_dir("assets") / "review" / "page.js").read_text(encoding="utf-8")


def _family(names: str) -> str:
    """Font families as a style sheet wants them: quoted, but for the generic one at the end."""
    *own, generic = names.split(", ")
    return ",".join([*(f"'{name}'" for name in own), generic])


def _variables(theme: Theme) -> str:
    return "".join(f"--{f.name}:{getattr(theme, f.name)};" for f in fields(Theme))


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, sent or run but these two."""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
