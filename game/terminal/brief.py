"""Before the first word: who, what you want, what counts, when; the notebook; the calendar."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from game.core.rules import PREPARATIONS
from game.scenario.model import Meeting
from game.session.game import Game
from game.session.table import gap_words
from game.session.words import ui
from game.session.writing import (
    aside,
    capital,
    foreign,
    listed,
    named,
    numeral,
    quoted,
    sentence,
    sentences,
)
from game.terminal.catalogue import text
from game.terminal.screen import Screen


def briefing(screen: Screen, game: Game) -> None:
    """The whole briefing, in the order in which it is needed."""
    situation(screen, game)
    agreeable(screen, game)


def situation(screen: Screen, game: Game) -> None:
    """Who, what and where, and what counts."""
    s, scenario = screen, game.scenario
    s.blank()
    s.rule(scenario.title)
    you = scenario.you
    for name, said in (
        ("brief_selling", scenario.selling), ("brief_stake", scenario.stake),
        ("brief_firm", sentences(capital(you.firm), capital(you.role))), ("brief_want", you.want),
    ):  # fmt: skip
        if said:
            s.pair(ui(name), said)
    if you.alternative:
        floor = round(100 * you.reservation)
        s.pair(ui("table_alternative"), aside(you.alternative, text("worth", value=floor)))
    for first, person in enumerate(scenario.buyers.values()):
        said = sentences(person.name, person.role)
        silent = not person.say and len(scenario.buyers) > 1
        s.pair("" if first else text("meet"), aside(said, text("no_say")) if silent else said)
    places = [scenario.city] if scenario.city else []
    places += [_meeting(meeting) for meeting in scenario.meetings]
    for first, place in enumerate(places):
        s.pair("" if first else ui("brief_place"), place)
    if scenario.flight is not None:
        fixed = (
            ui("flight_movable", cost=_points(scenario.flight.cost))
            if scenario.flight.movable
            else ui("flight_fixed")
        )
        s.pair(text("your_flight"), sentence(sentences(scenario.flight.label, fixed)))
    if you.boss:
        s.pair(ui("boss_bonus"), named(you.boss, you.bonus))
    mine, theirs, future = (round(100 * share) for share in game.rules.score)
    s.pair(
        ui("table_weights"),
        ui("table_weights_line", mine=mine, theirs=theirs, relationship=future),
    )


def agreeable(screen: Screen, game: Game) -> None:
    """What can be agreed, and how this game was set up."""
    issues(screen, game)
    strange = foreign(game.loaded.language)
    if strange:
        screen.text(text("shown_in", value=strange), "muted")
    if game.settings.blind:
        screen.text(ui("brief_blind"), "gold")
    screen.text(ui("brief_seed", value=game.seed), "muted")


def _meeting(meeting: Meeting) -> str:
    turns = listed((meeting.place, text.counted("turns", meeting.turns)))
    return text("ruled", value=turns) if meeting.ground_rule == "no_business" else turns


def sureness(confidence: float) -> str:
    """A confidence in [0, 1] in words."""
    index = min(max(round(confidence * 2), 0), 2)
    return ui(("read_guess", "read_fairly", "read_sure")[index])


def _points(utility: float) -> str:
    return text.counted("points", round(100 * utility))


def issues(screen: Screen, game: Game) -> None:
    """What can be agreed: every issue with its options, from your best to theirs."""
    screen.blank()
    grid = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="muted")
    grid.add_column(text("to_agree"), ratio=2, overflow="fold")
    grid.add_column(text("best_to_theirs"), ratio=5, overflow="fold")
    grid.add_column(text("weighs"), justify="right")
    grid.width = screen.width
    weights = game.scenario.weights.you
    total = sum(weights.get(i, 0) for i in game.rules.issues) or 1
    for issue in game.rules.issues:
        options = game.scenario.issues[issue].options
        texts = [game.words.short(issue, k) for k in range(len(options))]
        unit = game.scenario.issues[issue].unit
        if unit and all(t.endswith(unit) for t in texts):
            texts = [t[: -len(unit)].strip() for t in texts]
            texts[-1] += f" {unit}"
        share = text("percent", count=round(100 * weights.get(issue, 0) / total))
        label = capital(game.words.label(issue))
        grid.add_row(Text(label), Text(" | ".join(texts)), Text(share))
    screen.show(grid)


def notebook(screen: Screen, game: Game) -> None:
    """What you were told and what you prepared."""
    screen.rule(ui("notebook"))
    told = game.number("told")
    lines = [fact.text for i, fact in enumerate(game.scenario.facts.values()) if told >> i & 1]
    prepared = game.number("prepared")
    ready = [
        (name, getattr(game.scenario.preparation, name))
        for i, name in enumerate(PREPARATIONS)
        if prepared >> i & 1
    ]
    hints = [turn.hint for turn in game.turns if turn.hint[0]]
    for line in lines:
        screen.item("·", line)
    for words, label in hints:
        hint = named(ui("notebook_hint"), quoted(words))
        guided = label and game.settings.help == "guided"
        screen.item("·", aside(hint, text("guessed", value=label)) if guided else hint, "muted")
    for name, read in ready:
        screen.pair(text(f"prepared_{name}"), read)
    for buyer, (place, confidence) in game.reads.items():
        person = game.words.person(buyer)
        mark = text("read_marked", value=numeral(place, 2), count=sureness(confidence))
        screen.item("·", sentences(person["name"], mark))
    if not (lines or ready or hints or game.reads):
        screen.text(ui("notebook_empty"), "muted")


def calendar(screen: Screen, game: Game) -> None:
    """Meetings, gaps, the flight, and where you are."""
    screen.rule(ui("calendar"))
    now = game.number("meeting")
    for count, meeting in enumerate(game.scenario.meetings, 1):
        mark = ">" if count == now else " "
        at = _meeting(meeting)
        when = named(gap_words(meeting.gap_days), at) if meeting.gap_days else at
        screen.item(f"{mark} {count}", when)
    for deal in game.scenario.deals:
        kind = "renewal_after" if deal.kind == "renewal" else "cross_after"
        screen.text(
            text.counted(kind, deal.gap_days, turns=text.counted("turns", deal.turns)), indent=4
        )
    flight = game.scenario.flight
    if flight is not None:
        if game.number("rebooked"):
            screen.text(ui("calendar_rebooked", cost=_points(flight.cost)))
        else:
            at = text("flight_at", value=flight.label, meeting=flight.meeting, turn=flight.turn)
            known = game.number("flight_known")
            screen.text(sentence(sentences(at, ui("flight_known" if known else "flight_unknown"))))
