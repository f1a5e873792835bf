"""A moment of the profile tried again: played on its kept copy, judged by the first move.

The first move is judged at once and kept in the profile before anything of it is shown, so that
whatever ends the program costs nothing. What it came to is shown a breath later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from game.desktop.playing import Playing
from game.desktop.words import counted, say
from game.review.principles import principles
from game.review.profile import Moment, Profile
from game.review.schedule import PASS_WITHIN, passes
from game.scenario.diagnostics import ScenarioError, refused
from game.session.game import Game
from game.session.moments import GameError, Turn
from game.session.writing import day, numeral

if TYPE_CHECKING:
    from game.review.tries import TryResult
    from game.session.transcript import Transcript

LOOKS = 2  # misses after which the strongest move is shown


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a try came to, in words: whether it passed, and lines to show below that."""

    passed: bool
    title: str
    lines: tuple[str, ...]
    principle: str


class Practice(Playing):
    """A try of one moment. `verdict` is there once the first move was made; `on_verdict` hears it.

    Raises :class:`ScenarioError` where the kept game cannot be played.
    """

    def __init__(self, profile: Profile, moment: Moment, today: date) -> None:
        fresh = any(made.date == today for made in moment.tries)
        super().__init__(_before(profile, moment, fresh), profile.copy_of(moment))
        self.spoken = len(self.game.turns)
        self.profile, self.moment, self.today = profile, moment, today
        self.verdict: Verdict | None = None
        self.on_verdict: Callable[[Verdict], object] = lambda verdict: None
        self.seen = False  # whether somebody was shown the verdict
        self._misses = sum(not passes(made.loss) for made in moment.tries)
        self._counted = False

    def play(self, action: int) -> Turn:
        from game.review.tries import first_move, try_loss  # weighing is no part of the start

        turn = super().play(action)
        if first_move(self.game) is turn:
            result = try_loss(self.game)
            self._misses += not result.passed
            if self._counted:
                self._judged(result, say("practice.taken_back"))
            else:
                self._counted = True
                self._keep(result)
        return turn

    def _write(self, game: Transcript, path: Path) -> None:
        """Into the profile's own copy, which an erasure meanwhile ends for good."""
        self.profile.keep_lines(self.moment, game)

    def _keep(self, result: TryResult) -> None:
        """Keep the try, then judge it; that it cannot be kept is no failure."""
        profile, id = self.profile, self.moment.id

        def write() -> Moment | ScenarioError | None:
            try:
                profile.tried(id, self.today, result.counted, result.entry)
                profile.save()
                return profile.moment(id)
            except ScenarioError as problem:
                return problem
            except KeyError:
                return None

        self.writer.put(None, write, lambda kept: self._judged(result, self._follows(result, kept)))

    def _judged(self, result: TryResult, follows: str) -> None:
        self.verdict, self.seen = self._told(result, follows), False
        self.on_verdict(self.verdict)

    def _follows(self, result: TryResult, now: Moment | ScenarioError | None) -> str:
        """When the moment comes back, or why that is not kept."""
        before = self.moment
        if now is None:
            return say("practice.erased")
        if isinstance(now, ScenarioError):
            return say("practice.not_kept", value=now.diagnostics[0].message)
        if now.passed is not None:
            return say("practice.over" if before.passed is not None else "practice.done")
        if result.passed and now.due == before.due:
            return say("practice.not_due", when=day(now.due))
        days = (now.due - self.today).days
        return counted("practice.returns", days)

    def _told(self, result: TryResult, follows: str) -> Verdict:
        said = {"move": result.label, "points": points(result.loss), "total": numeral(PASS_WITHIN)}
        if result.action == result.best:
            lines = [say("practice.none_better", **said)]
        elif not result.passed:
            lines = [say("practice.far", **said)]
        else:
            near = passes(round(result.loss, 2))
            lines = [say("practice.near" if near else "practice.approved", **said)]
        if result.action != result.best:
            shown = result.passed or self._misses >= LOOKS
            strongest = say("practice.strongest", move=result.best_label)
            lines.append(strongest if shown else say("practice.hidden"))
        rule = principles().get(self.moment.principle or "")
        title = say("practice.passed" if result.passed else "practice.missed")
        principle = rule.text if rule is not None else ""
        return Verdict(result.passed, title, (*lines, follows), principle)


def most_urgent(profile: Profile, today: date) -> Practice | None:
    """The most urgent moment that is due and can be played; None where nothing is due.

    A game of older rules must not stand before all others for ever. Raises the first complaint
    where no moment that is due can be played.
    """
    refusals: list[ScenarioError] = []
    for moment in profile.due(today):
        try:
            return Practice(profile, moment, today)
        except ScenarioError as problem:
            refusals.append(problem)
    if refusals:
        raise refusals[0]
    return None


def _before(profile: Profile, moment: Moment, fresh: bool) -> Game:
    """The game of a moment, just before the move to be tried."""
    shown = str(profile.copy_of(moment))
    game = Game.resume(profile.transcript_of(moment), shown)
    try:
        game.try_again(moment.entry, fresh)
    except GameError as problem:
        raise refused(
            "R004", str(problem), shown, "the game that was reviewed", "review it once more"
        ) from None
    return game


def points(value: float) -> str:
    """Points as they are read: whole ones from ten on, and never a miss that looks like a pass."""
    if value >= 9.95:
        return numeral(value)
    near = PASS_WITHIN < value < PASS_WITHIN + 0.05
    return numeral(value, 2 if near else 1)
