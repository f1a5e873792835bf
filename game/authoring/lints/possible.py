"""Which moves can be made in a scenario at all, and what can happen in it: told from its parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from game.authoring.lints.reach import Reached, reached
from game.authoring.subject import Subject
from game.scenario.packages import option_text, price_issue
from game.scenario.table import price_issues


class Possible:
    """Moves and occasions of one scenario."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        scenario = subject.scenario
        self.scenario = scenario
        self.verbs = subject.moves.moves
        self.reached: dict[str, Reached] = {
            buyer: reached(scenario, subject.machine, buyer) for buyer in scenario.buyers
        }
        self.abouts = tuple(dict.fromkeys(f.about for f in scenario.facts.values())) or tuple(
            scenario.issues
        )
        self._never = dict(self._flags())
        self._why: dict[str, str] = {verb: self._reason(verb) for verb in self.verbs}

    # --- moves ------------------------------------------------------------------------------------

    def why_never(self, verb: str) -> str:
        """Why a verb can never be played here, or an empty text if it can."""
        return self._why.get(verb, "")

    def arguments(self, verb: str) -> tuple[str, ...] | None:
        """What may stand after the colon of a verb; None for a verb without arguments."""
        scenario = self.scenario
        kind = self.verbs[verb].args
        if kind == "topics":
            return tuple(scenario.topics)
        if kind == "abouts":
            return self.abouts
        if kind == "blocks":
            return tuple(scenario.blocks)
        if kind == "prices":
            _, issue = price_issue(scenario)
            return tuple(option_text(option) for option in scenario.issues[issue].options)
        return None

    def _reason(self, verb: str) -> str:
        move = self.verbs[verb]
        if move.ring == "prepare" and not self.scenario.preparation.slots:
            return "nothing can be prepared: “slots” is 0"
        if move.ring == "between" and not self.gaps():
            return "there is no gap with a slot between two meetings"
        if move.args == "blocks" and not self.scenario.blocks:
            return "there are no blocks"
        if move.args == "prices" and not price_issues(self.scenario.issues):
            return "no issue is the price"
        needs = [*move.needs, *(["referral_exists"] if verb == "prepare_referral" else [])]
        return next((self._never[flag] for flag in needs if flag in self._never), "")

    def gaps(self) -> bool:
        """Whether there is a time between two meetings in which something can be done."""
        meetings, deals = self.scenario.meetings, self.scenario.deals
        return any(m.gap_days and m.gap_slots for m in meetings[1:]) or any(d.slots for d in deals)

    def _flags(self) -> Iterator[tuple[str, str]]:
        """Flags of legality that never hold here, each with its reason."""
        scenario = self.scenario
        flight, referral = scenario.flight, scenario.referral
        if flight is None:
            for flag in ("flight", "flight_movable", "asked_return", "return_told", "rebooked"):
                yield flag, "there is no flight"
        elif not flight.movable:
            for flag in ("flight_movable", "rebooked"):
                yield flag, "the flight cannot be moved"
        if referral is None:
            for flag in ("has_referral", "referral_used", "referral_exists"):
                yield flag, "there is no referral"
        elif referral.at_start:
            yield "referral_exists", "the referral is in hand from the start"
        elif not scenario.preparation.slots:
            for flag in ("has_referral", "referral_used"):
                yield flag, "the referral has to be prepared, and “slots” is 0"
        if why := self.why_no_demand():
            yield "demand_open", why

    def why_no_demand(self) -> str:
        """Why no buyer ever asks for something extra, or an empty text."""
        if not self.scenario.demands:
            return "there are no demands"
        flight = self.scenario.flight
        late = flight is not None and not flight.final
        states = self.subject.machine.states
        asks = {states[s].demands for r in self.reached.values() for s in r.states}
        if asks == {"never"} and not late:
            return "no trust state within reach makes demands"
        return ""

    # --- what can happen --------------------------------------------------------------------------

    def occasions(self, buyer: str) -> dict[str, str]:
        """Occasions of a voice that never arise with a buyer here, each with its reason."""
        scenario = self.scenario
        never = {verb: why for verb, why in self._why.items() if why}
        if scenario.flight is None:
            never["asks_return"] = "there is no flight"
        if why := self.why_no_demand():
            never["demand"] = why
        if not scenario.cold_call:
            never["dismisses"] = "nobody calls cold here"
        if not self.comes_later():
            never["hands_over"] = "nobody else comes to a later meeting"
        if not scenario.deals:
            never["renewed"] = never["left"] = "there is no second deal"
            if len(scenario.meetings) == 1:
                never["adjourns"] = "there is no other meeting"
        if not scenario.buyers[buyer].needs:
            never["hint"] = "no needs are given"
        return never

    def comes_later(self) -> bool:
        """Whether somebody comes to a meeting who was not at the one before."""
        here = [set(m.present or self.scenario.buyers) for m in self.scenario.meetings]
        return any(after - before for before, after in pairwise(here))
