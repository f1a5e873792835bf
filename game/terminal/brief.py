"""Before the first word: who, what you want, what counts, when; the notebook; the calendar."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from game.core.rules import PREPARATIONS
from game.scenario.model import Meeting
from game.session.game import Game
from game.session.words import ui, ui_counted
from game.session.writing import named, quoted
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
    firm = ". ".join(_capital(x) for x in (you.firm, you.role) if x)
    for name, said in (
        ("brief_selling", scenario.selling), ("brief_stake", scenario.stake),
        ("brief_firm", firm), ("brief_want", you.want),
    ):  # fmt: skip
        if said:
            s.pair(ui(name), said)
    if you.alternative:
        floor = round(100 * you.reservation)
        s.pair(ui("table_alternative"), f"{you.alternative} ({text('worth', value=floor)})")
    for number, person in enumerate(scenario.buyers.values()):
        say = "" if person.say or len(scenario.buyers) == 1 else f" ({text('no_say')})"
        s.pair(
            "" if number else text("meet"),
            ". ".join(filter(None, (person.name, person.role))) + say,
        )
    for number, meeting in enumerate(scenario.meetings, 1):
        name = ui("brief_place") if number == 1 else ""
        s.pair(name, _meeting(meeting))
    if scenario.flight is not None:
        fixed = (
            ui("flight_movable", cost=_points(scenario.flight.cost))
            if scenario.flight.movable
            else ui("flight_fixed")
        )
        s.pair(text("your_flight"), f"{scenario.flight.label}. {fixed}.")
    if you.boss:
        s.pair(ui("boss_bonus"), f"{you.boss}: {you.bonus}")
    mine, theirs, future = (round(100 * share) for share in game.rules.score)
    s.pair(
        ui("table_weights"),
        ui("table_weights_line", mine=mine, theirs=theirs, relationship=future),
    )


def agreeable(screen: Screen, game: Game) -> None:
    """What can be agreed, and how this game was set up."""
    issues(screen, game)
    if game.settings.blind:
        screen.text(ui("brief_blind"), "gold")
    screen.text(ui("brief_seed", value=game.seed), "muted")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _meeting(meeting: Meeting) -> str:
    rule = f"; {text('no_business')}" if meeting.ground_rule == "no_business" else ""
    return f"{meeting.place}, {text.counted('turns', meeting.turns)}{rule}"


def gap_text(days: int) -> str:
    """How long it is until a meeting."""
    if days == 1:
        return ui_counted("calendar_days", 1)
    if days >= 60:
        return ui_counted("calendar_months", round(days / 30.4))
    return ui_counted("calendar_days", days)


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
        share = f"{round(100 * weights.get(issue, 0) / total)} %"
        label = game.words.label(issue)
        grid.add_row(Text(label[:1].upper() + label[1:]), Text(" | ".join(texts)), Text(share))
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
        guess = f" ({label}?)" if label and game.settings.help == "guided" else ""
        screen.item("·", named(ui("notebook_hint"), quoted(words)) + guess, "muted")
    for name, read in ready:
        screen.pair(name.capitalize(), read)
    for buyer, (place, confidence) in game.reads.items():
        person = game.words.person(buyer)
        mark = text("read_marked", value=f"{place:.2f}", count=sureness(confidence))
        screen.item("·", f"{person['name']}. {mark}")
    if not (lines or ready or hints or game.reads):
        screen.text(ui("notebook_empty"), "muted")


def calendar(screen: Screen, game: Game) -> None:
    """Meetings, gaps, the flight, and where you are."""
    screen.rule(ui("calendar"))
    now = game.number("meeting")
    for number, meeting in enumerate(game.scenario.meetings, 1):
        mark = ">" if number == now else " "
        gap = gap_text(meeting.gap_days) + ": " if meeting.gap_days else ""
        screen.item(f"{mark} {number}", f"{gap}{_meeting(meeting)}")
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
            screen.text(
                text("flight_at", value=flight.label, meeting=flight.meeting, turn=flight.turn)
                + " "
                + ui("flight_known" if game.number("flight_known") else "flight_unknown")
                + "."
            )
