"""Playing a script on a batch: the first unspent step that is legal and true, in every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.arithmetic import Bools, Ints, any_of, constant
from game.core.legal import Flags
from game.core.rules import Rules
from game.core.view import View
from game.core.vocabulary import Phase
from game.policies.notation import UNLIMITED, PolicyError, Step, policy_vocabulary
from game.scenario.expression import compile_expression, names

# Words that stand for "one of these arguments" in a policy.
_PRICE_WORDS = ("high", "fair", "low")
_FAIR = 0.78
_TABLE, _AFTER = constant(Phase.TABLE, np.int8), constant(Phase.AFTER, np.int8)
_ENDED = constant(Phase.ENDED, np.int8)
_NONE = constant(0, np.uint8)


@dataclass(slots=True)
class Memory:
    """What a scripted seller remembers of each row; changed in place as he plays."""

    left: NDArray[np.uint8]  # (steps, n) uses left
    said: NDArray[np.uint8]  # (rotations, n) arguments used
    deal: Ints  # (n,) the deal that `left` belongs to

    def rows(self, index: Any) -> Memory:
        return Memory(self.left[:, index].copy(), self.said[:, index].copy(), self.deal[index])


@dataclass(frozen=True, slots=True)
class Ready:
    """A step made ready for one set of rules."""

    actions: Ints  # (arguments, buyers) base actions
    rotation: int  # index into Memory.said, -1 for a fixed action
    count: int
    test: Any  # view -> (n,) bool, or None
    after: bool  # may be played once the deal is signed
    needs: tuple[str, ...]  # flags of its verb that it needs, whomever it addresses, and forbids
    forbids: tuple[str, ...]


class Scripted:
    """A seller from steps; see :mod:`game.policies.notation`.

    When no step fits he waits; when all are spent he accepts a standing offer above his
    reservation, else parts. Steps are renewed with each new deal.
    """

    def __init__(self, rules: Rules, steps: list[Step], strict: bool = False) -> None:
        self.rules = rules
        vocabulary = policy_vocabulary()
        self._verbs = _by_verb(rules)
        self._rotations: list[str] = []
        self.steps: list[Ready] = []
        for step in steps:
            actions = self._actions(step, strict)
            if actions is None:
                continue
            test = None if step.when is None else compile_expression(step.when, vocabulary)
            after = step.when is not None and "phase" in names(step.when)
            rotation = -1
            if actions.shape[0] > 1:
                if step.action not in self._rotations:
                    self._rotations.append(step.action)
                rotation = self._rotations.index(step.action)
            needs, forbids = self._flags(int(actions[0, 0]))
            self.steps.append(Ready(actions, rotation, step.count, test, after, needs, forbids))
        self._counts = np.array([s.count for s in self.steps], np.uint8)[:, None]
        self._wait = rules.actions.index("wait")
        self._part = rules.actions.index("part")
        self._accept = rules.actions.index("accept")

    def _actions(self, step: Step, strict: bool) -> Ints | None:
        """Base actions of a step, (arguments, buyers); None where a scenario has no such thing."""
        rules = self.rules
        base, _, buyer = step.action.partition("@")
        verb, _, argument = base.partition(":")
        if verb not in rules.verbs:
            raise PolicyError(f"there is no move “{verb}”", verb, rules.verbs)
        known = self._verbs.get(verb, {})
        if verb == "propose" and argument:
            raise PolicyError("compose packages in play; a policy proposes what its notes suggest")
        chosen: list[str]
        if not argument:
            chosen = self._default_arguments(verb, list(known))
        elif argument in known:
            chosen = [argument]
        else:
            chosen = self._generic(verb, argument, list(known))
            if not chosen and strict:
                raise PolicyError(f"“{verb}” takes no “{argument}” here", argument, list(known))
        if not chosen or any(a not in known for a in chosen):
            return None
        if buyer:
            if buyer not in rules.buyers.names:
                raise PolicyError(f"nobody here is called “{buyer}”", buyer, rules.buyers.names)
            b = rules.buyers.names.index(buyer)
            return np.array([[known[a][b % len(known[a])]] for a in chosen], np.int32)
        return np.array([known[a] for a in chosen], np.int32)

    def _flags(self, action: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Flags that an action needs and forbids, leaving out who is present and what is agreed."""
        needs = tuple(n for n in self.rules.needs[action] if not n.startswith("present_"))
        assert needs, "every action needs a phase"
        return needs, tuple(n for n in self.rules.forbids[action] if not n.startswith("block_"))

    def _default_arguments(self, verb: str, known: list[str]) -> list[str]:
        if verb.startswith("quote"):
            return self._generic(verb, "fair", known)
        if verb.startswith("ask_") and len(known) > 1:
            return self._generic(verb, "work", known) or known
        return known

    def _generic(self, verb: str, word: str, known: list[str]) -> list[str]:
        rules = self.rules
        if verb.startswith("quote") and word in _PRICE_WORDS:
            if word == "high":
                return known[:1]
            if word == "low":
                return known[-2:-1] or known[:1]
            worth = [
                float(rules.bargain.seller[rules.columns[8, self._verbs[verb][a][0]]])
                for a in known
            ]
            near = min(range(len(known)), key=lambda i: abs(worth[i] - _FAIR))
            return [known[near]]
        personal = {a: bool(p) for a, p in zip(
            rules.facts.abouts, rules.facts.about_personal, strict=False)}  # fmt: skip
        if word == "personal":
            return [a for a in known if personal.get(a, False)]
        if word == "work":
            deal = [a for a in known if a in rules.issues]
            return deal or [a for a in known if not personal.get(a, False)]
        return []

    def start(self, n: int) -> Memory:
        left = np.repeat(self._counts, n, axis=1)
        said = np.zeros((max(1, len(self._rotations)), n), np.uint8)
        return Memory(left, said, np.zeros(n, np.int8))

    def renew(self, memory: Memory, deal: Ints) -> None:
        """Give the steps back in rows whose deal, (n,), is another than the memory's.

        Whoever books moves of others in a memory does this at every decision, before booking.
        """
        renewed = deal != memory.deal
        if any_of(renewed):
            memory.left = np.where(renewed, self._counts, memory.left)
            memory.deal = deal.astype(np.int8)

    def act(self, view: View, flags: Flags, memory: Memory, u: Any) -> Ints:
        """The action of every row, (n,) int32; `u` is unused, scripts throw no dice."""
        phase = view["phase"]
        self.renew(memory, view["deal"] - 1)
        choice = np.full(phase.shape[0], self._wait, np.int32)
        undecided: Bools = phase != _ENDED
        after = phase == _AFTER
        before = ~after if any_of(after) else None
        unspent = memory.left > _NONE
        somewhere = unspent.any(axis=1).tolist()
        for i, step in enumerate(self.steps):
            if step.count == UNLIMITED:
                fits = undecided
            elif somewhere[i]:
                fits = undecided & unspent[i]
            else:
                continue
            if before is not None and not step.after:
                fits = fits & before
            if step.test is not None and any_of(fits):
                fits = fits & step.test(view)
            if not any_of(fits):
                continue
            # of the verb: whom it addresses is chosen among those present
            fits = fits & flags.meets(step.needs, step.forbids)
            rows = fits.nonzero()[0]
            if not rows.size:
                continue
            choice[rows] = self._argument(step, view, memory, rows)
            if step.count != UNLIMITED:
                memory.left[i, rows] -= 1
            if step.rotation >= 0:
                memory.said[step.rotation, rows] += 1
            undecided = undecided & ~fits
            if not any_of(undecided):
                return choice
        limited = [step.count != UNLIMITED for step in self.steps]
        spent = (memory.left[limited] == 0).all(axis=0)
        done = undecided & (spent | after)
        if any_of(done):
            table = done & ((phase == _TABLE) | after)
            good = flags.allows(self._accept) & (view["offer_value"] > view["reservation"])
            choice = np.where(table, np.where(good, self._accept, self._part), choice)
        return choice

    def _argument(self, step: Ready, view: View, memory: Memory, rows: Ints) -> Any:
        """Action indices of a step in these rows: its rotating argument, its addressee."""
        arguments, buyers = step.actions.shape
        at: Any = 0
        if step.rotation >= 0:
            at = memory.said[step.rotation].take(rows) % arguments * np.intp(buyers)
        if buyers > 1:
            at = at + view["addressee"].take(rows)
        return step.actions.take(at)


def _by_verb(rules: Rules) -> dict[str, dict[str, list[int]]]:
    """verb -> argument -> base actions by buyer."""
    found: dict[str, dict[str, list[int]]] = {}
    for index, text in enumerate(rules.actions):
        verb, _, argument = text.split("@")[0].partition(":")
        found.setdefault(verb, {}).setdefault(argument, []).append(index)
    return found
