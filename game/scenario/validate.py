"""Cross checks of a valid scenario: names that must exist, lists that must fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.scenario.diagnostics import Diagnostic, suggest
from game.scenario.mending import meant_within
from game.scenario.model import Buyer, CommonMoves, Scenario
from game.scenario.phrases import PhraseCheck
from game.scenario.table import TableCheck
from game.scenario.tree import Item, Lines, Path, nearest, within

_MOVE = re.compile(r"([a-z_]+)(?::([^@]*))?(?:@([a-z0-9_]+))?\Z")


def check_scenario(
    scenario: Scenario, root: Item, lines: Lines, moves: CommonMoves, cultures: Iterable[str]
) -> list[Diagnostic]:
    """Everything that does not agree; ``scenario.buyers`` is filled, ``root`` as written."""
    return list(_ScenarioCheck(scenario, root, lines, moves, frozenset(cultures)).run())


class _ScenarioCheck(TableCheck, PhraseCheck):
    def run(self) -> Iterator[Diagnostic]:
        yield from self.on_the_table()
        for name, buyer in self.scenario.buyers.items():
            yield from self.buyer(name, buyer)
        yield from self.people()
        yield from self.facts()
        yield from self.calendar()
        yield from self.phrases()
        yield from self.plays()

    def buyer(self, name: str, buyer: Buyer) -> Iterator[Diagnostic]:
        base = self.buyer_path(name)
        if buyer.weights:
            yield from self.weights(buyer.weights, (*base, "weights"))
        if buyer.needs:
            total = sum(need.chance for need in buyer.needs.values())
            if abs(total - 1) > 0.01:
                yield self.complaint(
                    "X006",
                    f"the chances of the needs sum to {total:.4g}",
                    (*base, "needs"),
                    "a sum of 1",
                    "one of the needs is always the real one; share 1 among them",
                )
            for need, content in buyer.needs.items():
                yield from self.weights(content.weights, (*base, "needs", need, "weights"))
        for key in ("welcome", "sore"):
            for index, topic in enumerate(getattr(buyer, key)):
                if topic not in self.scenario.topics:
                    yield self.unknown(
                        "X008",
                        f"there is no topic “{topic}”",
                        (*base, key, index),
                        topic,
                        self.scenario.topics,
                        "add the topic under “topics:”",
                    )
        for index, topic in enumerate(buyer.sore):
            if topic in buyer.welcome:
                yield self.complaint(
                    "X009",
                    f"“{topic}” is welcome and sore at once",
                    (*base, "sore", index),
                    "a topic in one of the two lists",
                    "take it out of one list",
                )
        if buyer.culture is not None and self.cultures and buyer.culture not in self.cultures:
            yield self.unknown(
                "X022",
                f"there is no culture “{buyer.culture[:40]}”",
                (*base, "culture"),
                buyer.culture,
                sorted(self.cultures),
                "use a country code such as KR",
            )

    def people(self) -> Iterator[Diagnostic]:
        scenario = self.scenario
        present: set[str] = set()
        for number, meeting in enumerate(scenario.meetings):
            present.update(meeting.present or scenario.buyers)
            for index, name in enumerate(meeting.present):
                if name not in scenario.buyers:
                    yield self.unknown(
                        "X002",
                        f"there is no buyer “{name}” to be present",
                        ("meetings", number, "present", index),
                        name,
                        scenario.buyers,
                        "name a buyer",
                    )
        for name, buyer in scenario.buyers.items():
            if name not in present:
                yield self.complaint(
                    "X024",
                    f"{buyer.name} is present at no meeting",
                    self.buyer_path(name),
                    "everybody at some meeting",
                    f"add {name} to “present:” of a meeting",
                    "warning",
                )
        if scenario.buyers and not any(buyer.say for buyer in scenario.buyers.values()):
            yield self.complaint(
                "X023",
                "nobody has a say, so nobody can agree",
                self.buyer_path(next(iter(scenario.buyers))),
                "“say: true” for one buyer or more",
                "give somebody a say",
            )

    def facts(self) -> Iterator[Diagnostic]:
        scenario = self.scenario
        abouts = [*scenario.issues, *scenario.topics]
        for name, fact in scenario.facts.items():
            if fact.about not in abouts:
                yield self.unknown(
                    "X007",
                    f"“{fact.about}” is neither an issue nor a topic",
                    ("facts", name, "about"),
                    fact.about,
                    abouts,
                    "name an issue or a topic",
                )
            if fact.buyer is not None and fact.buyer not in scenario.buyers:
                yield self.unknown(
                    "X002",
                    f"there is no buyer “{fact.buyer}” to hold this fact",
                    ("facts", name, "buyer"),
                    fact.buyer,
                    scenario.buyers,
                    "name a buyer",
                )

    # --- the calendar -----------------------------------------------------------------------------

    def calendar(self) -> Iterator[Diagnostic]:
        scenario = self.scenario
        meetings = scenario.meetings
        flight = scenario.flight
        if flight is not None:
            if flight.meeting > len(meetings):
                yield self.complaint(
                    "X010",
                    f"there is no meeting {flight.meeting}",
                    ("flight", "meeting"),
                    numbers("meeting", len(meetings)),
                    "name the meeting that the flight ends",
                )
            elif flight.turn > meetings[flight.meeting - 1].turns:
                yield self.complaint(
                    "X011",
                    f"the flight leaves at turn {flight.turn}, after the meeting's last",
                    ("flight", "turn"),
                    f"a turn up to {meetings[flight.meeting - 1].turns}",
                    "let it leave earlier, or give the meeting more turns",
                )
        for name, event in scenario.events.items():
            if not 1 <= event.meeting <= len(meetings):
                yield self.complaint(
                    "X017",
                    f"there is no meeting {event.meeting}",
                    ("events", name, "meeting"),
                    numbers("meeting", len(meetings)),
                    "name a meeting that takes place",
                )
            elif (
                event.turn is not None and not 1 <= event.turn <= meetings[event.meeting - 1].turns
            ):
                yield self.complaint(
                    "X017",
                    f"meeting {event.meeting} has no turn {event.turn}",
                    ("events", name, "turn"),
                    numbers("turn", meetings[event.meeting - 1].turns),
                    "name a turn that is played",
                )
        turns = sum(meeting.turns for meeting in meetings) + sum(
            deal.turns for deal in scenario.deals
        )
        for index, note in enumerate(scenario.you.notes):
            if note.turn > turns:
                yield self.complaint(
                    "X029",
                    f"the note of turn {note.turn} never arrives",
                    ("you", "notes", index, "turn"),
                    f"a turn up to {turns}",
                    "let it arrive earlier",
                    "warning",
                )

    # --- plays ------------------------------------------------------------------------------------

    def plays(self) -> Iterator[Diagnostic]:
        for name, play in self.scenario.plays.items():
            for index, move in enumerate(play.moves):
                yield from self.move(move, ("plays", name, "moves", index))

    def move(self, text: str, path: Path) -> Iterator[Diagnostic]:
        match = _MOVE.match(text.strip())
        verb = match.group(1) if match else text.strip()
        if match is None or verb not in self.moves.moves:
            near = suggest(verb, self.moves.moves)
            place = within(nearest(self.root, path), text, 0, len(verb), self.lines)
            yield self.complaint(
                "X028",
                f"“{text[:60]}” begins with no verb that is known",
                path,
                "a move such as small_talk:harvest",
                f"did you mean “{near}”?"
                if near
                else "write verb, verb:argument or verb:argument@buyer",
                edits=meant_within(self.lines, place, verb, self.moves.moves),
            )
        elif match.group(3) and match.group(3) not in self.scenario.buyers:
            yield self.unknown(
                "X002",
                f"there is no buyer “{match.group(3)}” to address",
                path,
                match.group(3),
                self.scenario.buyers,
                "name a buyer",
            )


def numbers(what: str, last: int) -> str:
    return f"a {what} from 1 to {last}" if last > 1 else f"{what} 1, the only one"
