"""What a table shows, as plain data: for faces that draw it instead of printing it.

Everything here comes from the player's own view and the turns that were played; nothing hidden is
in it unless the view has it (guided play adds trust and its state).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from game.core.rules import PREPARATIONS
from game.core.vocabulary import Initiative, Phase
from game.session.game import Game
from game.session.hand import RINGS
from game.session.moments import Opening, Turn
from game.session.notation import package_of, parts_of
from game.session.words import ui, ui_counted
from game.session.writing import told

Kind = Literal["place", "gap", "notice", "you", "done", "said", "event", "fact", "deal", "boss"]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of the column of talk; `turn` counts the turns played before it."""

    kind: Kind
    speaker: str  # a buyer's id, "" for nobody
    name: str  # as it is shown
    text: str
    label: str  # what you did, for your own lines
    turn: int
    source: str = ""  # a notice in its author's words: what is drawn and heard goes by them


@dataclass(frozen=True, slots=True)
class Card:
    """An action at hand: what it is, what you would say, the good reason for it."""

    action: int
    text: str  # notation
    label: str
    to_whom: str  # a name where several are at the table
    preview: str
    tempts: str
    ring: str
    verb: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A package on the table; `worth` is yours in [0, 1]."""

    package: int
    text: str
    worth: float
    below: bool  # below your walk-away


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    role: str
    say: bool
    present: bool


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of the notebook; `kind` is fact, hint, prepared or read."""

    kind: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Where things stand; shares and utilities in [0, 1]."""

    phase: Phase
    meeting: int
    meetings: int
    place: str
    setting: str
    spot: str  # the place in its author's words: what is drawn and heard goes by them
    hour: float  # of the day, moving on with the turns
    turn: int
    turns_left: int
    slots: int
    people: tuple[Person, ...]
    question: str  # what is waiting for an answer, ""
    asker: str
    mine: Offer | None
    theirs: Offer | None
    walkaway: float
    weights: tuple[float, float, float]
    flight_label: str
    flight_turn: int  # 0 where no flight ends this meeting
    rebooked: bool
    trust: dict[str, tuple[float, str]]  # guided play: buyer -> trust, trust state


def dialogue(game: Game) -> list[Line]:
    """The whole talk of this line so far, in order."""
    lines: list[Line] = []
    if game.first is not None:
        lines += _opening(game, game.first, 0)
    for number, turn in enumerate(game.turns, 1):
        lines += turn_lines(game, turn, number)
    return lines


def turn_lines(game: Game, turn: Turn, number: int) -> list[Line]:
    """One turn: what you said, what came back, and the next meeting where one begins."""

    def line(kind: Kind, text: str, speaker: str = "", label: str = "", source: str = "") -> Line:
        name = game.scenario.buyers[speaker].name if speaker else ""
        return Line(kind, speaker, name, text, label, number, source)

    verb = parts_of(turn.text).verb
    quiet = told(turn.own) or verb.removeprefix("prepare_") in PREPARATIONS
    found = [line("done" if quiet or not turn.own else "you", turn.own, label=turn.label)]
    prepared = verb.removeprefix("prepare_")
    if prepared in PREPARATIONS:
        found.append(line("fact", getattr(game.scenario.preparation, prepared)))
    event = [line("event", turn.event, source=turn.event_source)] if turn.event else []
    sits_down = turn.opening is not None and turn.opening.meeting == 1
    if not sits_down:  # else it is told once it is known where
        found += event
    found += [
        line("notice", shown.text, shown.buyer, source=shown.source) for shown in turn.notices
    ]
    if not turn.said and turn.number:
        found.append(line("notice", ui("silent")))
    found += [line("said", shown.text, shown.buyer) for shown in turn.said]
    if turn.fact:
        found.append(line("fact", game.scenario.facts[turn.fact].text))
    if turn.signed >= 0:
        found.append(line("deal", game.words.package(turn.signed)))
    found += [line("boss", note) for note in turn.boss]
    if turn.opening is not None:
        found += _opening(game, turn.opening, number)
    return [*found, *(event if sits_down else [])]


def _opening(game: Game, opening: Opening, number: int) -> list[Line]:
    found = []
    if opening.gap_days and opening.meeting > 1:
        found.append(Line("gap", "", "", gap_words(opening.gap_days), "", number))
    found.append(Line("place", "", "", opening.place, "", number))
    if opening.notice:
        found.append(Line("notice", "", "", opening.notice, "", number, opening.source))
    for said in opening.said:
        name = game.scenario.buyers[said.buyer].name
        found.append(Line("said", said.buyer, name, said.text, "", number))
    return found


def gap_words(days: int) -> str:
    """How long it is until a meeting."""
    if days == 1:
        return ui_counted("calendar_days", 1)
    if days >= 60:
        return ui_counted("calendar_months", round(days / 30.4))
    return ui_counted("calendar_days", days)


# --- what you can do ------------------------------------------------------------------------------


def cards(game: Game, actions: Sequence[int]) -> list[Card]:
    """Actions as they are shown."""
    return [_card(game, action) for action in actions]


def numbers(game: Game, hand: Sequence[int]) -> dict[int, int]:
    """Action to number: the hand first, then all others in the order of the rings."""
    numbered = {action: k for k, action in enumerate(hand, 1)}
    for actions in game.hands.by_ring(game.legal()).values():
        for action in actions:
            numbered.setdefault(action, len(numbered) + 1)
    return numbered


def by_ring(game: Game) -> dict[str, list[Card]]:
    """Every legal base action, grouped by ring in the order of the rings."""
    groups = game.hands.by_ring(game.legal())
    order = [ring for ring in (*RINGS, "prepare", "between") if ring in groups]
    return {ring: cards(game, groups[ring]) for ring in order}


def _card(game: Game, action: int) -> Card:
    base = action < game.rules.base_actions
    parts = parts_of(game.rules.actions[action]) if base else None
    verb = parts.verb if parts is not None else "propose"
    several = len(game.present) > 1 and parts is not None and parts.buyer
    who = game.scenario.buyers[parts.buyer].name if several and parts is not None else ""
    text = game.rules.actions[action] if base else ""
    return Card(
        action, text, game.label(action), who, game.preview(action), game.words.tempts(action),
        game.hands.ring_of[verb], verb,
    )  # fmt: skip


# --- where things stand ---------------------------------------------------------------------------


def stand(game: Game) -> Stand:
    """Meeting, people, offers, what is open, what always stays in view."""
    scenario, phase = game.scenario, game.phase
    meeting = game.number("meeting")
    model = scenario.meetings[min(meeting, len(scenario.meetings)) - 1]
    turn = game.number("turn") if phase in (Phase.TABLE, Phase.AFTER) else 0
    question, asker = _question(game)
    flight = scenario.flight
    ends_here = flight is not None and flight.meeting == meeting and not game.number("rebooked")
    you, them, future = game.rules.score
    return Stand(
        phase=phase,
        meeting=meeting,
        meetings=max(len(scenario.meetings), meeting),
        place=model.place,
        setting=model.setting,
        spot=model.original("place"),
        hour=model.hour + max(0, turn - 1) / 6,
        turn=turn,
        turns_left=game.number("turns_left") if phase is Phase.TABLE else 0,
        slots=game.number("slots"),
        people=tuple(
            Person(id, person.name, person.role, person.say, id in game.present)
            for id, person in scenario.buyers.items()
        ),
        question=question,
        asker=asker,
        mine=offer(game, game.number("mine")),
        theirs=offer(game, game.number("theirs")),
        walkaway=game.number("reservation"),
        weights=(float(you), float(them), float(future)),
        flight_label=flight.label if flight is not None else "",
        flight_turn=flight.turn if flight is not None and ends_here else 0,
        rebooked=bool(game.number("rebooked")),
        trust=_trust(game),
    )


def offer(game: Game, package: int) -> Offer | None:
    """A package in words with its worth to you; None for -1."""
    if package < 0:
        return None
    worth = float(game.rules.bargain.seller[package])
    return Offer(package, game.words.package(package), worth, worth < game.number("reservation"))


def composed(game: Game, options: Sequence[int]) -> Offer:
    """The package of one option (an index) for every issue, in the scenario's order."""
    found = offer(game, package_of(game.rules, options))
    assert found is not None
    return found


def _question(game: Game) -> tuple[str, str]:
    asked = game.number("asked")
    if not asked:
        return "", ""
    name = Initiative(asked).name.lower()
    demand = game.number("demand")
    what = game.words.label(game.rules.demands[demand]) if demand >= 0 else ""
    if name == "demand" and not what:
        return "", ""
    who = list(game.scenario.buyers)[game.number("addressee")]
    return ui(f"open_{name}", demand=what), who


def _trust(game: Game) -> dict[str, tuple[float, str]]:
    if game.settings.help != "guided" or game.ended:
        return {}
    view = game.view()
    names = game.rules.machine.names
    return {
        id: (float(view["true_trust"][b][0]), names[int(view["true_trust_state"][b][0])])
        for b, id in enumerate(game.rules.buyers.names)
        if id in game.present
    }


# --- the notebook and the path --------------------------------------------------------------------


def notebook(game: Game) -> list[Note]:
    """What you were told, what was hinted at, what preparing brought in words, in that order."""
    told, prepared = game.number("told"), game.number("prepared")
    notes = [
        Note("fact", fact.text, game.words.name(fact.about))
        for i, fact in enumerate(game.scenario.facts.values())
        if told >> i & 1
    ]
    guided = game.settings.help == "guided"
    for words, label in (turn.hint for turn in game.turns):
        if words:
            notes.append(Note("hint", words, label if guided else ""))
    notes += [
        Note("prepared", found, name)
        for i, name in enumerate(PREPARATIONS)
        if prepared >> i & 1 and (found := getattr(game.scenario.preparation, name))
    ]
    return notes


def path(game: Game) -> list[float]:
    """Rings of your moves at this meeting's table, 0 terms … 3 personal, in order."""
    here = [t for t in game.turns if t.number and t.meeting == game.number("meeting")]
    return [float(game.rules.radius[turn.action]) for turn in here]
