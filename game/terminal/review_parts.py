"""The parts of a review as text: outcome, moments, accuracy, reads, style, what is next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from game.review.model import Moment, Principle, Read, Review
from game.review.words import (
    accuracy_phases,
    accuracy_sum,
    amount,
    band,
    cited,
    claims_note,
    label,
    place,
    score_line,
    score_terms,
    sureness,
    turn_label,
    whole,
    word,
    word_counted,
)
from game.scenario.diagnostics import printable
from game.session.writing import aside, capital, listed, named, numeral, sentences, written
from game.terminal.screen import Screen

_BAR = 20  # cells, where there is room
_IN = 7  # cells that a moment is set in
_LEAST = 36  # columns below which nothing stands side by side
_NARROW = 60  # columns below which words give way to signs
_STYLES = {
    "only": "gold", "great": "gold", "best": "ink", "good": "ink", "approved": "muted",
    "inaccuracy": "muted", "mistake": "problem", "blunder": "problem",
    "missed_chance": "problem", "slow_leak": "problem",
}  # fmt: skip


def text(id: str, **values: object) -> str:
    """A text of the terminal's own by its id. Raises KeyError for an unknown one."""
    return word("terminal", id, **values)


def ui(id: str, **values: object) -> str:
    """A text that every view of a review shares."""
    return word("ui", id, **values)


def style_of(screen: Screen, kind: str, bold: bool = False) -> str:
    """A colour that goes with the sign and the word of a label, never without them."""
    return str(screen.console.get_style(_STYLES[kind]) + Style(bold=bold or None))


def narrow(screen: Screen) -> bool:
    return screen.width < _NARROW


def clean(value: Any) -> Any:
    """A review whose texts cannot steer the screen; a scenario may come from anywhere."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(clean(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: clean(getattr(value, f.name)) for f in fields(value)})
    return value


# --- the outcome ----------------------------------------------------------------------------------


def outcome(screen: Screen, review: Review, everything: bool) -> None:
    """How it ended, the score as skill and luck, and the parts of it."""
    s = screen
    s.rule(ui("page_title", name=review.title))
    s.text(review.ending_title, "heading")
    if not review.ended:
        s.text(ui("still_open"), "muted")
    if review.deal:
        s.text(review.deal)
    elif review.ended:
        s.text(ui("no_deal"), "muted")
    s.blank()
    s.text(score_line(review), "key")
    s.text(ui("skill_text"), "muted")
    s.text(par_line(review))
    s.text(ui("par_text"), "muted")
    if review.parts and review.ended:
        s.blank()
        _sum_of_parts(s, review)
    for id, count in (
        ("undone", review.undone), ("hints", review.hints), ("coached", review.coached)
    ):  # fmt: skip
        if count:
            said = ui(id, count=count)
            s.text(capital(said), "muted")
    if everything and review.letter and review.ended:
        s.blank()
        s.show(
            Panel(
                Text(review.letter), title=ui("letter"), title_align="left",
                border_style="muted", padding=(1, 2), width=s.width,
            )
        )  # fmt: skip


def par_line(review: Review) -> str:
    return named(ui("par"), amount(review.par))


def _sum_of_parts(screen: Screen, review: Review) -> None:
    """Each part of the score: its value, what it weighs and what it gives."""
    slim = narrow(screen)
    if screen.width < _LEAST:
        for term in score_terms(review):
            share = text("weighs_short", value=term.weight)
            value = whole(float(term.value))
            term_line = f"{value} {share} = {numeral(float(term.points), 1)}"
            screen.text(named(word("parts", term.id), term_line))
        screen.text(named(ui("score"), numeral(review.score, 1)), "key")
        return
    grid = Table(box=None, padding=(0, 2, 0, 0), show_header=False, show_edge=False)
    for side in ("left", "right", "left", "left", "right"):
        grid.add_column(justify="right" if side == "right" else "left", no_wrap=True)
    for term in score_terms(review):
        full = round(max(0.0, min(1.0, float(term.value) / 100)) * _BAR)
        bar = Text("" if slim else "█" * full + "░" * (_BAR - full), style="specific")
        share = text("weighs_short" if slim else "weighs", value=term.weight)
        grid.add_row(
            Text(word("parts", term.id)), Text(str(whole(float(term.value)))), bar,
            Text(share, style="muted"), Text(numeral(float(term.points), 1)),
        )  # fmt: skip
    grid.add_row(
        Text(ui("score"), style="key"), Text(""), Text(""), Text(""),
        Text(numeral(review.score, 1), style="key"),
    )  # fmt: skip
    screen.show(grid)


# --- moments --------------------------------------------------------------------------------------


def moments(screen: Screen, review: Review) -> None:
    """The moments worth a second look, each with its principle and where that comes from."""
    s = screen
    s.rule(ui(f"moments_{len(review.moments)}"))
    if not review.moments:
        s.text(ui("moments_none"))
        return
    principles = {principle.id: principle for principle in review.principles}
    for number, moment in enumerate(review.moments, 1):
        if number > 1:
            s.blank()
        _moment(s, number, moment, principles)
    shown = [principles[m.principle] for m in review.moments if m.principle in principles]
    if note := claims_note(shown):
        s.blank()
        s.text(note, "muted")


def _moment(
    screen: Screen, number: int, moment: Moment, principles: dict[str, Principle]
) -> None:  # fmt: skip
    kind = label(moment.kind)
    head = style_of(screen, moment.kind, bold=True)
    screen.item(f"{number}  {kind['sign']:<2}", moment.title, head)
    name = kind["word"]
    screen.text(sentences(capital(name), moment.text), indent=_IN)
    principle = principles.get(moment.principle)
    if principle is not None:
        screen.text(principle.text, "notice", _IN)
        if principle.source:
            screen.text(ui("source", value=cited(principle.source)), "muted", _IN)


# --- accuracy -------------------------------------------------------------------------------------


def accuracy(screen: Screen, review: Review, everything: bool) -> None:
    """The weighted mean, by phase, and on request every term of it."""
    s = screen
    s.rule(ui("accuracy"))
    line = accuracy_line(review)
    if not line:
        s.text(text("accuracy_none"))
        return
    s.text(line, "key")
    if len(review.accuracy.phases) > 1:
        s.text(ui("accuracy_phases", value=accuracy_phases(review)))
    s.text(ui("accuracy_text"), "muted")
    if not everything:
        s.text(text("sum_how"), "muted")
        return
    _terms(s, review)


def accuracy_line(review: Review) -> str:
    """`68 of 100`, "" where nothing was decided."""
    found = accuracy_sum(review.accuracy)
    return "" if found is None else text("accuracy", value=found.whole)


def _terms(screen: Screen, review: Review) -> None:
    """Every term of the accuracy, in numbers that add up as they are written."""
    found = accuracy_sum(review.accuracy)
    assert found is not None, "only what has terms is shown"
    moves = {move.index: move for move in review.moves}
    table = Table(box=None, pad_edge=False, header_style="muted", padding=(0, 2, 0, 0))
    for id in ("turn", "loss", "accuracy", "weight", "product"):
        table.add_column(Text(ui(f"column_{id}")), justify="right")
    for term in found.terms:
        table.add_row(
            turn_label(moves[term.move]), numeral(term.loss, 1), written(str(term.accuracy)),
            written(str(term.weight)), written(f"{term.product:.3f}"),
        )  # fmt: skip
    screen.blank()
    screen.show(table)
    screen.text(
        ui(
            "accuracy_sum", value=written(f"{found.product:.3f}"),
            weight=written(str(found.weight)), total=written(str(found.quotient)),
            score=found.whole,
        ),
        "key",
    )  # fmt: skip


# --- reads and style ------------------------------------------------------------------------------


def reads(screen: Screen, review: Review) -> None:
    """Each mark on the continuum, against the truth and an ideal observer of the same reactions."""
    s = screen
    s.rule(ui("reads"))
    if not review.reads or not review.ended:
        s.text(ui("reads_none") if review.ended else text("reads_open"))
        return
    s.text(ui("reads_text"), "muted")
    s.text(text("reads_legend"), "muted")
    for read in review.reads:
        s.blank()
        _read(s, read)


def _read(screen: Screen, read: Read) -> None:
    s = screen
    when = {"turn": read.table_turn, "name": read.name}
    s.text(ui("read_who", **when) if read.table_turn else text("read_early", **when), "heading")
    marks = (
        (read.d, text("mark_you")), (read.ideal, text("mark_ideal")),
        (read.truth, text("mark_truth")),
    )  # fmt: skip
    s.show(continuum(marks, s.width))
    line = text(
        "read_line", you=place(read.d), sure=sureness(read.confidence),
        ideal=place(read.ideal), truth=place(read.truth),
    )  # fmt: skip
    s.text(line)
    off = text("read_off", value=place(read.error), ideal=place(read.ideal_error))
    s.text(f"{off} {text('within' if read.within else 'not_within')}")
    if not read.scored:
        s.text(text("unscored"), "muted")


def continuum(marks: tuple[tuple[float, str], ...], width: int) -> Text:
    """`Specific ──x──o────●── Diffuse`; of two marks in one cell the later is seen."""
    left, right = ui("specific"), ui("diffuse")
    cells = max(12, min(48, width - len(left) - len(right) - 2))
    line = ["─"] * cells
    for where, mark in marks:
        line[round(max(0.0, min(1.0, where)) * (cells - 1))] = mark
    out = Text(left + " ", style="specific", no_wrap=True)
    out.append("".join(line), style="ink")
    out.append(" " + right, style="diffuse")
    return out


def seller(screen: Screen, review: Review) -> None:
    """Where the moves place you, where the others stood, and what there was to be told."""
    s, style = screen, review.style
    s.rule(ui("seller"))
    s.text(band(style.band), "heading")
    if style.d is not None:
        s.text(word_counted("ui", "style_place", style.moves, value=place(style.d)), "muted")
        s.show(continuum(((style.d, text("mark_you")),), s.width))
    for buyer in review.buyers if review.ended else ():
        s.blank()
        s.text(listed((buyer.name, ui("person_place", value=place(buyer.d)))), "heading")
        s.show(continuum(((buyer.d, text("mark_truth")),), s.width))
        for id, what in (
            ("need", buyer.need), ("welcome", buyer.welcome), ("sore", buyer.sore)
        ):  # fmt: skip
            if what:
                said = ui(f"person_{id}", value=what)
                s.text(capital(said), indent=2)
    if review.facts:
        _facts(s, review)


def _facts(screen: Screen, review: Review) -> None:
    """What was told; after the end also what was not."""
    told = sum(fact.told for fact in review.facts)
    count = ui("facts_of", value=told, total=len(review.facts)) if review.ended else str(told)
    screen.blank()
    screen.text(named(ui("facts"), count))
    for fact in review.facts:
        mark, id = ("+", "told") if fact.told else ("-", "untold")
        depth = word("depths", fact.depth)
        screen.item(f"  {mark}", aside(fact.label, f"{depth}; {text(id)}"))


# --- what is next ---------------------------------------------------------------------------------


def following(screen: Screen, review: Review, again: Callable[[str], str]) -> None:
    """What to do next; `again` gives the command that tries an entry again."""
    s = screen
    s.rule(ui("next"))
    if not review.next:
        s.text(ui("next_none"))
    for each in review.next:
        s.item("·", each.text)
        if each.kind == "try_again":
            s.whole(f"   {again(each.id)}")
        elif each.kind == "scenario":
            s.whole(f"   {ui('next_command', value=each.id)}")
