"""Cross checks of what is on the table: issues, options, weights, alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.scenario.checking import Check
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.mending import added, respelt
from game.scenario.model import Issue
from game.scenario.packages import option_text
from game.scenario.tree import Path, nearest
from game.scenario.utility import best_utility, buyer_weights, meeting_ground, package_count

MAX_PACKAGES = 1024
LIMITS: dict[str, int] = {"facts": 16, "topics": 8, "demands": 6, "blocks": 5, "buyers": 4}


class TableCheck(Check):
    """What can be agreed, and whether it is worth agreeing."""

    def on_the_table(self) -> Iterator[Diagnostic]:
        yield from self.sizes()
        sound = True
        for name, issue in self.scenario.issues.items():
            for found in self.issue(name, issue):
                sound = False
                yield found
        yield from self.price()
        for side in ("you", "buyer"):
            yield from self.weights(getattr(self.scenario.weights, side), ("weights", side))
        if sound:
            yield from self.alternatives()
        score = self.scenario.score
        if score.you + score.them + score.relationship <= 0:
            yield self.complaint(
                "X018",
                "the score counts nothing",
                ("score",),
                "at least one weight above 0",
                "give you, them or relationship a weight",
            )

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
                f"the issues make {count if count < 10**9 else 'more than a billion'} packages",
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
                    edits=respelt(self.lines, nearest(self.root, path), str),
                )
            elif not str(option).strip() or any(sign in str(option) for sign in ";=@:"):
                yield self.complaint(
                    "X015",
                    f"the option “{str(option)[:40]}” cannot be written in a move",
                    path,
                    "a text without ; = @ and :",
                    "leave the sign out",
                )
            elif option_text(option) in seen:
                yield self.complaint(
                    "X015",
                    f"the option “{str(option)[:40]}” is written like another one",
                    path,
                    "different options",
                    "remove one of the two",
                )
            else:
                seen.add(option_text(option))

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
        known = all(name in issues for name in weights)
        for name in issues:
            if name not in weights:
                yield self.complaint(
                    "X026",
                    f"no weight for “{name}”: it counts nothing here",
                    path,
                    "a weight for each issue",
                    f"add “{name}: 0” if that is meant",
                    "warning",
                    # a name that is mistyped may be the one that is missing
                    added(self.lines, nearest(self.root, path), name, "0") if known else (),
                )

    def alternatives(self) -> Iterator[Diagnostic]:
        scenario = self.scenario
        best = best_utility(scenario.issues, "you", scenario.weights.you)
        mine = best is not None and scenario.you.reservation <= best
        if best is not None and not mine:
            yield self.complaint(
                "X012",
                f"your alternative is worth {scenario.you.reservation:g}, no package more than "
                f"{best:.2f}",
                ("you", "reservation"),
                f"at most {best:.2f}",
                "lower the reservation, or raise the worths under “you”",
            )
        few = package_count(scenario) <= MAX_PACKAGES
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
            elif mine and few and not meeting_ground(scenario, buyer):
                yield self.complaint(
                    "X025",
                    f"no package suits both you and {buyer.name}",
                    path,
                    "a package above both alternatives",
                    "lower one reservation, or let the issues trade off",
                    "warning",
                )


def price_issues(issues: Mapping[str, Issue]) -> list[str]:
    """Issues marked as the price, else those whose id begins with ``price``."""
    marked = [name for name, issue in issues.items() if issue.price]
    return marked or [
        name for name, issue in issues.items() if issue.price is None and name.startswith("price")
    ]
