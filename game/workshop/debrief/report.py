"""Reports to read on a phone and to print: one for each person, and one for the room.

A page is one HTML file that needs nothing else. A person's holds what they did and what their own
table did, and nothing of anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from game.review.labels import BEST
from game.review.model import Moment, Move, Review
from game.review.moments import moments_of
from game.review.pictures import worth_picture
from game.review.questionnaire_files import shipped_judgment_test
from game.review.sheet import environment, policy, style
from game.review.words import (
    amount,
    cost,
    gain,
    label,
    place,
    principles_of,
    score_sum,
    sureness,
    word,
)
from game.scenario import language
from game.session.endings import ending_title
from game.session.writing import listed, numeral
from game.workshop.debrief.find import label_of, line_of, turn_of
from game.workshop.debrief.page import deck_of
from game.workshop.debrief.pair import sentence_text
from game.workshop.debrief.people import gain_of_person, reads_in
from game.workshop.room.state import Room
from game.workshop.room.tables import HOUSE, Table
from game.workshop.service import Live
from game.workshop.words import say

_SHEET = "workshop/report"
FONTS = "/font/"  # where the server has them
FACES = (
    ("HankenGrotesk-Regular.otf", "Hanken Grotesk", 400, "normal"),
    ("HankenGrotesk-SemiBold.otf", "Hanken Grotesk", 600, "normal"),
    ("HankenGrotesk-Bold.otf", "Hanken Grotesk", 700, "normal"),
    ("SourceSerifPro-Regular.otf", "Source Serif Pro", 400, "normal"),
    ("SourceSerifPro-Semibold.otf", "Source Serif Pro", 600, "normal"),
)  # file, family, weight, slant


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move in the list of all; `key`: a moment to look at again belongs to it."""

    turn: str
    label: str
    by: str
    verdict: str
    cost: str
    best: str
    key: bool


@dataclass(frozen=True, slots=True)
class GamePart:
    """One game of a report."""

    title: str
    ending: str
    score: int | None
    deal: str
    parts: str
    sum: str
    letter: str
    picture: Markup
    narrow: Markup  # the same for a phone
    weighed: bool
    problem: str
    moments: tuple[Any, ...]
    practice: tuple[str, ...]
    principles: tuple[str, ...]
    moves: tuple[MoveLine, ...]
    several: bool  # more than one hand made the moves
    review_path: str


def csp() -> str:
    """What a report may load and run: its own styles, our fonts, and nothing besides."""
    return policy(_style(FONTS), fonts="'self'") + "; frame-ancestors 'none'"


def _style(fonts: str) -> str:
    """The style sheet of a report, with the fonts of the other pages from a folder."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{slant};'
        f'src:url("{fonts}{file}");font-display:swap}}\n'
        for file, family, weight, slant in FACES
    )
    return faces + style(_SHEET)


def person_report(
    live: Live, person: str, review_path: str = "", own: bool = False, fonts: str = FONTS
) -> str:
    """What one person did. `review_path` leads to the whole review of a table, put after it; `own`:
    it is for that person's eyes, who may read a name that is hidden from all others; `fonts`: the
    folder they lie in."""
    room = live.room
    who = room.people[person]
    seat = room.seats.get(who.seat)
    tables = [room.tables[t] for t in seat.tables] if seat is not None and not who.observes else []
    tables = [table for table in tables if table.ply]
    games = [_game(live, table, person, review_path) for table in tables]
    told = [live.reviews.told(table.id) for table in tables]
    coming = any(not t and not game.problem for t, game in zip(told, games, strict=True))
    return _page(
        live, "person", fonts,
        say("report.person", name=(who.name if own else who.called) or say("report.somebody")),
        below=say("report.seat", name=seat.name) if seat and room.plan.mode != "round" else "",
        coming=coming and not live.reviews.gave_up, waiting=say("report.coming"),
        games=games, reads=_reads(room, person), votes=_votes(live, person),
        test=_test(room, person), sentence=_sentence(room, person),
    )  # fmt: skip


def room_report(live: Live, fonts: str = FONTS) -> str:
    """What the room did: every table, and the debrief with everything opened."""
    room = live.room
    done, of = live.reviews.progress()
    taught = [desk.shown.teaching for desk in room.desks]
    return _page(
        live, "room", fonts, say("report.room"), below="", waiting=say("report.coming_room"),
        coming=done < of and not live.reviews.gave_up and not live.reviews.problems,
        tables=[_table(room, table) for table in room.tables.values()],
        slides=deck_of(live), svg=Markup, aims=[t.aim for t in taught if t is not None],
    )  # fmt: skip


def _page(live: Live, template: str, fonts: str, title: str, **values: Any) -> str:
    sheet = _style(fonts)
    day = datetime.fromtimestamp(live.kept.created, UTC).date().isoformat()
    return _environment().get_template(f"{template}.html").render(
        again=4 + len(live.room.tables) // 10,  # seconds: a whole class looks at once
        title=title, session=live.room.title, day=day, style=Markup(sheet),
        policy=policy(sheet, fonts="'self' file:"),
        lang=language.current(), direction=language.direction(language.current()), **values,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    return environment(_SHEET, say=say)


# --- one game -------------------------------------------------------------------------------------


def _game(live: Live, table: Table, person: str, review_path: str) -> GamePart:
    game, room = table.game, live.room
    weighed = live.reviews.of(table.id)
    review = weighed.review if weighed is not None else None
    signed = [turn.signed for turn in game.turns if turn.signed >= 0]
    parts = score = None
    letter = ""
    if game.ended:
        result = game.outcome()
        score = round(float(result.score[0]))
        values = (result.seller_utility, result.buyer_utility, result.relationship)
        seller, buyer, ties = (numeral(100 * float(value[0])) for value in values)
        id = "report.parts" if signed else "report.parts_none"
        parts = say(id, seller=seller, buyer=buyer, relationship=ties)
        written = game.letter()
        letter = written.text if written is not None else ""
    principles = principles_of(review)[:3] if review is not None else []
    movers = set(table.movers)
    moments = () if review is None else own_moments(table, review)
    return GamePart(
        title=game.scenario.title,
        ending=ending_title(game) if game.ended else say("report.open"),
        score=score,
        deal=game.words.package(signed[-1]) if signed else "",
        parts=parts or "",
        sum=_skill(review) if review is not None and review.ended else "",
        letter=letter,
        picture=Markup(worth_picture(review, (700, 250)) if review is not None else ""),
        narrow=Markup(worth_picture(review, (330, 260)) if review is not None else ""),
        weighed=review is not None,
        problem=live.reviews.problems.get(table.id, "") if review is None else "",
        moments=moments,
        practice=own_practice(table, review) if review is not None else (),
        principles=tuple(principle.text for principle in principles),
        moves=_moves(room, table, person, review, {moment.move for moment in moments}),
        several=len(movers) > 1 or room.plan.mode == "round",
        review_path=f"{review_path}{table.id}" if review_path else "",
    )


def own_moments(table: Table, review: Review) -> tuple[Moment, ...]:
    """The moments of a review that people made; those of the house are nobody's to look back on."""
    house = {k for k, by in enumerate(table.movers, 1) if by == HOUSE}
    if not house:
        return review.moments
    played = [move for move in review.moves if move.index not in house]
    gains = {moment.move: moment.points for moment in review.moments if moment.kind == "great"}
    made = moments_of([m for m in played if m.label != "great" or m.index in gains], gains)
    return tuple(moment for moment in made if moment.kind != "slow_leak")


def own_practice(table: Table, review: Review) -> tuple[str, ...]:
    """What to do next; to try a move of the house again is nobody's to do."""
    pairs = zip(review.moves, table.movers, strict=False)
    house = {move.entry for move, by in pairs if by == HOUSE}
    return tuple(n.text for n in review.next if n.kind != "try_again" or n.id not in house)


def _skill(review: Review) -> str:
    """What the moves brought and what chance did, in whole points that add up to the score."""
    found = score_sum(review)
    chance = "none" if not found.luck else "more" if found.luck > 0 else "less"
    return say(f"report.luck_{chance}", skill=amount(found.skill), luck=amount(abs(found.luck)))


def _moves(
    room: Room, table: Table, person: str, review: Review | None, keys: set[int]
) -> tuple[MoveLine, ...]:
    known = review.moves if review is not None else ()
    found = []
    for ply, (_, action) in enumerate(line_of(table)):
        move = known[ply] if ply < len(known) else None
        by = table.movers[ply]
        who = "you" if by == person else "house" if by == HOUSE else "seat"
        turn = turn_of(table, ply)
        found.append(
            MoveLine(
                turn=str(turn) if turn else "–",
                label=table.game.turns[ply].label or label_of(table.game, action),
                by=say("report.by_room" if by == "host" else f"report.by_{who}"),
                verdict=_verdict(move),
                cost="" if move is None else cost(move.loss),
                best="" if move is None else _best(move, table),
                key=move is not None and move.index in keys,
            )
        )
    return tuple(found)


def _verdict(move: Move | None) -> str:
    if move is None:
        return say("report.not_weighed")
    # a label gives the benefit of a doubt that the figure beside it does not show
    kind = "good" if move.label == "best" and move.loss >= BEST else move.label
    return listed([label(kind)["word"], *(label(mark)["word"] for mark in move.marks)])


def _best(move: Move, table: Table) -> str:
    if move.best.action == move.action:
        return say("report.same")
    best = label_of(table.game, move.best.action)
    return say("report.same_as", move=best) if move.loss < BEST else best


# --- what a person said ---------------------------------------------------------------------------


def _reads(room: Room, person: str) -> list[dict[str, str]]:
    found = []
    for read in reads_in(room):
        if read.person == person:
            buyers = room.tables[read.table].desk.shown.buyers
            within = word("ui", "within" if read.within else "not_within")
            found.append(
                {
                    "name": buyers[read.buyer].name, "place": place(read.d), "within": within,
                    "sure": sureness(read.confidence), "truth": place(read.truth),
                    "off": place(read.error),
                }
            )  # fmt: skip
    return found


def _votes(live: Live, person: str) -> list[dict[str, str]]:
    """The person's votes: what each would have cost, and what the room did instead."""
    found = []
    for ballot in live.room.ballots.values():
        action = ballot.choices.get(person)
        table = live.room.tables[ballot.table]
        if action is None or ballot.ply >= table.ply:
            continue
        weighed = live.reviews.of(table.id)
        moves = weighed.review.moves if weighed is not None and weighed.review is not None else ()
        options = moves[ballot.ply].options if ballot.ply < len(moves) else ()
        losses = {option.action: option.loss for option in options}
        played = line_of(table)[ballot.ply][1]
        turn = turn_of(table, ballot.ply)
        found.append(
            {
                "turn": str(turn) if turn else "–",
                "label": label_of(table.game, action),
                "cost": cost(losses[action]) if action in losses else say("report.not_weighed"),
                "played": say("report.same") if played == action else label_of(table.game, played),
            }
        )
    return found


def _test(room: Room, person: str) -> dict[str, Any] | None:
    if not any((half, person) in room.tests for half in ("before", "after")):
        return None
    found = gain_of_person(room, person)
    if found is None:
        return {"topics": []}
    names = shipped_judgment_test().topics
    rows = [
        (names.get(t.topic, t.topic), str(t.before), str(t.after), gain(t.after - t.before))
        for t in found.topics
    ]
    before, after = (sum(n) for n in zip(*((t.before, t.after) for t in found.topics), strict=True))
    rows.append((say("report.total"), str(before), str(after), gain(found.points)))
    return {"topics": rows, "note": say("report.test_note", noise=numeral(found.noise, 1))}


def _sentence(room: Room, person: str) -> str:
    parts = room.sentences.get(person)
    return sentence_text(room, parts) if parts else ""


# --- the room -------------------------------------------------------------------------------------


def _table(room: Room, table: Table) -> dict[str, str]:
    game = table.game
    signed = [turn.signed for turn in game.turns if turn.signed >= 0]
    people = [
        p.called or say("stage.somebody")
        for p in room.here() if p.seat == table.seat and not p.observes and p.name
    ]  # fmt: skip
    return {
        "seat": room.seats[table.seat].name,
        "scenario": game.scenario.title if len(room.desks) > 1 else "",
        "people": listed(people),
        "ending": ending_title(game) if game.ended else say("report.open"),
        "moves": str(table.ply),
        "score": amount(float(game.outcome().score[0])) if game.ended else "",
        "deal": game.words.package(signed[-1]) if signed else "",
    }
