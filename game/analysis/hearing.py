"""What is heard in a game, and where a buyer borrows the common words for want of his own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from game.core.rules import Rules
from game.core.state import State
from game.core.vocabulary import Ending, Manner
from game.scenario.load import Loaded
from game.session.happening import Happening
from game.session.lines import Heard, Line, choose
from game.session.meetings import opening
from game.session.voices import letter_trust
from game.session.wording import REACTIONS, Shown, Wording
from game.session.words import Words

SAYS, NOTICES, LETTERS = "says", "notices", "letters"
_POLES: dict[int, str] = {Manner.PLAIN: "plain", Manner.EVEN: "", Manner.CIRCLING: "circling"}
_COMMON = "common."


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A line that a buyer does not have, in the keys of a voice file.

    `state` is the trust state, of a letter its `trust`; first words and letters have no `pole`.
    """

    buyer: str
    section: str  # says, notices or letters
    on: str
    state: str
    pole: str


# A tier and what it is asked, kept so that nothing else gets their identity; the lines that fit.
_Fitting = tuple[Sequence[Line], Callable[[Line], bool], Sequence[Line]]


def _whatever(line: Line) -> bool:
    return True


class _Overheard(Wording):
    """Chooses as ever, and keeps every line whose occasion, state and manner came up."""

    def __init__(self, loaded: Loaded, rules: Rules) -> None:
        super().__init__(loaded, rules, Words(loaded, rules))
        self.open: set[str] = set()
        self._fitting: dict[tuple[int, int], _Fitting] = {}

    def choose(
        self,
        tiers: Iterable[Sequence[Line]],
        seed: int,
        turn: int,
        heard: Heard,
        values: Mapping[str, str],
        fits: Callable[[Line], bool],
    ) -> Line | None:
        fitting = [self._that_fit(tier, fits) for tier in tiers if tier]
        return choose(fitting, seed, turn, heard, values, _whatever)

    def _that_fit(self, tier: Sequence[Line], fits: Callable[[Line], bool]) -> Sequence[Line]:
        """Lines whose trust state and manner came up; of the same tier and manner, found once."""
        found = self._fitting.get((id(tier), id(fits)))
        if found is None:
            found = tier, fits, [line for line in tier if fits(line)]
            self._fitting[id(tier), id(fits)] = found
            self.open.update(line.id for line in found[2])
        return found[2]

    def _shown(self, buyer: int, found: Line, values: Mapping[str, str]) -> Shown:
        """Which line it is; nobody reads it."""
        return Shown(self.rules.buyers.names[buyer], found.id, "")


class Hearing:
    """The words of one scenario, listened to in many games.

    `open` gathers the ids of lines whose occasion, trust state and manner came up in any of them,
    whether they were said or another was.
    """

    def __init__(self, loaded: Loaded, rules: Rules) -> None:
        self.loaded, self.rules = loaded, rules
        self.wording = _Overheard(loaded, rules)
        self.open = self.wording.open
        # where either manner fits, a line is written in the one that is the person's own
        self.sides = ["circling" if d >= 0.5 else "plain" for d in rules.buyers.d_mean.tolist()]
        common = loaded.common_voice
        self.common_says = (
            {} if common is None else {f"{_COMMON}say.{k}": s.on for k, s in common.says.items()}
        )

    def game(self, seed: int) -> Listener:
        """Somebody who hears the solo game of `seed`."""
        return Listener(self, seed)


@dataclass(slots=True)
class Listener:
    """Hears one game. `lines` holds ids; the others count times."""

    hearing: Hearing
    seed: int
    lines: set[str] = field(default_factory=set)
    own: Counter[str] = field(default_factory=Counter)
    gaps: Counter[tuple[Gap, int]] = field(default_factory=Counter)
    _heard: Heard = field(default_factory=Heard)
    _met: Counter[Gap] = field(default_factory=Counter)

    def sits_down(self, state: State, row: int) -> None:
        """A meeting begins, in this row of a batch."""
        rules = self.hearing.rules
        first = opening(
            self.hearing.loaded.scenario, rules, self.hearing.wording, state, self.seed,
            self._heard, row,
        )  # fmt: skip
        names = rules.buyers.names
        for shown in first.said:
            at = int(state.trust_state[names.index(shown.buyer), row])
            self._said(shown, rules.machine.names[at], "", "")

    def hears(self, h: Happening) -> None:
        """One turn."""
        rules = self.hearing.rules
        words = self.hearing.wording.turn(h, self._heard)
        verb, _ = self.hearing.wording.keys(h.action)
        pole = _POLES[h.manner]
        for shown in words.said:
            self._said(shown, self._state(h, h.who), verb, pole or self.hearing.sides[h.who])
        for shown in words.notices:
            b = rules.buyers.names.index(shown.buyer)
            side = (pole if b == h.who else "") or self.hearing.sides[b]
            reaction = REACTIONS[h.reactions[b]]
            self._count(shown, Gap(shown.buyer, NOTICES, reaction, self._state(h, b), side))
        if words.thought is not None:
            self.lines.add(words.thought.id)

    def ends(self, ending: int, trust: float) -> None:
        """The letter six months later; `ending` is an Ending code."""
        shown = self.hearing.wording.letter(0, self.seed, ending, trust)
        if shown is not None:
            name = Ending(ending).name.lower()
            self._count(shown, Gap(shown.buyer, LETTERS, name, letter_trust(trust), ""))

    def _said(self, shown: Shown, state: str, verb: str, pole: str) -> None:
        on = self.hearing.common_says.get(shown.id, "")
        if on.partition(".")[0] == "any":
            on = verb  # what stands in for any move stands in for this one
        self._count(shown, Gap(shown.buyer, SAYS, on, state, pole))

    def _count(self, shown: Shown, gap: Gap) -> None:
        self.lines.add(shown.id)
        if shown.id.startswith(_COMMON):
            self._met[gap] += 1
            self.gaps[gap, self._met[gap]] += 1
        else:
            self.own[shown.buyer] += 1

    def _state(self, h: Happening, b: int) -> str:
        """The trust state whose lines fit: the one after the move, unless it shuts the meeting."""
        machine = self.hearing.rules.machine
        after = h.states_after[b]
        return machine.names[h.states_before[b] if machine.ends[after] else after]
