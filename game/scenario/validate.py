"""Cross checks of a valid scenario: names that must exist, lists that must fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from game.scenario.diagnostics import Diagnostic, Severity, did_you_mean, listing
from game.scenario.messages import dotted
from game.scenario.model import Buyer, CommonMoves, Issue, Scenario
from game.scenario.tree import Item, Lines, Path, nearest
from game.scenario.utility import best_utility, buyer_weights, meeting_ground, package_count

MAX_PACKAGES = 1024
LIMITS: dict[str, int] = {"facts": 16, "topics": 8, "demands": 6, "blocks": 5, "buyers": 4}
_MOVE = re.compile(r"([a-z_]+)(?::([^@]*))?(?:@([a-z0-9_]+))?\Z")


def check_scenario(
    scenario: Scenario, root: Item, lines: Lines, moves: CommonMoves, cultures: Iterable[str]
) -> list[Diagnostic]:
    """Everything that does not agree; ``scenario.buyers`` is filled, ``root`` as written."""
    return list(_Check(scenario, root, lines, moves, frozenset(cultures)).run())


class _Check:
    def __init__(
        self,
        scenario: Scenario,
        root: Item,
        lines: Lines,
        moves: CommonMoves,
        cultures: frozenset[str],
    ) -> None:
        self.scenario = scenario
        self.root = root
        self.lines = lines
        self.moves = moves
        self.cultures = cultures
        self.single = isinstance(root.value, dict) and "buyer" in root.value

    def complaint(
        self,
        code: str,
        message: str,
        path: Path,
        expected: str,
        fix: str,
        severity: Severity = "error",
    ) -> Diagnostic:
        item = nearest(self.root, path)
        return self.lines.complaint(
            code,
            message,
            item.spot,
            field=dotted(path),
            expected=expected,
            fix=fix,
            severity=severity,
        )

    def unknown(
        self, code: str, message: str, path: Path, word: str, known: Iterable[str], otherwise: str
    ) -> Diagnostic:
        """A name that should be one of some others; points at the key where the name is one."""
        names = list(known)
        item = nearest(self.root, path)
        place = item.key if item.key is not None and path and str(path[-1]) == word else item.spot
        return self.lines.complaint(
            code,
            message,
            place,
            field=dotted(path),
            expected="one of " + listing(names) if names else otherwise,
            fix=did_you_mean(word, names, otherwise),
        )

    def buyer_path(self, buyer: str) -> Path:
        return ("buyer",) if self.single else ("buyers", buyer)

    def run(self) -> Iterator[Diagnostic]:
        yield from self.sizes()
        sound = True
        for name, issue in self.scenario.issues.items():
            for found in self.issue(name, issue):
                sound = False
                yield found
        yield from self.price()
        for side in ("you", "buyer"):
            yield from self.weights(getattr(self.scenario.weights, side), ("weights", side))
        for name, buyer in self.scenario.buyers.items():
            yield from self.buyer(name, buyer)
        if sound:
            yield from self.alternatives()
        yield from self.facts()
        yield from self.calendar()
        yield from self.people()
        yield from self.words()
        score = self.scenario.score
        if score.you + score.them + score.relationship <= 0:
            yield self.complaint(
                "X018",
                "the score counts nothing",
                ("score",),
                "at least one weight above 0",
                "give you, them or relationship a weight",
            )

    # --- the table --------------------------------------------------------------------------------

    def sizes(self) -> Iterator[Diagnostic]:
        for section, most in LIMITS.items():
            count = len(getattr(self.scenario, section))
            if count > most:
                yield self.complaint(
                    "X014",
                    f"there are {count} {section}",
                    (section,),
                    f"at most {most}",
                    f"leave out {count - most} of them",
                )
        count = package_count(self.scenario)
        if count > MAX_PACKAGES:
            yield self.complaint(
                "X013",
                f"the issues make {count:,} packages",
                ("issues",),
                f"at most {MAX_PACKAGES:,}",
                "drop an issue, or some options",
            )
        if not self.scenario.issues:
            yield self.complaint(
                "X013",
                "there is nothing to agree on",
                ("issues",),
                "one issue or more",
                "add an issue such as “price_eur: {options: [...], you: [...], buyer: [...]}”",
            )

    def issue(self, name: str, issue: Issue) -> Iterator[Diagnostic]:
        wanted = len(issue.options)
        for side in ("you", "buyer"):
            given = len(getattr(issue, side))
            if given != wanted:
                yield self.complaint(
                    "X003",
                    f"“{side}” gives {given} worths for {wanted} options",
                    ("issues", name, side),
                    f"{wanted} numbers from 0 to 1, one an option",
                    "add the missing worths" if given < wanted else "remove the extra worths",
                )
        seen: set[str] = set()
        for index, option in enumerate(issue.options):
            path: Path = ("issues", name, "options", index)
            if isinstance(option, bool) or not isinstance(option, str | int | float):
                yield self.complaint(
                    "X015",
                    "an option must be a number or a text",
                    path,
                    "a number, or a text (yes and no in quotes)",
                    "put the word in quotes",
                )
            elif not str(option).strip() or any(sign in str(option) for sign in ";=@:"):
                yield self.complaint(
                    "X015",
                    f"the option “{str(option)[:40]}” cannot be written in a move",
                    path,
                    "a text without ; = @ and :",
                    "leave the sign out",
                )
            elif str(option) in seen:
                yield self.complaint(
                    "X015",
                    f"the option “{str(option)[:40]}” is listed twice",
                    path,
                    "different options",
                    "remove one of the two",
                )
            seen.add(str(option))

    def price(self) -> Iterator[Diagnostic]:
        prices = price_issues(self.scenario.issues)
        if len(prices) > 1:
            yield self.complaint(
                "X016",
                f"several issues could be the price: {listing(prices)}",
                ("issues", prices[1]),
                "one price",
                "write “price: true” in one of them",
            )
        for name in prices[:1]:
            for index, option in enumerate(self.scenario.issues[name].options):
                if isinstance(option, str):
                    yield self.complaint(
                        "X016",
                        f"“{option[:40]}” is no amount",
                        ("issues", name, "options", index),
                        "plain numbers as options of the price",
                        "write the number; the unit goes to “unit:”",
                    )
        if not prices and self.scenario.issues:
            yield self.complaint(
                "X016",
                "no issue is the price, so nobody can name one",
                ("issues",),
                "an issue whose id begins with price, or “price: true” in one",
                "say which issue is the price",
                "warning",
            )

    def weights(self, weights: Mapping[str, float], path: Path) -> Iterator[Diagnostic]:
        issues = self.scenario.issues
        for name in weights:
            if name not in issues:
                yield self.unknown(
                    "X004",
                    f"there is no issue “{name}” to weigh",
                    (*path, name),
                    name,
                    issues,
                    "name an issue",
                )
        if sum(weights.get(name, 0.0) for name in issues) <= 0:
            yield self.complaint(
                "X005",
                "these weights sum to nothing",
                path,
                "weights above 0 for some issues",
                "give each issue the share it has in the decision",
            )
            return
        for name in issues:
            if name not in weights:
                yield self.complaint(
                    "X026",
                    f"no weight for “{name}”: it counts nothing here",
                    path,
                    "a weight for each issue",
                    f"add “{name}: 0” if that is meant",
                    "warning",
                )

    def alternatives(self) -> Iterator[Diagnostic]:
        scenario = self.scenario
        best = best_utility(scenario.issues, "you", scenario.weights.you)
        if best is not None and scenario.you.reservation > best:
            yield self.complaint(
                "X012",
                f"your alternative is worth {scenario.you.reservation:g}, no package more than "
                f"{best:.2f}",
                ("you", "reservation"),
                f"at most {best:.2f}",
                "lower the reservation, or raise the worths under “you”",
            )
        for name, buyer in scenario.buyers.items():
            worst = 1.0
            for weights in buyer_weights(scenario, buyer):
                reachable = best_utility(scenario.issues, "buyer", weights)
                worst = worst if reachable is None else min(worst, reachable)
            reservation = buyer.reservation.mean
            path = (*self.buyer_path(name), "reservation")
            if reservation > worst:
                yield self.complaint(
                    "X012",
                    f"{buyer.name}'s alternative is worth {reservation:g}, no package more than "
                    f"{worst:.2f}",
                    path,
                    f"at most {worst:.2f}",
                    "lower the reservation, or raise the worths under “buyer”",
                )
            elif package_count(scenario) <= MAX_PACKAGES and not meeting_ground(scenario, buyer):
                yield self.complaint(
                    "X025",
                    f"no package suits both you and {buyer.name}",
                    path,
                    "a package above both alternatives",
                    "lower one reservation, or let the issues trade off",
                    "warning",
                )

    # --- the people -------------------------------------------------------------------------------

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
                ("buyers",),
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
                    f"a meeting from 1 to {len(meetings)}",
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
                    f"a meeting from 1 to {len(meetings)}",
                    "name a meeting that takes place",
                )
            elif (
                event.turn is not None and not 1 <= event.turn <= meetings[event.meeting - 1].turns
            ):
                yield self.complaint(
                    "X017",
                    f"meeting {event.meeting} has no turn {event.turn}",
                    ("events", name, "turn"),
                    f"a turn from 1 to {meetings[event.meeting - 1].turns}",
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

    # --- words and plays --------------------------------------------------------------------------

    def words(self) -> Iterator[Diagnostic]:
        verbs = self.moves.moves
        for key in self.scenario.phrases:
            verb = key.partition(".")[0]
            if verb not in verbs and verb != "ui":
                yield self.unknown(
                    "X027",
                    f"“{verb[:40]}” is not a verb of the moves",
                    ("phrases", key),
                    key,
                    verbs,
                    "name a verb, or verb.argument",
                )
        for name, play in self.scenario.plays.items():
            for index, move in enumerate(play.moves):
                yield from self.move(move, ("plays", name, "moves", index))

    def move(self, text: str, path: Path) -> Iterator[Diagnostic]:
        match = _MOVE.match(text.strip())
        verb = match.group(1) if match else text.strip()
        if match is None or verb not in self.moves.moves:
            near = did_you_mean(
                verb, self.moves.moves, "write verb, verb:argument or verb:argument@buyer"
            )
            yield self.complaint(
                "X028",
                f"“{text[:60]}” begins with no verb that is known",
                path,
                "a move such as small_talk:harvest",
                near,
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


def price_issues(issues: Mapping[str, Issue]) -> list[str]:
    """Issues marked as the price, else those whose id begins with ``price``."""
    marked = [name for name, issue in issues.items() if issue.price]
    return marked or [
        name for name, issue in issues.items() if issue.price is None and name.startswith("price")
    ]
