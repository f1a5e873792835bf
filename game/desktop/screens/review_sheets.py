"""What lies behind the cards of a review: sums, numbers, facts, reads, people, the letter."""

from __future__ import annotations

from game.desktop.layout import Column
from game.desktop.screens.review_figures import SpiralFigure, WorthFigure
from game.desktop.screens.review_marks import Badge
from game.desktop.screens.review_moves import ui
from game.desktop.screens.review_parts import ReviewFigure, played_line
from game.desktop.screens.review_table import Table
from game.desktop.text import BODY, HEADING, NOTICE, SMALL, SPOKEN, STRONG
from game.desktop.widget import Widget
from game.desktop.widgets import Label, Sheet
from game.desktop.words import say
from game.review.model import LABELS, MARKS, Move, Read, Review
from game.review.pictures import circles_text, waterfall_picture
from game.review.words import (
    accuracy_phases,
    accuracy_sum,
    amount,
    cost,
    label,
    place,
    score_line,
    score_sum,
    score_terms,
    signed,
    sureness,
    turn_label,
    turn_name,
    word,
    word_counted,
    words,
)
from game.session.writing import aside, listed, named, sentences

_SIDE = 500.0  # px of a sheet at the right, at 100 %
_LARGE = 700.0


def sheet(title: str, *parts: Widget, wide: float = _SIDE) -> Sheet:
    """A sheet of things to read."""
    return Sheet(
        title, Column(*parts, gap=11), side="right", close_words=say("review.close"), wide=wide
    )


def score_sheet(review: Review) -> Sheet:
    """From par to the score, and what the score is made of."""
    steps = ReviewFigure(waterfall_picture, 110.0, name=ui("waterfall_title"))
    steps.show_review(review)
    parts: list[Widget] = [
        steps,
        Label(score_line(review), STRONG),
        Label(ui("skill_text"), SMALL),
        Label(sentences(named(ui("par"), amount(review.par)), ui("par_text")), SMALL),
    ]
    terms = score_terms(review)
    if terms:
        heads = [ui(f"column_{id}") for id in ("part", "value", "weight", "points")]
        rows = [[word("parts", t.id), str(t.value), f"{t.weight} %", str(t.points)] for t in terms]
        foot = [ui("total"), "", "", str(sum(t.points for t in terms))]
        parts.append(Label(ui("score_sum_caption"), HEADING))
        parts.append(Table(heads, rows, foot, name=ui("score_sum_caption")))
    return sheet(ui("outcome"), *parts, Label(played_line(review), SMALL))


def numbers_sheet(review: Review, index: int) -> Sheet:
    """The worth graph with its legend, and every number in it."""
    graph = WorthFigure(legend=True, name=ui("worth_title"))
    graph.high = 320.0
    graph.index = index
    graph.show_review(review)
    heads = [
        ui(f"column_{id}") for id in ("turn", "before", "between", "choice", "chance", "trust")
    ]
    rows = [
        [
            str(move.table_turn) if move.table_turn else turn_name(move, short=True),
            amount(move.before),
            ui("between", low=amount(move.before_low), high=amount(move.before_high)),
            signed(move.skill),
            signed(move.luck),
            ", ".join(place(t.after) for t in move.trust),
        ]
        for move in review.moves
    ]
    last = ui("score" if review.ended else "expected")
    foot = [last, amount(score_sum(review).score), "", "", "", ""]
    return sheet(
        ui("worth"),
        graph,
        Label(ui("numbers_caption"), SMALL),
        Table(heads, rows, foot, marked=[index], name=ui("numbers_table")),
        wide=_LARGE,
    )


def circles_sheet(review: Review, turn: int | None) -> Sheet:
    """The circles with all their words, and the facts one by one."""
    figure = SpiralFigure(small=False, name=ui("circles_title"))
    figure.high = 460.0
    figure.show_review(review)
    figure.point_at(turn)
    return sheet(ui("circles"), figure, *facts_parts(review), wide=_LARGE)


def facts_parts(review: Review) -> list[Widget]:
    """The circles in words, and the facts one by one."""
    found: list[Widget] = [Label(circles_text(review), SMALL)]
    if review.facts:
        names = {buyer.id: buyer.name for buyer in review.buyers}
        several = len(names) > 1
        heads = [ui("column_about"), ui("column_depth")]
        heads += [ui("column_whose")] if several else []
        rows = [
            [
                fact.label,
                word("depths", fact.depth),
                *([names.get(fact.buyer, "")] if several else []),
                ui("yes" if fact.told else "no"),
            ]
            for fact in review.facts
        ]
        found.append(Label(ui("facts_list"), HEADING))
        found.append(Table([*heads, ui("column_told")], rows, name=ui("facts_caption")))
    return found


def accuracy_sheet(review: Review) -> Sheet:
    """Every term of the accuracy, in numbers that add up as they are written."""
    found = accuracy_sum(review.accuracy)
    parts: list[Widget] = [Label(ui("accuracy_text"), SMALL)]
    if found is None:
        return sheet(ui("accuracy"), *parts, Label(ui("accuracy_none"), BODY))
    moves = {move.index: move for move in review.moves}
    heads = [ui(f"column_{id}") for id in ("turn", "loss", "accuracy", "weight", "product")]
    rows = [
        [
            turn_label(moves[t.move]) if t.move in moves else str(t.move),
            cost(t.loss),
            str(t.accuracy),
            str(t.weight),
            str(t.product),
        ]
        for t in found.terms
    ]
    foot = [ui("total"), "", "", str(found.weight), str(found.product)]
    said = ui(
        "accuracy_sum", value=found.product, weight=found.weight, total=found.quotient,
        score=found.whole,
    )  # fmt: skip
    parts += [Table(heads, rows, foot, name=ui("accuracy_caption")), Label(said, STRONG)]
    if review.accuracy.phases:
        parts.append(Label(ui("accuracy_phases", value=accuracy_phases(review)), SMALL))
    return sheet(ui("accuracy"), *parts)


def reads_sheet(review: Review) -> Sheet:
    """Where the buyers were placed, beside the truth and an ideal observer."""
    if not review.reads:
        said = ui("reads_none") if review.ended else word("terminal", "reads_open")
        return sheet(ui("reads"), Label(said, BODY))
    parts: list[Widget] = [Label(ui("reads_text"), SMALL)]
    heads = ["", *(ui(f"column_{id}") for id in ("you", "ideal", "truth"))]
    for read in review.reads:
        rows = [
            [ui("row_place"), place(read.d), place(read.ideal), place(read.truth)],
            [ui("row_off"), place(read.error), place(read.ideal_error), ""],
        ]
        parts.append(Label(_read_head(review, read), HEADING.but(size=15.0)))
        parts.append(Table(heads, rows, name=_read_head(review, read)))
    return sheet(ui("reads"), *parts)


def _read_head(review: Review, read: Read) -> str:
    several = len(review.buyers) > 1
    when = {"turn": read.table_turn, "name": read.name}
    who = ui("read_who", **when) if several else ui("turn", turn=read.table_turn)
    said = [sureness(read.confidence), ui("within" if read.within else "not_within")]
    said += [] if read.scored else [ui("unscored")]
    return named(who, listed(said))


def people_sheet(review: Review) -> Sheet:
    """Who sat there, as they were drawn, and where you stood beside them."""
    parts: list[Widget] = []
    if review.style.d is not None:
        placed = place(review.style.d)
        stands = word_counted("ui", "style_place", review.style.moves, value=placed)
        parts = [Label(ui("seller"), HEADING), Label(stands, BODY)]
    for buyer in review.buyers:
        parts.append(Label(buyer.name, HEADING))
        lines = [ui("person_place", value=place(buyer.d))]
        for id, what in (
            ("person_need", buyer.need), ("person_welcome", buyer.welcome),
            ("person_sore", buyer.sore),
        ):  # fmt: skip
            if what:
                lines.append(ui(id, value=what))
        parts.append(Label("\n".join(lines), BODY))
    if not review.buyers:
        parts.append(Label(ui("still_open"), BODY))
    return sheet(ui("people"), *parts)


def letter_sheet(review: Review) -> Sheet:
    """The buyer's letter."""
    return sheet(ui("letter"), Label(review.letter, SPOKEN.but(size=18.0)), wide=560.0)


def options_sheet(review: Review, move: Move) -> Sheet:
    """Every move that was open, the best first."""
    heads = [ui(f"column_{id}") for id in ("move", "worth", "loss", "rollouts")]
    mine = [k for k, option in enumerate(move.options) if option.action == move.action]
    rows = [
        [
            aside(option.label, ui("chosen")) if k in mine else option.label,
            amount(option.worth),
            cost(option.loss),
            str(option.rollouts),
        ]
        for k, option in enumerate(move.options)
    ]
    return sheet(
        say("review.options_title"),
        Label(f"{turn_name(move)} · {move.action_label}", HEADING),
        Label(ui("options_caption"), SMALL),
        Table(heads, rows, marked=mine, name=ui("options_caption")),
        wide=620.0,
    )


def signs_sheet(review: Review) -> Sheet:
    """What every sign means."""
    parts: list[Widget] = []
    for kind in (*LABELS, *MARKS, *words()["kinds"]):
        parts.append(Column(Badge(kind), Label(label(kind)["means"], BODY), gap=4))
    return sheet(say("review.signs_title"), *parts)


def how_sheet(review: Review) -> Sheet:
    """What the numbers are, and where they come from."""
    parts: list[Widget] = []
    for item in words()["numbers"].values():
        parts += [Label(item["head"], HEADING.but(size=15.0)), Label(item["text"], BODY)]
    file = ui(
        "foot_file", name=review.scenario, value=review.seed, turn=review.transcript
    )  # fmt: skip
    parts += [Label(ui("foot"), NOTICE.but(size=15.0)), Label(file, SMALL)]
    return sheet(say("review.how"), *parts)
