"""One human engagement: the rules with a batch of one, in words, kept in a transcript."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core.bargaining import own_package
from game.core.chance import Chance, keys_of
from game.core.legal import legal_mask
from game.core.outcome import Outcome, outcome
from game.core.rules import Col, Offers, Rules
from game.core.start import initial_state
from game.core.state import State
from game.core.step import step
from game.core.view import View, view_for
from game.core.vocabulary import Phase
from game.scenario.load import Loaded
from game.scenario.translated import with_catalogues
from game.session.branches import MOVES, Entry
from game.session.embedded import playable, unplayable
from game.session.hand import HAND, legal_base, said_so_far, shortlist
from game.session.happening import contrary, happenings, present_at, sat_down
from game.session.hints import hint_name, need_hinted
from game.session.kit import Kit, kit_of, retold
from game.session.lines import Heard
from game.session.meetings import notes_due, opening
from game.session.moments import GameError, Opening, Truth, Turn
from game.session.notation import ActionError, format_action, parse_action, parts_of
from game.session.refusals import cannot
from game.session.seating import Settings
from game.session.transcript import Transcript
from game.session.wording import Shown, TurnWords
from game.session.words import phrases, ui
from game.session.writing import listed

READ_FROM = 3  # the read is asked for once this many turns were played


class Game:
    """A game in progress. Everything shown comes from :meth:`view` and the turns' texts."""

    _state: State
    _view: View | None
    _legal: list[int] | None

    def __init__(
        self, loaded: Loaded, seed: int, settings: Settings | None = None,
        transcript: Transcript | None = None,
    ) -> None:  # fmt: skip
        self._begin(kit_of(loaded, seed, settings or Settings()), transcript)

    @classmethod
    def of(cls, kit: Kit, transcript: Transcript | None = None) -> Game:
        """A game that shares its rules and words with others of the same seed and settings."""
        game = cls.__new__(cls)
        game._begin(kit, transcript)
        return game

    def retell(self) -> None:
        """Put everything into the current language; nothing but words changes."""
        if retold(self._kit) is not self._kit:
            self._begin(retold(self._kit), self.transcript)

    def _begin(self, kit: Kit, transcript: Transcript | None) -> None:
        loaded, self._kit = kit.loaded, kit
        self.loaded, self.scenario = loaded, loaded.scenario
        self.seed, self.settings = kit.seed, kit.settings
        self.rules: Rules = kit.rules
        self.words, self.wording, self.hands, self._own = (
            kit.words, kit.wording, kit.hands, kit.own,
        )  # fmt: skip
        self.transcript = transcript or Transcript(
            self.scenario.scenario, kit.digest, loaded.main, with_catalogues(loaded),
            kit.seed, kit.settings,
        )  # fmt: skip
        self._present = present_at(self.rules)
        self._event = -1
        self._replay()

    @classmethod
    def resume(cls, transcript: Transcript, shown: str = "") -> Game:
        """A game at the head of a transcript; raises :class:`ScenarioError` if it cannot be."""
        loaded = playable(transcript, shown)
        try:
            return cls(loaded, transcript.seed, transcript.settings, transcript)
        except (GameError, ActionError, KeyError, IndexError, TypeError, ValueError) as problem:
            raise unplayable(problem, shown) from problem

    @classmethod
    def at(cls, transcript: Transcript, head: str, shown: str = "") -> Game:
        """A game at any entry, in a copy of the transcript; KeyError for none of its entries."""
        return cls.resume(transcript.at(head), shown)

    # --- where we are -----------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        return Phase(int(self._state.phase[0]))

    @property
    def ended(self) -> bool:
        return self.phase is Phase.ENDED

    def view(self) -> View:
        """What this player may see (decision 5)."""
        if self._view is None:
            self._view = view_for(self.rules, self._state, "seller", self.settings.layers)
        return self._view

    def number(self, name: str) -> Any:
        """One value of the view, as a plain number."""
        return self.view()[name][0].item()

    @property
    def present(self) -> tuple[str, ...]:
        """Ids of the buyers at this table."""
        at = min(self.number("meeting") - 1, len(self._present) - 1)
        return tuple(self.rules.buyers.names[b] for b in self._present[at])

    def legal(self) -> list[int]:
        """Indices of all legal base actions; packages are legal exactly when `propose` is."""
        if self._legal is None:
            self._legal = legal_base(self.rules, legal_mask(self.rules, self._state)[:, 0])
        return list(self._legal)

    def hand(self, most: int = HAND) -> list[int]:
        """At most seven of them, or fewer."""
        said = said_so_far(self._meeting_so_far(), self.turns, self.number("deals") > 0)
        ply = int(self._state.ply[0])
        return self.hands.hand(self.view(), self.legal(), self.seed, ply, said, most)

    def shortlist(self) -> list[int]:
        """At most six packages worth a thought; empty where none may be offered."""
        may = self.rules.actions.index("propose") in self.legal()
        return shortlist(self.rules, self.view()) if may else []

    def parse(self, text: str) -> int:
        """The index of an action as text; raises :class:`ActionError` or :class:`GameError`."""
        action = parse_action(self.rules, text, self.present)
        self._check(action)
        return action

    def preview(self, action: int) -> str:
        """What you would say with an action; "" when every wording of it is spent."""
        found = self._said_with(action)
        return "" if found is None else found[1]

    def label(self, action: int) -> str:
        """What an action is, in a few words."""
        return self._own.label(self.view(), action)

    # --- doing something ----------------------------------------------------------------------

    def play(self, action: int | str) -> Turn:
        """Play a legal action and return its turn; raises :class:`GameError` or ActionError."""
        index = self.parse(action) if isinstance(action, str) else action
        self._check(index)
        kind = "prepare" if self.phase is Phase.PREPARE else "action"
        text = format_action(self.rules, index)
        entry = self.transcript.append(kind, self.transcript.head, action=text)
        return self._advance(entry, index)

    @property
    def event_pending(self) -> bool:
        """Whether an event waits for the next move."""
        return self._event >= 0

    def event(self, name: str) -> None:
        """A facilitator's event; it happens with the next move."""
        if name not in self.scenario.events:
            known = listed(self.scenario.events)
            raise GameError(cannot("no_event" if known else "no_events", value=name, list=known))
        if self.ended or self._event >= 0:
            raise GameError(cannot("wait_for_move"))
        self.transcript.append("event", self.transcript.head, event=name)
        self._event = list(self.scenario.events).index(name)

    def read(self, d: float, confidence: float, buyer: str | None = None) -> None:
        """Mark where a buyer stands, both in [0, 1]."""
        who = buyer or self.present[0]
        if who not in self.scenario.buyers or not (0 <= d <= 1 and 0 <= confidence <= 1):
            raise GameError(cannot("no_read"))
        turn = self.number("turn")
        self.transcript.append(
            "read", self.transcript.head, buyer=who, d=d, confidence=confidence, turn=turn
        )
        self.reads[who] = (d, confidence)

    def reads_due(self, action: int | None = None) -> list[str]:
        """Buyers at the table whose read is still unset and is asked for now."""
        if self.phase is not Phase.TABLE:
            return []
        offers = action is not None and self.rules.columns[Col.OFFERS, action] != Offers.NOTHING
        first = offers and self.number("mine") < 0
        if not first and self._clock < READ_FROM:
            return []
        return [b for b in self.present if b not in self.reads]

    @property
    def may_hint(self) -> bool:
        """Whether hints may be asked for: in guided play, and with a coach."""
        return self.settings.help == "guided" or self.settings.coach

    def hint(self) -> str:
        """A general hint (guided play, or with a coach); counted in the transcript."""
        if not self.may_hint or self.ended:
            raise GameError(cannot("hints_guided"))
        texts: dict[str, str] = phrases()["hints"]
        verbs = [parts_of(turn.text).verb for turn in self._meeting_so_far()]
        given = [str(e.data["hint"]) for e in self.transcript.entries if "hint" in e.data]
        ply = int(self._state.ply[0])
        name = hint_name(self.view(), verbs, list(texts), self.seed, ply, given)
        self.transcript.append("hint", self.transcript.head, hint=name)
        return texts[name]

    def coach(self, word: str) -> str:
        """A word of the coach, by the id of its text; counted apart from the hints."""
        if not self.settings.coach or self.ended:
            raise GameError(cannot("no_coach"))
        said = ui(word)
        self.transcript.append("hint", self.transcript.head, coach=word)
        return said

    def undo(self) -> None:
        """Go back to before the last move; the other branch stays in the transcript."""
        if self.settings.help == "exam":
            raise GameError(cannot("exam_undo"))
        if not self.transcript.take_back():
            raise GameError(cannot("nothing_to_undo"))
        self._replay()

    @property
    def may_try(self) -> bool:
        """Whether moves may be tried again: always but in an exam that is not over."""
        return self.settings.help != "exam" or self.ended or bool(self.transcript.trying)

    def try_again(self, entry: str, fresh: bool = False) -> None:
        """Go back to just before an entry's move, to go on from there; every line is kept.

        With the chance that the move had, or a fresh one. Raises :class:`GameError`.
        """
        if not self.may_try:
            raise GameError(cannot("exam_again"))
        if entry not in (e.id for e in self.transcript.entries if e.kind in MOVES):
            raise GameError(cannot("not_in_game", value=entry[:20]))
        self.transcript.try_again(entry, fresh)
        self._replay()

    @property
    def undone(self) -> int:
        """How often a move was taken back, in the original or in the try that is played."""
        return self.transcript.counts().undone

    @property
    def hints(self) -> int:
        """How many hints were asked for, likewise."""
        return self.transcript.counts().hints

    @property
    def coached(self) -> int:
        """How often the coach said something, likewise."""
        return self.transcript.counts().coached

    # --- after the end ------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """What it came to, arrays of shape (1,). Raises GameError before the end."""
        self._over()
        return outcome(self.rules, self._state)

    def truths(self) -> list[Truth]:
        """Every turn with what lay behind it. Raises GameError before the end."""
        self._over()
        return list(self._truths)

    def hidden(self) -> View:
        """The truth at any moment, for whoever wrote the scenario; never for its player."""
        return view_for(self.rules, self._state, "seller", ("base", "trust", "truth"))

    def line(self) -> list[Truth]:
        """The same before the end, for weighing moves; nothing hidden of it may be shown."""
        return list(self._truths)

    def final_view(self) -> View:
        """The view with the truth in it. Raises GameError before the end."""
        self._over()
        return view_for(self.rules, self._state, "seller", ("base", "trust", "truth"))

    def letter(self) -> Shown | None:
        """The lead buyer's letter, six months later. Raises GameError before the end."""
        result = self.outcome()
        return self.wording.letter(0, self.seed, int(result.ending[0]), float(result.trust[0]))

    def _over(self) -> None:
        if not self.ended:
            raise GameError(cannot("after_the_end"))

    # --- the machinery ------------------------------------------------------------------------

    def _replay(self) -> None:
        """Recompute everything from the entries between the root and the head."""
        self._stand(initial_state(self.rules, keys_of(self.seed, 1)))
        self._heard = Heard()
        self._event = -1
        self._clock = 0
        self._truths: list[Truth] = []
        self.turns: list[Turn] = []
        self.reads: dict[str, tuple[float, float]] = {}
        self._told_boss = 0
        self._key = int(keys_of(self.seed, 1)[0])
        self.first: Opening | None = self._opening() if self.phase is Phase.TABLE else None
        for entry in self.transcript.path():
            self._key = self.transcript.branches.get(entry.id, self._key)
            if entry.kind in MOVES:
                index = parse_action(self.rules, str(entry.data["action"]), self.present)
                self._check(index)
                self._advance(entry, index)
            elif entry.kind == "event":
                self._event = list(self.scenario.events).index(entry.data["event"])
            elif entry.kind == "read":
                read = entry.data
                self.reads[read["buyer"]] = (float(read["d"]), float(read["confidence"]))

    def _stand(self, state: State) -> None:
        """The game stands here; what was looked up of the state before holds no longer."""
        self._state = state
        self._view = None
        self._legal = None

    def _check(self, action: int) -> None:
        if self.ended:
            raise GameError(cannot("over"))
        if action >= self.rules.base_actions:
            action = self.rules.actions.index("propose")
        if action not in self.legal():
            name = format_action(self.rules, action)
            raise GameError(cannot("not_now", value=name))

    def _meeting_so_far(self) -> list[Turn]:
        """The turns of this meeting."""
        meeting = self.number("meeting")
        return [turn for turn in self.turns if turn.number and turn.meeting == meeting]

    def _said_with(self, action: int) -> tuple[str, str] | None:
        """(id, text) of what you would say; None when every wording is spent."""
        ply, package = int(self._state.ply[0]), self._package_of(action)
        return self._own.line(self.view(), ply, action, package, self.present, self._heard)

    def _package_of(self, action: int) -> int:
        """The package a move would put up or sign, -1 none."""
        cols = self.rules.columns[:, action : action + 1]
        return int(own_package(self.rules, self._state, cols)[0][0])

    def _advance(self, entry: Entry, action: int) -> Turn:
        before = self._state
        view = self.view()
        at_table = self.phase in (Phase.TABLE, Phase.AFTER)
        meeting, number = int(view["meeting"][0]), int(view["turn"][0]) if at_table else 0
        label = self._own.label(view, action)
        own = self._said_with(action)
        if own is not None:
            self._heard.add(own[0])
        key = np.array([self._key], np.uint32)
        ply = before.ply.astype(np.int16)
        chance = Chance.for_step(key, ply, self.rules.n_buyers)
        event = None if self._event < 0 else np.array([self._event], np.int8)
        after, record = step(
            self.rules, before, np.array([action], np.int32), chance, event, explain=True
        )
        self._stand(after)
        self._event = -1
        happened = happenings(self.rules, before, record, after)[0]
        words: TurnWords = self.wording.turn(happened, self._heard)
        opening = self._opening() if sat_down(happened) else None
        self._clock += at_table
        fact = self.rules.facts.ids[happened.fact] if happened.fact >= 0 else ""
        turn = Turn(
            entry.id, action, format_action(self.rules, action), label, meeting, number,
            own[1] if own else "", words.event.text if words.event else "", words.notices,
            words.said, fact, need_hinted(self.scenario, self.rules, happened, words.hint),
            happened.offer, happened.counter, happened.offer if happened.signed else -1,
            contrary(happened), opening, self._boss(), words.event.source if words.event else "",
        )  # fmt: skip
        self.turns.append(turn)
        self._truths.append(Truth(turn, record, happened, words.thought))
        return turn

    def _opening(self) -> Opening:
        """The next meeting begins."""
        return opening(self.scenario, self.rules, self.wording, self._state, self.seed, self._heard)

    def _boss(self) -> tuple[str, ...]:
        """Notes from home that are due before the next turn; none once a deal is signed."""
        if self.phase is not Phase.TABLE or self.number("deals") > 0:
            return ()
        due = notes_due(self.scenario, self._told_boss, self._clock)
        self._told_boss += len(due)
        return due
