"""A review's figures: what each is drawn from, in the numbers that the text gives.

A page comes in two colourings, so colours are the names of its variables unless a theme is given.
`scale` is that of the text.
Nothing here raises for a review that is short, long or unfinished: a figure without anything to
show is "".
"""

from __future__ import annotations

from collections.abc import Iterable

from game.figures.bars import (
    Outcome,
    OutcomeBar,
    Share,
    outcome_bars,
)
from game.figures.continuum import Continuum, ContinuumPoint, PointKind, continuum
from game.figures.marks import LegendEntry, Mark, MarkKind, Sign
from game.figures.orbit import FURTHEST
from game.figures.spiral import FactDot, PrivateCircle, Spiral, spiral
from game.figures.strip import TrustRow
from game.figures.theme import Theme
from game.figures.waterfall import Gain, Waterfall, waterfall
from game.figures.worth_graph import MeetingBreak, WorthGraph, worth_graph
from game.review import model
from game.review.model import Moment, Move, Review
from game.review.sheet import VARIABLES
from game.review.words import (
    amount,
    beside,
    gain,
    heading,
    label,
    place,
    score_sum,
    turn_label,
    whole,
    word,
    word_counted,
    words,
)
from game.session.writing import listed

_SHARES = {"seller": Share.YOURS, "buyer": Share.THEIRS, "relationship": Share.RELATIONSHIP}
_SIGNS = {
    "great": MarkKind.GREAT, "inaccuracy": MarkKind.INACCURACY, "mistake": MarkKind.MISTAKE,
    "blunder": MarkKind.BLUNDER, "missed_chance": MarkKind.MISSED, "slow_leak": MarkKind.INACCURACY,
}  # fmt: skip
_LABELLED = ("great", "inaccuracy", "mistake", "blunder")  # labels that are marked everywhere
_TOO_SOON, _TOO_FAR = 0.5, 1.0  # rings between a move and the comfort radius
_DIFFUSE = 0.5  # from here on what is half open lies inside the private circle, too

Size = tuple[float, float]


def outcome_picture(
    review: Review, size: Size, theme: Theme = VARIABLES, scale: float = 1.0
) -> str:
    """The three parts of the score as bars; "" before the end."""
    if not review.parts:
        return ""
    bars = tuple(
        OutcomeBar(
            _SHARES[part.id],
            word("parts", part.id),
            _clip(whole(100 * part.value) / 100, 1.0),
            amount(100 * part.value),
        )
        for part in review.parts
    )
    said = listed(word("ui", "bars_item", name=bar.label, value=bar.text) for bar in bars)
    return outcome_bars(Outcome(word("ui", "bars_title"), said, bars), theme, *size, scale)


def waterfall_picture(
    review: Review, size: Size, theme: Theme = VARIABLES, scale: float = 1.0
) -> str:
    """Par, what the choices and what chance did, and the score."""
    sums = score_sum(review)
    choices, luck = gain(sums.choices), gain(sums.luck)
    start = _clip(sums.par, 100.0)
    par, score = amount(sums.par), amount(sums.score)
    said = word("ui", "waterfall_desc", par=par, choices=choices, luck=luck, score=score)
    data = Waterfall(
        title=word("ui", "waterfall_title"),
        desc=said,
        start_label=word("ui", "par"),
        start=start,
        start_text=par,
        gains=(
            Gain(word("ui", "choices"), _clip(sums.choices, 100.0, -100.0), choices),
            Gain(word("ui", "chance"), _clip(sums.luck, 100.0, -100.0), luck),
        ),
        result_label=word("ui", "score" if review.ended else "expected"),
        result_text=score,
    )
    return waterfall(data, theme, *size, scale)


def worth_picture(review: Review, size: Size, theme: Theme = VARIABLES, scale: float = 1.0) -> str:
    """The expected score before every move, trust beneath it; "" without a move."""
    data = worth_data(review)
    return "" if data is None else worth_graph(data, theme, *size, scale)


def worth_data(review: Review) -> WorthGraph | None:
    """What that graph is drawn from; None without a move."""
    moves = review.moves
    if not moves:
        return None
    values = tuple(_points(move.before) for move in moves)
    result = _points(review.score)
    kinds = marked(review)
    found = [*values, result]
    return WorthGraph(
        title=word("ui", "worth_title"),
        desc=word(
            "ui", "worth_desc" if review.ended else "worth_desc_open",
            **{"from": amount(values[0]), "to": amount(result),
               "high": amount(max(found)), "low": amount(min(found))},
        ),
        values=values,
        low=tuple(min(_points(m.before_low), v) for m, v in zip(moves, values, strict=True)),
        high=tuple(max(_points(m.before_high), v) for m, v in zip(moves, values, strict=True)),
        result=result,
        marks=tuple(
            Mark(k, _SIGNS[kind], text) for k, (kind, text) in sorted(kinds.items())
        ),
        breaks=tuple(
            MeetingBreak(k, heading(move, short=True))
            for k, move in enumerate(moves)
            if k == 0 or heading(move) != heading(moves[k - 1])
        ),
        trust=_trust_rows(review),
        turn_labels=tuple(turn_label(move) for move in moves),
        legend=(
            LegendEntry(Sign.LINE, word("ui", "legend_line")),
            LegendEntry(Sign.BAND, word("ui", "legend_band")),
            *_legend(kind for kind, _ in kinds.values()),
        ),
    )  # fmt: skip


def spiral_picture(review: Review, size: Size, theme: Theme = VARIABLES, scale: float = 1.0) -> str:
    """The rings that the moves at the table went through; "" without a turn at the table."""
    data = spiral_data(review)
    return "" if data is None else spiral(data, theme, *size, scale)


def spiral_data(review: Review) -> Spiral | None:
    """What that picture is drawn from; None without a turn at the table."""
    at_table = [(k, move) for k, move in enumerate(review.moves) if move.table_turn]
    if not at_table:
        return None
    turns = {move.index: turn for turn, (_, move) in enumerate(at_table)}
    kinds = marked(review)
    marks = tuple(
        Mark(turns[move.index], _SIGNS[kinds[k][0]], _spiral_label(move, *kinds[k]))
        for k, move in at_table
        if k in kinds
    )
    lead = review.buyers[0] if review.buyers else None
    gate = trust_at_end(review, lead.id) if lead is not None else None
    return Spiral(
        title=word("ui", "circles_title"),
        desc=circles_text(review),
        radii=tuple(_clip(move.radius, FURTHEST) for _, move in at_table),
        comfort=tuple(_clip(move.comfort, FURTHEST) for _, move in at_table)
        if review.ended
        else (),
        private=PrivateCircle(_clip(lead.d, 1.0), _clip(gate or 0.0, 1.0))
        if lead is not None
        else None,
        facts=tuple(
            FactDot(fact.label, _inside(fact, lead), fact.told, _told_at(fact, review, turns))
            for fact in review.facts
        ),
        marks=marks,
        ring_names=tuple(words()["rings"]),
        legend=_spiral_legend(review, marks),
    )


def circles_text(review: Review) -> str:
    """The picture of circles and spiral in words."""
    turns = sum(1 for move in review.moves if move.table_turn)
    said = [word_counted("ui", "circles_desc", turns)]
    if review.facts:
        told = sum(fact.told for fact in review.facts)
        said.append(word("ui", "circles_facts", value=told, total=len(review.facts)))
    if review.buyers:
        lead = review.buyers[0]
        trust = trust_at_end(review, lead.id)
        if trust is not None:
            said.append(word("ui", "circles_gate", name=lead.name, trust=place(trust)))
    return " ".join(said)


def continuum_picture(
    review: Review, size: Size, theme: Theme = VARIABLES, scale: float = 1.0
) -> str:
    """You, the people you met and the last read of each, between the two poles."""
    points = []
    if review.style.d is not None:
        points.append(_point(PointKind.YOU, word("ui", "point_you"), review.style.d))
    points += [_point(PointKind.BUYER, buyer.name, buyer.d) for buyer in review.buyers]
    last = {read.buyer: read for read in review.reads}.values()
    for read in last:
        said = word("ui", "point_read", name=read.name, turn=read.table_turn)
        points.append(_point(PointKind.READ, said, read.d))
    if len(last) == 1:  # beside several reads it would only crowd the line
        (read,) = last
        said = word("ui", "point_ideal", turn=read.table_turn)
        points.append(_point(PointKind.READ, said, read.ideal))
    if not points:
        return ""
    said = ", ".join(
        word("ui", "continuum_item", name=point.label, value=place(point.value)) for point in points
    )
    data = Continuum(
        title=word("ui", "continuum_title"),
        desc=said,
        left=word("ui", "specific"),
        right=word("ui", "diffuse"),
        points=tuple(points),
    )
    return continuum(data, theme, *size, scale)


# --- what the figures share -----------------------------------------------------------------------


def marked(review: Review) -> dict[int, tuple[str, str]]:
    """Moves with a sign: index from 0 to (kind, label); only the moments have words."""
    found: dict[int, tuple[str, str]] = {}
    for k, move in enumerate(review.moves):
        kind = "missed_chance" if "missed_chance" in move.marks else move.label
        if kind in _LABELLED or kind == "missed_chance":
            found[k] = (kind, "")
    places = {move.index: k for k, move in enumerate(review.moves)}
    for moment in review.moments:
        if moment.kind in _SIGNS and moment.move in places:
            found[places[moment.move]] = (moment.kind, moment_label(moment))
    return found


def moment_label(moment: Moment) -> str:
    """`mistake −17`, `great`."""
    text = label(moment.kind)["word"]
    points = beside(moment.kind, moment.points)
    return f"{text} {points}" if points else text


def trust_at_end(review: Review, buyer: str) -> float | None:
    """The last trust of a buyer; None for somebody who was never there."""
    known = [t.after for move in review.moves for t in move.trust if t.buyer == buyer]
    return known[-1] if known else None


def fact_label(review: Review, told: str) -> str:
    """The words for what a move was told, which may be the id of a fact."""
    return next((fact.label for fact in review.facts if fact.id == told), told)


def _trust_rows(review: Review) -> tuple[TrustRow, ...]:
    """A row a buyer: trust after each move, carried over moves in which nobody reacts."""
    people = dict.fromkeys((t.buyer, t.name) for move in review.moves for t in move.trust)
    rows = []
    for buyer, name in people:
        values: list[float | None] = []
        for move in review.moves:
            now = [round(t.after, 2) for t in move.trust if t.buyer == buyer]
            values.append(_clip(now[0], 1.0) if now else None)
        alone = len(people) == 1
        said = word("ui", "trust") if alone else word("ui", "trust_of", name=name)
        rows.append(TrustRow(said, tuple(values)))
    return tuple(rows)


def _spiral_label(move: Move, kind: str, words: str) -> str:
    """What was wrong about its distance; only the moments have words."""
    if not words:
        return ""
    said = label(kind)["word"]
    if kind != "great":
        gap = move.radius - move.comfort
        if gap < -_TOO_SOON:
            said = word("ui", "too_soon")
        elif gap > _TOO_FAR:
            said = word("ui", "too_far")
    return word("ui", "marked", turn=turn_label(move), value=said)


def _spiral_legend(review: Review, marks: tuple[Mark, ...]) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(Sign.PATH, word("ui", "path"))]
    if review.ended:
        entries.append(LegendEntry(Sign.COMFORT, word("ui", "comfort")))
    if review.buyers:
        entries.append(LegendEntry(Sign.PRIVATE, word("ui", "private")))
    if any(fact.told for fact in review.facts):
        entries.append(LegendEntry(Sign.TOLD, word("ui", "told")))
    if any(not fact.told for fact in review.facts):
        entries.append(LegendEntry(Sign.UNTOLD, word("ui", "untold")))
    return tuple(entries)


def _legend(kinds: Iterable[str]) -> list[LegendEntry]:
    """The signs that were drawn, each with all that it stands for."""
    drawn = set(kinds)
    meant: dict[MarkKind, list[str]] = {}
    for kind, sign in _SIGNS.items():
        if kind in drawn:
            meant.setdefault(sign, []).append(label(kind)["word"])
    return [LegendEntry(sign, listed(said)) for sign, said in meant.items()]


def _point(kind: PointKind, said: str, value: float) -> ContinuumPoint:
    return ContinuumPoint(kind, said, _clip(round(value, 2), 1.0))


def _inside(fact: model.FactDot, lead: model.Buyer | None) -> bool:
    """Whether a fact lies in the private circle; what is half open does for a diffuse buyer."""
    if fact.depth == "semi":
        return lead is not None and lead.d >= _DIFFUSE
    return fact.depth == "private"


def _told_at(fact: model.FactDot, review: Review, turns: dict[int, int]) -> int | None:
    """The turn at the table, from 0, in which a fact was told."""
    told = [m.index for m in review.moves if m.told == fact.id and m.index in turns]
    return turns[told[0]] if told else None


def _points(value: float) -> float:
    return _clip(whole(value), 100.0)


def _clip(value: float, most: float, least: float = 0.0) -> float:
    return min(max(float(value), least), most)
