"""What a phone shows of a game, as plain data: only what the player's own view holds.

Nothing hidden can get onto a page from here: everything comes from the view of the seller, the
lines that were said and noticed, and what the facilitator has revealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from game.core.vocabulary import Phase
from game.figures.calendar import Calendar, calendar
from game.figures.spiral import Spiral, spiral
from game.looks.dates import dates_of, in_words
from game.looks.path import path_of
from game.review.sheet import VARIABLES
from game.scenario.language import direction
from game.session.endings import ending_title
from game.session.game import Game
from game.session.table import (
    Card,
    Line,
    Note,
    Offer,
    Stand,
    cards,
    dialogue,
    notebook,
)
from game.session.table import stand as stand_of
from game.session.words import ui
from game.workshop.pictures import Picture, picture_of
from game.workshop.room.tables import Table
from game.workshop.words import say, say_counted

_LAST = 12  # lines of the talk on a page; the rest is a tap away
_PATH = 306.0  # px, the side of the picture of the path
_DATES = (250.0, 40.0, 1.25)  # px, width and least height of the calendar, and its text's scale


@dataclass(frozen=True, slots=True)
class IssueChoice:
    """An issue of the offer that is composed by hand; `you` are your worths in [0, 1]."""

    id: str
    label: str
    values: tuple[str, ...]  # as they are written down
    options: tuple[str, ...]  # as they are shown
    you: tuple[float, ...]
    weight: float
    chosen: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A table as a seat sees it."""

    lang: str  # of the scenario's words, which may not be the page's
    direction: str  # of the same, ltr or rtl
    ply: int
    phase: str  # prepare, table, after, between, ended
    title: str
    at: Stand
    earlier: tuple[Line, ...]
    lines: tuple[Line, ...]
    latest: tuple[Line, ...]  # what the last move brought
    notices: tuple[Line, ...]
    before: tuple[Line, ...]  # what people's last move brought, where the house has gone on since
    begun: bool  # whether people have moved here
    meanwhile: tuple[str, ...]  # what the house played since people moved last, in the short form
    hand: tuple[Card, ...]
    beside: tuple[Card, ...]  # wait and part
    issues: tuple[IssueChoice, ...]  # empty where no package may be put up
    notes: tuple[Note, ...]
    reads_due: tuple[str, ...]
    present: tuple[str, ...]
    names: dict[str, str]  # buyer -> name
    reads: dict[str, tuple[float, float]]  # buyer -> (d, confidence)
    brief: tuple[tuple[str, str, str], ...]  # (id, label, text)
    told: str  # the newest words, for a screen reader
    picture: Picture | None  # who is to be seen, None away from a table
    path: Markup  # your own way through the rings, as SVG
    dates: Markup  # the calendar, before a meeting; later it is at an address of its own
    boss: tuple[str, ...]  # what your own house wrote, the newest first
    trust: tuple[tuple[str, int, str], ...]  # guided play: (name, percent, state)
    ending: str  # "" while it goes on
    letter: str
    terms: tuple[str, ...]  # what was agreed, every time something was; once it is over
    scores: tuple[tuple[str, int], ...]  # (label, 0 to 100), once it is over


def seen(table: Table, place: int = 0, revealed: Sequence[str] = ()) -> Seen:
    """What is to be seen at a table now; `place` counts the session's scenarios from 0.

    `revealed` are the layers that are: what a meeting came to for the other side, and between both,
    tells what was hidden as well as a look at it would.
    """
    game = table.game
    at = stand_of(game)
    lines = dialogue(game)
    now = lines[-1].turn if lines else 0
    latest = [line for line in lines if line.turn == now]
    aside = [game.rules.actions.index(name) for name in ("wait", "part")]
    hand = [action for action in table.options() if action not in aside]
    return Seen(
        lang=table.desk.language,
        direction=direction(table.desk.language),
        ply=table.ply,
        phase=Phase(game.phase).name.lower(),
        title=game.scenario.title,
        at=at,
        earlier=tuple(lines[:-_LAST]),
        lines=tuple(lines[-_LAST:]),
        latest=tuple(latest),
        notices=tuple(line for line in latest if line.kind == "notice"),
        before=_before(table, lines),
        begun=table.made > 0,
        meanwhile=tuple(turn.label for turn in table.meanwhile),
        hand=tuple(cards(game, hand)),
        beside=_beside(game),
        issues=_issues(game),
        notes=tuple(notebook(game)),
        reads_due=tuple(game.reads_due()),
        present=game.present,
        names={id: buyer.name for id, buyer in game.scenario.buyers.items()},
        reads=dict(game.reads),
        brief=_brief(game),
        told=" ".join(line.text for line in latest if line.kind in ("notice", "said")),
        picture=_picture(game, place, at, latest),
        path=_path(game, at),
        dates=_dates(game, at),
        boss=tuple(line.text for line in reversed(lines) if line.kind == "boss"),
        trust=tuple(
            (game.scenario.buyers[id].name, round(100 * trust), state_name(state))
            for id, (trust, state) in at.trust.items()
        ),
        ending=ending_title(game) if game.ended else "",
        letter=_letter(game),
        terms=_terms(game),
        scores=_scores(game, revealed),
    )


def _before(table: Table, lines: Sequence[Line]) -> tuple[Line, ...]:
    """What came of the last move that people made themselves, if the house has moved since."""
    own = len(table.game.turns) - len(table.meanwhile)
    return tuple(line for line in lines if line.turn == own) if own and table.meanwhile else ()


def _terms(game: Game) -> tuple[str, ...]:
    signed = [turn.signed for turn in game.turns if turn.signed >= 0] if game.ended else []
    return tuple(game.words.package(package) for package in signed)


def _picture(game: Game, place: int, at: Stand, latest: list[Line]) -> Picture | None:
    if game.phase not in (Phase.TABLE, Phase.AFTER):
        return None
    said = [line.speaker for line in latest if line.kind == "said"]
    return picture_of(game, place, at, said[-1] if said else "")


def _path(game: Game, at: Stand) -> Markup:
    if game.phase not in (Phase.TABLE, Phase.AFTER):
        return Markup()
    data = path_of(game, at, lambda id, **values: say(f"phone.{id}", **values))
    return Markup(_drawn(data))


def _dates(game: Game, at: Stand) -> Markup:
    """Where one plans it is always there; at the table it would be sent with every move."""
    planning = game.phase in (Phase.PREPARE, Phase.BETWEEN)
    return dates_drawn(game, at) if planning else Markup()


def dates_drawn(game: Game, at: Stand) -> Markup:
    """Meetings, the days between them and the flight, as SVG."""
    said = dates_of(
        game.scenario, at.meeting, at.rebooked,
        lambda id, **values: say(f"phone.{id}", **values),
        lambda id, count: say_counted(f"phone.{id}", count),
    )  # fmt: skip
    return Markup(_calendar(replace(said, desc=in_words(said))))


@lru_cache(100)
def _calendar(data: Calendar) -> str:
    return calendar(data, VARIABLES, *_DATES)


@lru_cache(400)  # who came the same way is shown the same picture
def _drawn(data: Spiral) -> str:
    return spiral(data, VARIABLES, _PATH, _PATH, 1.2)


def state_name(state: str) -> str:
    """A state of trust in words; one of a scenario's own has only its name."""
    try:
        return ui(f"state_{state}")
    except KeyError:
        return state.replace("_", " ").capitalize()


def _brief(game: Game) -> tuple[tuple[str, str, str], ...]:
    scenario = game.scenario
    return (
        ("selling", ui("brief_selling"), scenario.selling),
        ("stake", ui("brief_stake"), scenario.stake),
        ("want", ui("brief_want"), scenario.you.want),
        ("alternative", ui("table_alternative"), scenario.you.alternative),
        ("bonus", ui("boss_bonus"), scenario.you.bonus),
    )


def _letter(game: Game) -> str:
    written = game.letter() if game.ended else None
    return written.text if written is not None else ""


_SCORES = (  # label, and the layers that it tells of
    ("review_your_deal", ()),
    ("review_their_deal", ("position",)),
    ("review_relationship", ("trust",)),
)


def _scores(game: Game, revealed: Sequence[str]) -> tuple[tuple[str, int], ...]:
    if not game.ended:
        return ()
    result = game.outcome()
    parts = (result.seller_utility, result.buyer_utility, result.relationship)
    shares = [
        (ui(name), round(100 * float(part[0])))
        for (name, layers), part in zip(_SCORES, parts, strict=True)
        if set(layers) <= set(revealed)
    ]
    whole = ((say("phone.score"), round(float(result.score[0]))),)
    return (*shares, *(whole if len(shares) == len(parts) else ()))


def _beside(game: Game) -> tuple[Card, ...]:
    if game.ended:
        return ()
    legal = [a for a in game.legal() if game.rules.actions[a] in ("wait", "part")]
    return tuple(cards(game, legal))


def _issues(game: Game) -> tuple[IssueChoice, ...]:
    """The issues of a package, set to the offer that stands or to your best."""
    rules = game.rules
    if game.ended or rules.actions.index("propose") not in game.legal():
        return ()
    at = stand_of(game)
    standing: Offer | None = at.mine or at.theirs
    chosen = rules.bargain.options[standing.package].tolist() if standing else None
    return tuple(
        IssueChoice(
            issue, game.words.label(issue), tuple(rules.option_texts[i]),
            tuple(game.words.short(issue, k) for k in range(len(model.options))),
            tuple(model.you), float(game.scenario.weights.you.get(issue, 0.0)),
            chosen[i] if chosen else 0,
        )
        for i, (issue, model) in enumerate((i, game.scenario.issues[i]) for i in rules.issues)
    )  # fmt: skip
