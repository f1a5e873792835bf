"""A balance as one HTML file without a script: figures, and every number of them in a table."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from game import __version__
from game.analysis.balance import Balance
from game.analysis.findings import findings, points
from game.analysis.panel import READER, RECITERS, REFERENCE
from game.analysis.trust_ways import StateUse, TrustWay, uses, ways
from game.authoring import balance_pictures as pictures
from game.authoring import balance_tables as tables
from game.authoring.balance_edit import (
    Edit,
    change_columns,
    change_row,
    edit_word,
    largest,
    turned_line,
    verdict,
)
from game.authoring.balance_words import level, listed, person, said, word
from game.authoring.machine_graph import graph, machine_word
from game.figures.machine_graph import machine_graph
from game.review.sheet import VARIABLES, Look, environment, policy, style
from game.scenario import language

LANG = "en"
_WIDE, _NARROW = 600.0, 310.0
_WHOLE, _MACHINE = 1040.0, 980.0


def page(found: Balance, look: Look = "auto", edit: Edit | None = None) -> str:
    """The page; `look` fixes its colours, which otherwise follow the reader's own setting.

    With `edit` it begins with what an edit changed.

    The same balance gives the same bytes.
    """
    sheet = style("balance")
    met = tables.met_moves(found)
    machine_ways, machine_uses = _machine(found)
    data = graph(found.title, found.machine, machine_ways, machine_uses)
    return _environment().get_template("page.html").render(
        found=found,
        edit=None if edit is None else _edit(edit),
        look=look,
        lang=LANG,
        direction=language.direction(LANG),
        version=__version__,
        style=Markup(sheet),
        policy=policy(sheet),
        pictures={
            **_drawn(found, _WIDE),
            **_drawn(found, _NARROW, "_narrow"),
            **{
                "machine" + suffix: Markup(machine_graph(data, VARIABLES, width, 100))
                for suffix, width in (("", _MACHINE), ("_middle", _WIDE), ("_narrow", _NARROW))
            },
        },
        runs=f"{found.runs:,}",
        people=listed([person(p) for p in found.people]),
        everybody=_sentence(word("ui", "everybody")),
        findings=findings(found),
        trust=[_trust(found, b) for b in range(len(found.people))],
        reference=_reference(found),
        bands_help=pictures.page_word(
            "bands_help", names=listed(list(RECITERS)), reader=READER
        ),
        rare=_rare(found),
        moves_met=pictures.page_word("moves_met", count=len(met), total=len(found.verbs)),
        met_columns=tables.met_columns("column_move"),
        met_rows=met,
        lines_caption=pictures.page_word("lines_met_caption", games=found.heard_games),
        machine_help=_machine_help(found),
        ways_caption=machine_word("ways_caption"),
        way_columns=tables.way_columns(),
        way_rows=tables.way_rows(machine_ways),
        unheard=[id for voice in found.voices for id in voice.unheard],
        **tables.rows_of(found),
    )  # fmt: skip


def _drawn(found: Balance, width: float, suffix: str = "") -> dict[str, Markup]:
    """Every figure that comes in two widths, by its name."""
    moves = pictures.known_moves(found)
    drawn = {
        "skill": pictures.contrasts_picture(found, (width, 60)),
        "endings": pictures.endings_picture(found, (width, 100)),
        "bands": pictures.bands_picture(found, (width, 300)),
        "packages": pictures.packages_picture(found, (width, 0.93 * width)),
        "moves": pictures.moves_picture(found, moves, (width, 100)),
    }
    return {name + suffix: Markup(svg) for name, svg in drawn.items()}


@cache
def _environment() -> Environment:
    return environment("balance", say=pictures.page_word, said=said, level_of=level)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _trust(found: Balance, buyer: int) -> tuple[str, dict[str, Markup], list[str], list[list[str]]]:
    """A buyer's name, the figure in three widths, and the table."""
    sizes = {"wide": (_WHOLE, 330.0), "middle": (_WIDE, 300.0), "narrow": (_NARROW, 220.0)}
    drawn = {
        name: Markup(pictures.trust_picture(found, buyer, size)) for name, size in sizes.items()
    }
    columns, rows = tables.trust_table(found, buyer)
    return found.people[buyer].name, drawn, columns, rows


def _machine(found: Balance) -> tuple[tuple[TrustWay, ...], tuple[StateUse, ...]]:
    """The ways and states of the machine in the games of the scenario's own buyers."""
    counted = {cell.seller: cell.counted for cell in found.own}
    rules = found.machine_rules
    return ways(found.machine, rules, counted), uses(rules, counted)


def _machine_help(found: Balance) -> str:
    several = f" {machine_word('help_people')}" if len(found.people) > 1 else ""
    return machine_word("help") + several


def _edit(edit: Edit) -> dict[str, Any]:
    """What the section about an edit shows."""
    found = edit.found
    drawn = {}
    for name, width in (("wide", _WHOLE), ("middle", _WIDE), ("narrow", _NARROW)):
        scores = () if found is None else found.scores
        drawn[name] = Markup(pictures.edit_picture(scores, (width, 100)))
    return {
        "title": edit_word("title", name=edit.name),
        "files": edit.said,
        "verdict": verdict(edit),
        "turned": [turned_line(t) for t in (() if found is None else found.turned)],
        "drawn": drawn,
        "columns": change_columns(),
        "rows": [change_row(c) for c in (() if found is None else largest(found.changes))],
        "all_rows": [change_row(c) for c in (() if found is None else found.changes)],
        "all": edit_word("all", count=0 if found is None else len(found.changes)),
        "caption": edit_word("changes_caption"),
        "help": edit_word("scores_help"),
    }


def _reference(found: Balance) -> str:
    if found.reference is None:
        return ""
    return pictures.page_word(
        "reference_text", name=REFERENCE, count=found.reference_games,
        text=word("sellers", REFERENCE), score=points(found.reference.mean),
    )  # fmt: skip


def _rare(found: Balance) -> str:
    names = [m.verb for m in found.moves if m.gain is None]
    return pictures.page_word("moves_few", names=", ".join(names)) if names else ""
