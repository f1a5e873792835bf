"""Parts of the briefing: people, the matter, what can be agreed."""

from __future__ import annotations

from game.core.rules import Rules
from game.desktop.layout import Column, Row
from game.desktop.screens.briefing_people import first_meeting, visit_to
from game.desktop.screens.sheets_calendar import calendar_figure, flight_words
from game.desktop.screens.sheets_parts import Beside, WorthLine, pair, points, score_names, weights
from game.desktop.text import BODY, HEADING, LABEL, SMALL, STRONG, Run
from game.desktop.theme import RADIUS
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Label, ProgressBar, RichText, SvgPicture, section
from game.desktop.words import say
from game.scenario.load import Loaded
from game.scenario.model import Scenario
from game.session.words import Words
from game.session.writing import capital, sentences

_WIDE, _HIGH = 560.0, 420.0  # px that pictures of people are drawn for
_ONE, _MANY = 232.0, 150.0  # px, how high they are shown


def people(scenario: Scenario) -> Widget:
    """A card for everybody one will meet: picture, name, role, whether they have a say; then what
    the boss at home hopes for."""
    high = _ONE if len(scenario.buyers) == 1 else _MANY
    cards: list[Widget] = [Label(say("briefing.meet"), LABEL)]
    for buyer, person in scenario.buyers.items():
        visit = visit_to(person, first_meeting(scenario, buyer), _WIDE, _HIGH)
        picture = SvgPicture(visit, cover=True, radius=RADIUS - 4, height=high, name=person.name)
        words: list[Widget] = [Label(person.name, HEADING), Label(person.role, SMALL)]
        if len(scenario.buyers) > 1:
            key = "say" if person.say else "no_say"
            words.append(Label(say(f"briefing.{key}"), SMALL.but(colour="ink", face="sans-semi")))
        card = Card(picture, Column(*words, gap=0, padding=(6, 0, 6, 4)), padding=8, gap=8)
        cards.append(card)
    if scenario.you.boss:
        boss = RichText(f"**{scenario.you.boss}.** {scenario.you.bonus}", BODY.but(size=14))
        hopes = section(Label(say("briefing.boss"), LABEL), boss, gap=3)
        cards.append(Card(hopes, fill="note", border=None, padding=14))
    return Column(*cards, gap=10)


def matter(scenario: Scenario, rules: Rules) -> Widget:
    """What you sell and want, what you fall back on, what the score counts."""
    you = scenario.you
    firm = sentences(capital(you.firm), capital(you.role))
    facts = [
        ("selling", scenario.selling), ("stake", scenario.stake), ("firm", firm),
        ("want", you.want),
    ]  # fmt: skip
    told = [pair(say(f"briefing.{key}"), capital(text)) for key, text in facts if text]
    floor: list[Widget] = []
    if you.alternative:
        floor.append(pair(say("briefing.alternative"), capital(you.alternative)))
    floor.append(Label(say("briefing.walkaway", value=points(you.reservation)), SMALL))
    floor.append(WorthLine(you.reservation, name=say("sheets.worth_line")))
    counts = Card(
        Label(say("briefing.counts"), LABEL),
        weights([float(part) for part in rules.score], score_names()),
        Label(say("briefing.counts_help"), SMALL),
        gap=8, padding=14,
    )  # fmt: skip
    return Column(Beside(*told, gap=14), Beside(Card(*floor, gap=6, padding=14), counts), gap=16)


def agreeable(loaded: Loaded, rules: Rules) -> Widget:
    """Every issue: its options from your best to theirs, and how much it weighs for you."""
    scenario, words = loaded.scenario, Words(loaded, rules)
    total = sum(scenario.weights.you.get(issue, 0.0) for issue in rules.issues) or 1.0
    rows: list[Widget] = []
    for issue in rules.issues:
        part = scenario.weights.you.get(issue, 0.0) / total
        name = capital(words.label(issue))
        head = Row(
            Label(name, STRONG, grow=1), Label(f"{points(part)} %", SMALL, shrink=False), gap=10
        )
        bar = ProgressBar(part, "specific", height=5, name=name)
        rows.append(Column(head, bar, _options(scenario, words, issue), gap=4))
    return Card(
        Label(say("briefing.agree"), LABEL),
        Label(say("briefing.agree_help"), SMALL),
        Beside(*rows, gap=14), gap=10, padding=14,
    )  # fmt: skip


def _options(scenario: Scenario, words: Words, issue: str) -> RichText:
    """The options in a line, your best first and heavier than the others."""
    model = scenario.issues[issue]
    texts = [words.short(issue, k) for k in range(len(model.options))]
    if model.unit and all(text.endswith(model.unit) for text in texts):
        texts = [text.removesuffix(model.unit).strip() for text in texts]
        texts[-1] += f" {model.unit}"
    # An option stays in one line where it can; lines break between options.
    texts = [text.replace(" ", "\u00a0") if len(text) < 28 else text for text in texts]
    rest = "".join(f" · {text}" for text in texts[1:])
    return RichText([Run(texts[0], STRONG.but(size=14)), Run(rest, BODY.but(size=14))])


def occasions(scenario: Scenario) -> Widget:
    """The calendar with the flight."""
    parts: list[Widget] = [
        Label(say("briefing.when"), LABEL),
        calendar_figure(scenario, 1),
    ]
    if flight_words(scenario):
        parts.append(Label(flight_words(scenario), SMALL))
    return Card(*parts, gap=8, padding=14)
