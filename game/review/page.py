"""A review as one HTML file that needs nothing else: no network, no script, no other file.

The script in it only adds comfort; the content security policy allows that script and the styles
by their hashes and nothing besides. The same review gives the same bytes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from game import __version__
from game.review import pictures, words
from game.review.model import Review
from game.review.sheet import Look, environment, policy, style
from game.scenario import language
from game.scenario.library import data_dir

# Functions of `words` that the template calls.
_WORDS = (
    "amount", "band", "beside", "better_moves", "change", "cited", "claims_note", "cost", "gain",
    "label", "moved", "place", "signed", "sureness", "trust_state", "turn_label", "turn_name",
    "word", "words",
)  # fmt: skip


def page(review: Review, look: Look = "auto") -> str:
    """The page; `look` fixes its colours, which otherwise follow the reader's own setting."""
    sheet, script = style("review"), _script()
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
        lang=language.current(),
        direction=language.direction(language.current()),
        version=__version__,
        style=Markup(sheet),
        script=Markup(script),
        policy=policy(sheet, script),
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
    shared: dict[str, Any] = {name: getattr(words, name) for name in _WORDS}
    shared["counted"] = words.word_counted
    return environment("review", ui=lambda id, **values: words.word("ui", id, **values), **shared)


@cache
def _script() -> str:
    return (data_dir("assets") / "review" / "page.js").read_text(encoding="utf-8")
