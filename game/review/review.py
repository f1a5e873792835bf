"""The review of a line: every decision weighed, in stages, and told as data.

`review` yields one :class:`Review` after each stage of rollouts; each is complete, the last is the
answer. It is a function of the transcript alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from game.core.trust import comfort_radius, effective_d
from game.core.view import view_for
from game.core.vocabulary import Ending, Phase
from game.policies.accuracy import move_accuracy, stake
from game.policies.approval import Approvals
from game.policies.notation import PolicyError
from game.policies.shelf import strong_script
from game.policies.worth import REVIEW_STAGES, Shelf, Stage, Weigher, Worths
from game.review import profile_records
from game.review.labels import (
    MARKED,
    SURE,
    Verdict,
    accuracy,
    verdict,
)
from game.review.model import Cause, Move, Option, Part, Principle, Review, Said, Term
from game.review.moments import moments_of, with_principles
from game.review.nexts import nexts_of
from game.review.people import buyers_of, facts_of, trust_moves
from game.review.positions import Position, Positions, positions
from game.review.principles import PrincipleRule, principle_for, principles
from game.review.reads import reads_of
from game.review.style import style_of
from game.review.why import points_by_cause, trust_units
from game.scenario.diagnostics import refused
from game.session.game import Game
from game.session.notation import format_action
from game.session.wording import Shown
from game.session.words import ui

_MOST_CAUSES = 4
_PHASES = {Phase.PREPARE: "prepare", Phase.TABLE: "table", Phase.AFTER: "after",
           Phase.BETWEEN: "between"}  # fmt: skip


def review(
    game: Game,
    first_play: bool = True,
    face_up: bool = False,
    stages: Sequence[Stage] = REVIEW_STAGES,
    shelf: Shelf | None = None,
) -> Iterator[Review]:
    """Reviews of the line that the game stands on, each finer than the one before.

    `first_play` says whether the reads are scored though the game was not blind; `face_up` adds
    to each move its loss had the buyers' cards lain open. Games that are reviewed with one `shelf`
    share the work for what they have in common; their reviews are the same without it. Raises
    ValueError where nothing has been played yet, and :class:`ScenarioError` R009 for a scenario
    whose approvals cannot be read.
    """
    if not game.turns:
        raise ValueError("nothing has been played yet")
    yield from _Reviewer(game, first_play, face_up, stages, shelf).stages()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One decision with its table; `after` is the expected score once the answer was seen."""

    position: Position
    table: Worths
    after: float


class _Reviewer:
    def __init__(
        self, game: Game, first_play: bool, face_up: bool, stages: Sequence[Stage],
        shelf: Shelf | None,
    ) -> None:  # fmt: skip
        self.game, self.rules = game, game.rules
        self._first_play, self._face_up = first_play, face_up
        self._stages = stages
        self._weigher = Weigher(self.rules, strong_script(self.rules), shelf)
        self._approvals = approvals_of(game)
        sample = max(stage.rollouts for stage in stages)
        self._positions: Positions = positions(game, self._weigher, sample)
        self._sample = sample

    def stages(self) -> Iterator[Review]:
        every = range(len(self._positions.all))
        asked = self._positions.asked(every, self._sample)
        for number, tables in enumerate(self._weigher.weigh(asked, self._stages), 1):
            yield self._review(tables, number)

    # --- one stage ------------------------------------------------------------------------------

    def _review(self, tables: Sequence[Worths], stage: int) -> Review:
        game, final = self.game, stage == len(self._stages)
        weighed = self._weighed(tables)
        verdicts = [self._verdict(w) for w in weighed]
        open_cards = self._open_losses() if final and self._face_up else {}
        moves = tuple(
            self._move(k, w, v, final, open_cards.get(k))
            for k, (w, v) in enumerate(zip(weighed, verdicts, strict=True))
        )
        gains = {m.index: self._gain(w) for m, w in zip(moves, weighed, strict=True)}
        par = float(tables[0].worth[tables[0].par])
        terms = [
            (m.phase, Term(m.index, _counted(m), m.accuracy, m.stake)) for m in moves
        ]  # fmt: skip
        known = {m.principle for m in moves} - {""}
        shown = {k: _principle(p) for k, p in principles().items() if k in known}
        found = with_principles(moments_of(moves, gains), shown)
        style = style_of(
            self.rules,
            [w.position.truth.turn.action for w in weighed
             if w.position.truth is not None and w.position.truth.turn.number],
        )  # fmt: skip
        ended = game.ended
        score, parts = self._score(tables)
        taken = game.transcript
        letter = game.letter() if ended else None
        return Review(
            scenario=game.scenario.scenario,
            title=game.scenario.title,
            transcript=profile_records.digest_of(profile_records.played(taken)),
            head=taken.head,
            seed=game.seed,
            help=game.settings.help,
            blind=game.settings.blind,
            ended=ended,
            hints=game.hints,
            coached=game.coached,
            undone=game.undone,
            stage=stage,
            stages=len(self._stages),
            ending=self._ending(),
            ending_title=ui(f"ending_{self._ending()}") if ended else ui("review_unfinished"),
            deal=self._deal(),
            score=score,
            par=par,
            skill=par + sum(m.skill for m in moves),
            luck=sum(m.luck for m in moves),
            parts=parts,
            accuracy=accuracy(terms),
            moves=moves,
            moments=found,
            reads=reads_of(game, self._positions, self._first_play) if ended else (),
            style=style,
            buyers=buyers_of(game, self._positions.all[0].state) if ended else (),
            facts=facts_of(game, ended),
            principles=tuple(shown.values()),
            next=nexts_of(game, moves, found, style, shown) if final else (),
            letter=letter.text if letter is not None else "",
        )

    def _weighed(self, tables: Sequence[Worths]) -> list[_Weighed]:
        """Moves with their tables, and the expected score that each led to."""
        now = [float(table.worth[table.par]) for table in tables]
        if self.game.ended:
            now.append(float(self.game.outcome().score[0]))
        found = []
        for k, (position, table) in enumerate(zip(self._positions.all, tables, strict=True)):
            if position.truth is not None:
                found.append(_Weighed(position, table, now[k + 1]))
        return found

    def _verdict(self, w: _Weighed) -> Verdict:
        assert w.position.truth is not None
        action = w.position.truth.turn.action
        approved = self._approvals.approves(action, view_for(self.rules, w.position.state))
        return verdict(self.rules, w.table, action, w.position.state, approved)

    def _gain(self, w: _Weighed) -> float:
        """Points that the best move of another kind would have lost."""
        verbs = self.rules.columns[0]
        assert w.position.truth is not None
        others = verbs[w.table.actions] != verbs[w.position.truth.turn.action]
        return float(w.table.gap[others].min()) if others.any() else 0.0

    def _open_losses(self) -> dict[int, float]:
        """Loss of every move had the cards lain open."""
        every = range(len(self._positions.all))
        asked = self._positions.asked(every, 1, face_up=True)
        *_, tables = self._weigher.weigh(asked, self._stages)
        return {
            k: float(table.gap[table.at(position.truth.turn.action)])
            for k, (position, table) in enumerate(zip(self._positions.all, tables, strict=True))
            if position.truth is not None
        }

    # --- one move -------------------------------------------------------------------------------

    def _move(self, k: int, w: _Weighed, v: Verdict, final: bool, open_loss: float | None) -> Move:
        position, table = w.position, w.table
        truth, record = position.truth, position.record
        assert truth is not None and record is not None and position.after is not None
        turn, state = truth.turn, position.state
        at = table.at(turn.action)
        value, before = float(table.worth[at]), float(table.worth[table.par])
        ended = self.game.ended
        causes = self._causes(k, v, final)
        rule = self._principle(causes, v)
        options = self._options(table)
        away = not turn.number
        d = effective_d(self.rules, state.d)
        return Move(
            index=k + 1,
            entry=turn.entry,
            phase=_PHASES[Phase(int(state.phase[0]))],
            meeting=turn.meeting,
            turn=turn.number,
            table_turn=0 if away else int(state.clock[0]) + 1,
            action=turn.text,
            action_label=turn.label,
            radius=float(self.rules.radius[turn.action]),
            own=turn.own,
            event=turn.event,
            notices=tuple(self._said(x) for x in turn.notices),
            said=tuple(self._said(x) for x in turn.said),
            thought=self._said(truth.thought) if ended and truth.thought is not None else None,
            told=turn.fact,
            before=before,
            before_low=max(0.0, before - SURE * table.par_se),
            before_high=min(100.0, before + SURE * table.par_se),
            worth=value,
            loss=v.loss,
            loss_low=v.low,
            stake=stake(table),
            accuracy=move_accuracy(0.0 if "approved" in v.marks else v.loss),
            skill=value - before,
            luck=w.after - value,
            label=v.label,
            marks=v.marks,
            best=options[0],
            options=options,
            trust=trust_moves(self.game, truth, state, position.after) if ended else (),
            causes=causes if ended else tuple(replace(c, trust=0.0) for c in causes),
            principle="" if rule is None else rule.id,
            comfort=float(comfort_radius(self.rules, d, state)[0][0]),
            face_up=open_loss,
        )

    def _options(self, table: Worths) -> tuple[Option, ...]:
        order = sorted(range(table.actions.size), key=lambda i: (table.gap[i], table.actions[i]))
        return tuple(
            Option(
                format_action(self.rules, int(table.actions[i])),
                self.game.words.move_label(int(table.actions[i])),
                float(table.worth[i]),
                float(table.gap[i]),
                int(table.rollouts[i]),
            )
            for i in order
        )

    def _causes(self, k: int, v: Verdict, final: bool) -> tuple[Cause, ...]:
        """Why it cost what it did, or what a great move brought; nothing for the others."""
        record = self._positions.all[k].record
        assert record is not None
        trust = trust_units(record)
        if final and (v.label in MARKED or "missed_chance" in v.marks):
            points = self._points_by_cause(k, v.loss)
        elif final and v.label == "great":
            points = {name: 0.0 for name, units in sorted(trust.items(), key=_largest) if units > 0}
        else:
            return ()
        return tuple(
            Cause(name, ui(f"cause_{name}"), value, trust.get(name, 0.0))
            for name, value in list(points.items())[:_MOST_CAUSES]
        )

    def _points_by_cause(self, k: int, loss: float) -> dict[str, float]:
        name, shelf = self._positions.all[k].name, self._weigher.shelf
        truth = self._positions.all[k].truth
        what = "causes", truth.turn.action if truth is not None else -1, loss
        known = None if shelf is None else shelf.get(name, what)
        if known is not None:
            return dict(cast(dict[str, float], known))
        points = points_by_cause(self.rules, self._weigher, self._positions, k, loss)
        if shelf is not None:
            shelf.put(name, what, dict(points))
        return points

    def _principle(self, causes: Sequence[Cause], v: Verdict) -> PrincipleRule | None:
        names = [cause.id for cause in causes]
        if "missed_chance" in v.marks and "missed_door" not in names:
            names = [*names, "missed_door"]
        if not names:
            return None
        d = float(self._positions.all[0].state.d[0, 0])
        return principle_for(names, d, gain=v.label == "great")

    def _said(self, shown: Shown) -> Said:
        name = self.game.scenario.buyers[shown.buyer].name if shown.buyer else ""
        return Said(name, shown.text)

    # --- what it came to --------------------------------------------------------------------------

    def _ending(self) -> str:
        if not self.game.ended:
            return "none"
        return Ending(int(self.game.outcome().ending[0])).name.lower()

    def _deal(self) -> str:
        signed = [turn.signed for turn in self.game.turns if turn.signed >= 0]
        return self.game.words.package(signed[-1]) if signed else ""

    def _score(self, tables: Sequence[Worths]) -> tuple[float, tuple[Part, ...]]:
        """The score and its parts; before the end what is expected, in one number."""
        if not self.game.ended:
            return float(tables[-1].worth[tables[-1].par]), ()
        result = self.game.outcome()
        values = (result.seller_utility, result.buyer_utility, result.relationship)
        names = ("seller", "buyer", "relationship")
        parts = [
            Part(name, float(value[0]), float(weight))
            for name, value, weight in zip(names, values, self.rules.score, strict=True)
        ]
        return float(result.score[0]), tuple(parts)


def _counted(move: Move) -> float:
    return 0.0 if "approved" in move.marks else move.loss


def _largest(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def _principle(rule: PrincipleRule) -> Principle:
    return Principle(rule.id, rule.text, rule.source)


def approvals_of(game: Game) -> Approvals:
    """What the designer approves; raises :class:`ScenarioError` R009 where it cannot be read."""
    teaching = game.scenario.teaching
    try:
        return Approvals(game.rules, [] if teaching is None else teaching.approves)
    except PolicyError as problem:
        raise refused(
            "R009", f"an approved move cannot be read: {problem}", game.scenario.scenario,
            "policy steps, such as `defer_price when asked = asks_price`",
            "correct teaching.approves in the scenario",
        ) from problem  # fmt: skip
