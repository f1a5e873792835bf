"""A turn in words: what is noticed, what the buyer says, what he thinks.

Chosen from what happened and never the other way round: manner picks the pole of a line, reaction
the notice, truth the thought. At most two lines are said in a turn, and none twice in a meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from game.core.rules import EFFECT, Asks, Col, Rules
from game.core.vocabulary import (
    Answer,
    Ending,
    Initiative,
    Manner,
    Phase,
    Reaction,
    Renewal,
    Response,
    Scope,
)
from game.scenario.language import SOURCE
from game.scenario.load import Loaded
from game.session.happening import Happening, present_at
from game.session.lines import Heard, Line, choose, filled, fits_state, mixed
from game.session.notation import format_action, parts_of
from game.session.voices import (
    Tier,
    VoiceLines,
    fact_lines,
    letter_trust,
    thinking,
    tone_names,
    voice_lines,
)
from game.session.words import Words, phrases

_POLE: dict[int, str] = {Manner.PLAIN: "plain", Manner.EVEN: "", Manner.CIRCLING: "circling"}
REACTIONS = tuple(reaction.name.lower() for reaction in Reaction)  # in the order of their codes
_CLOSING = (Ending.PARTED, Ending.IMPASSE, Ending.DEADLINE)
_TABLE = (Phase.TABLE, Phase.AFTER)
_PATIENT = 2  # refusals in a meeting that are put at length; those after them get shorter


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as it is shown: who it belongs to, its id, its words."""

    buyer: str
    id: str
    text: str
    source: str = ""  # its words before they were translated and filled; what is drawn goes by it


@dataclass(frozen=True, slots=True)
class TurnWords:
    """Everything one turn shows, and the thought that only the review shows."""

    event: Shown | None
    notices: tuple[Shown, ...]
    said: tuple[Shown, ...]
    hint: str  # which of these words point to a need, "" none
    thought: Shown | None


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Tiers of lines for one thing to say."""

    tiers: list[Tier]
    farewell: bool = False
    hint: bool = False


class Wording:
    """Chooses the texts of one scenario's buyers."""

    choose = staticmethod(choose)  # who listens to many games overhears what there was to choose

    def __init__(self, loaded: Loaded, rules: Rules, words: Words) -> None:
        self.rules = rules
        self.words = words
        self.scenario = words.scenario
        self._common = voice_lines(loaded.common_voice)
        known: dict[str, VoiceLines] = {}
        self._voices: list[VoiceLines] = []
        for voice in loaded.voices.values():
            name = "" if voice is None else voice.voice
            if name not in known:
                known[name] = voice_lines(voice)
            self._voices.append(known[name])
        self._tones = tone_names(loaded.machine)
        self._ends = rules.machine.ends.tolist()
        self._rings = {verb: move.ring for verb, move in loaded.moves.moves.items()}
        self._present = present_at(rules)
        self._people = [words.person(b) for b in rules.buyers.names]
        self._facts = fact_lines(self.scenario)
        self._known: dict[int, tuple[str, tuple[str, ...]]] = {}  # by action, see `keys`
        self._moves: dict[int, dict[str, str]] = {}  # by action, what its placeholders stand for

    # --- a turn ---------------------------------------------------------------------------------

    def turn(self, h: Happening, heard: Heard) -> TurnWords:
        """The texts of one step; everything shown is added to `heard`."""
        values = self._values(h)
        notices = tuple(self._notices(h, heard, values)) if h.phase_before in _TABLE else ()
        hinted: list[str] = []
        said = tuple(self._said(h, heard, values, hinted))
        thought = self._thought(h, heard, values)
        return TurnWords(self._event(h), notices, said, "".join(hinted), thought)

    def _event(self, h: Happening) -> Shown | None:
        if h.event < 0:
            return None
        name, event = list(self.scenario.events.items())[h.event]
        text = event.notice or self.words.phrases["events"][event.kind]
        source = event.original("notice") or phrases(SOURCE)["events"][event.kind]
        return Shown("", f"{self.scenario.scenario}.event.{name}", text, source)

    def _notices(self, h: Happening, heard: Heard, values: dict[str, str]) -> Iterator[Shown]:
        verb, keys = self.keys(h.action)
        for b in h.present:
            reaction = REACTIONS[h.reactions[b]]
            afters = (*keys[:2], self._rings[verb], "") if b == h.who else ("",)
            tiers = [
                voice.notices.get((reaction, after), ())
                for voice in (self._voices[b], self._common)
                for after in afters
            ]
            pole = _POLE[h.manner] if b == h.who else ""
            fits = fits_state(self._tone(h, b), pole)
            yield from self._pick(tiers, h, heard, values | self._people[b], fits, b)

    def _said(
        self, h: Happening, heard: Heard, values: dict[str, str], hinted: list[str]
    ) -> Iterator[Shown]:
        room = 2
        for occasion in self._occasions(h, heard):
            if room == 0:
                return
            states = self._tone(h, h.who)
            if occasion.farewell:
                states = states | self._tones[h.states_after[h.who]]
            fits = fits_state(states, _POLE[h.manner])
            told = values | self._hinted(h) if occasion.hint else values
            for shown in self._pick(occasion.tiers, h, heard, told, fits, h.who):
                room -= 1
                if occasion.hint:
                    hinted.append(shown.text)
                yield shown

    def _occasions(self, h: Happening, heard: Heard) -> Iterator[_Occasion]:
        """What there is to say, most important first."""
        if h.renewal != Renewal.NONE:
            name = "renewed" if h.renewal == Renewal.RENEWED else "left"
            yield _Occasion(self._both(h.who, name), farewell=True)
            return
        if h.phase_before == Phase.PREPARE or (
            self._effect(h) == EFFECT["wait"] and (h.phase_before == Phase.BETWEEN)
        ):
            return
        dismissed = h.initiative == Initiative.DISMISSES
        ended = h.phase_after == Phase.ENDED and h.phase_before in _TABLE
        walked = ended and not dismissed and self._ends[h.states_after[h.who]] and not h.signed
        walked = walked or (ended and h.ending == Ending.WALKAWAY and not dismissed)
        farewell = ended and h.ending in _CLOSING
        main = self._main(h, heard)
        if walked:
            yield _Occasion(self._both(h.who, "leaves"), farewell=True)
            return
        if dismissed:
            yield _Occasion(self._both(h.who, "dismisses"), farewell=True)
            return
        volunteered = h.fact >= 0 and self._column(h, Col.ASKS) == Asks.VOLUNTEER
        if volunteered and h.initiative == Initiative.NONE:
            yield _Occasion(self._reply(h))
        if main is not None:
            yield _Occasion(main)
        if h.exposed:
            yield _Occasion(self._both(h.who, "exposed"))
        if farewell:
            yield _Occasion(self._both(h.who, Ending(h.ending).name.lower()), farewell=True)
            return
        adjourned = self._adjourned(h)
        if main is None and not h.exposed and not (adjourned and h.demand >= 0):
            yield _Occasion(self._reply(h))
        if adjourned:
            if h.demand >= 0:  # of what he starts, only a demand lasts into the next meeting
                yield _Occasion(self._initiative(h))
            yield _Occasion(self._both(h.who, adjourned))
            return
        if h.initiative != Initiative.NONE:
            yield _Occasion(self._initiative(h))
        going = h.phase_before == Phase.AFTER or self._effect(h) == EFFECT["part"]
        if h.hint >= 0 and not going:
            yield _Occasion(self._hint(h), hint=True)

    def _adjourned(self, h: Happening) -> str:
        """The goodbye when time is up and another meeting follows; "" if it is not so."""
        away = h.phase_after == Phase.BETWEEN or h.meeting_after != h.meeting_before
        if h.phase_before != Phase.TABLE or not away:
            return ""
        if h.initiative == Initiative.HANDS_OVER or self._effect(h) == EFFECT["part"]:
            return ""
        return "deadline" if h.deal else "adjourns"  # a later deal is lost with its meeting

    def _main(self, h: Happening, heard: Heard) -> list[Tier] | None:
        """The answer to an offer or to a question, if there was one."""
        if h.response == Response.ACCEPTS:
            yours = self.keys(h.action)[0] in ("accept", "ask_signature")
            first, second = ("signed", "accepts") if yours else ("accepts", "signed")
            return [*self._both(h.who, first), *self._both(h.who, second)]
        if h.response == Response.COUNTERS and h.phase_after != Phase.ENDED:
            return self._both(h.who, "counters")
        if h.response in (Response.COUNTERS, Response.REJECTS):
            # a counter that nobody can take any more is a no
            return self._refusals(h.who, heard)
        if h.fact >= 0:
            return self._facts[h.fact]
        if h.answer in (Answer.EVADED, Answer.REFUSED):
            name = Answer(h.answer).name.lower()
            return [*self._both(h.who, f"{name}.{self._about(h)}"), *self._both(h.who, name)]
        return None

    def _refusals(self, b: int, heard: Heard) -> list[Tier]:
        """What is said to an offer that is not taken, and to one more of them."""
        first, again = self._both(b, "rejects"), self._both(b, "rejects.again")
        said = sum(x.id in heard.meeting for tier in (*first, *again) for x in tier)
        return [*again, *first] if said >= _PATIENT else [*first, *again]

    def _reply(self, h: Happening) -> list[Tier]:
        verb, keys = self.keys(h.action)
        own, common, ring = self._voices[h.who], self._common, self._rings[verb]
        tiers: list[Tier] = [own.saying(k) for k in keys]
        tiers += [own.saying(f"any.{ring}"), *(common.saying(k) for k in keys)]
        return [*tiers, own.saying("any"), common.saying(f"any.{ring}"), common.saying("any")]

    def _initiative(self, h: Happening) -> list[Tier]:
        name = Initiative(h.initiative).name.lower()
        if h.demand >= 0:
            narrow = f"demand.{self.rules.demands[h.demand]}"
            return [*self._both(h.who, narrow), *self._both(h.who, "demand")]
        return self._both(h.who, name)

    def _hint(self, h: Happening) -> list[Tier]:
        need = self.rules.needs_names[h.who][h.hint]
        return [*self._both(h.who, f"hint.{need}"), *self._both(h.who, "hint")]

    def _both(self, b: int, occasion: str) -> list[Tier]:
        return [self._voices[b].saying(occasion), self._common.saying(occasion)]

    # --- first words, thoughts, letters ---------------------------------------------------------

    def arrival(
        self, seed: int, meeting: int, states: Sequence[int], d: Sequence[float], heard: Heard
    ) -> tuple[Shown, ...]:
        """The first words of a meeting, one line a buyer present, at most two.

        How they are put is drawn as every manner is: two independent chances of a circle.
        """
        said = []
        for b in self._present[min(meeting, len(self._present) - 1)][:2]:
            count = sum(b in self._present[m] for m in range(meeting)) + 1
            tiers = [t for k in range(count, 1, -1) for t in self._both(b, f"arrive.{k}")]
            if count == 1:
                tiers = self._both(b, "arrive")
            circles = sum(
                mixed(seed, meeting, b, slot, 0xA221) < d[b] * 0xFFFFFFFF for slot in range(2)
            )
            fits = fits_state(self._tones[states[b]], _POLE[circles])
            found = self.choose(tiers, seed, meeting, heard, self._people[b], fits)
            if found is not None:
                heard.add(found.id)
                said.append(self._shown(b, found, self._people[b]))
        return tuple(said)

    def _thought(self, h: Happening, heard: Heard, values: dict[str, str]) -> Shown | None:
        if h.phase_before not in _TABLE:
            return None
        verb, keys = self.keys(h.action)
        own = self._voices[h.who]
        tiers: list[Tier] = []
        left = bool(self._ends[h.states_after[h.who]])
        if h.initiative != Initiative.NONE and not left:
            tiers += thinking(own, self._common, Initiative(h.initiative).name.lower(), ("",))
        if h.response != Response.NONE and not left:
            tiers += thinking(own, self._common, Response(h.response).name.lower(), ("",))
        reaction = REACTIONS[Reaction.CLOSES if left else h.felt[h.who]]
        tiers += thinking(own, self._common, reaction, (*keys, self._rings[verb], ""))
        pole = "plain" if h.d[h.who] < 0.5 else "circling"
        fits = fits_state(self._tone(h, h.who), pole)
        return next(self._pick(tiers, h, heard, values, fits, h.who), None)

    def letter(self, buyer: int, seed: int, ending: int, trust: float) -> Shown | None:
        """The letter six months later; `trust` in [0, 1] sets its grammar."""
        on = Ending(ending).name.lower()
        tiers = [
            voice.letters.get((on, level), ())
            for voice in (self._voices[buyer], self._common)
            for level in (letter_trust(trust), "")
        ]
        person = self._people[buyer]
        found = self.choose(tiers, seed, buyer, Heard(), person, fits_state(frozenset(), ""))
        return None if found is None else self._shown(buyer, found, person)

    # --- parts -----------------------------------------------------------------------------------

    def _pick(
        self,
        tiers: Sequence[Tier],
        h: Happening,
        heard: Heard,
        values: dict[str, str],
        fits: Callable[[Line], bool],
        buyer: int,
    ) -> Iterator[Shown]:
        found = self.choose(tiers, h.key, h.ply, heard, values, fits)
        if found is not None:
            heard.add(found.id)
            yield self._shown(buyer, found, values)

    def _shown(self, buyer: int, found: Line, values: dict[str, str]) -> Shown:
        text = filled(found.text, values)
        return Shown(self.rules.buyers.names[buyer], found.id, text, found.source or found.text)

    def keys(self, action: int) -> tuple[str, tuple[str, ...]]:
        """The verb, and the occasions of its reply, `verb.argument` before `verb`."""
        if action not in self._known:
            parts = parts_of(format_action(self.rules, action))
            narrow = bool(parts.argument) and action < self.rules.base_actions
            occasions = (f"{parts.verb}.{parts.argument}",) if narrow else ()
            self._known[action] = parts.verb, (*occasions, parts.verb)
        return self._known[action]

    def _column(self, h: Happening, column: int) -> int:
        return int(self.rules.columns[column, h.action])

    def _effect(self, h: Happening) -> int:
        return self._column(h, Col.EFFECT)

    def _about(self, h: Happening) -> str:
        """The subject of a question: named, or what was spoken of last."""
        about = self._column(h, Col.ABOUT)
        if h.fact >= 0:
            about = int(self.rules.facts.about[h.fact])
        elif about < 0:
            about = h.last_about
        abouts = self.rules.facts.abouts
        return abouts[about] if 0 <= about < len(abouts) else ""

    def _tone(self, h: Happening, b: int) -> frozenset[str]:
        """States whose lines fit: the one after the move, unless that one shuts the meeting."""
        after = h.states_after[b]
        return self._tones[h.states_before[b] if self._ends[after] else after]

    def own_values(self, action: int, package: int, demand: int, who: int) -> dict[str, str]:
        """Placeholders of the seller's own words; -1 where there is no package or demand."""
        values = self.words.move_values(action) | self._people[who]
        if package >= 0:
            point = int(self.rules.columns[Col.SCOPE, action]) == Scope.POINT
            told = self.words.price_of if point else self.words.package
            values["offer"] = told(package)
        if demand >= 0:
            values["demand"] = self.words.label(self.rules.demands[demand])
        return values

    def _values(self, h: Happening) -> dict[str, str]:
        """What placeholders stand for in this turn; empty where there is nothing."""
        words, rules = self.words, self.rules
        if h.action not in self._moves:
            self._moves[h.action] = words.move_values(h.action)
        values = self._moves[h.action] | self._people[h.who]
        about = self._about(h)
        if about:
            values["about"] = words.name(about)
        demand = h.demand if h.demand >= 0 else h.asked_demand
        if demand >= 0:
            values["demand"] = words.label(rules.demands[demand])
        package = h.counter if h.counter >= 0 else h.offer if h.offer >= 0 else h.mine
        values["offer"] = words.package(package) if package >= 0 else ""
        if h.mine >= 0:
            values["you_price"] = words.price_of(h.mine)
        return values

    def _hinted(self, h: Happening) -> dict[str, str]:
        """In a hint `about` is what the need that is hinted at weighs most."""
        buyer = self.scenario.buyers[self.rules.buyers.names[h.who]]
        need = buyer.needs.get(self.rules.needs_names[h.who][h.hint])
        if need is None:
            return {}
        heaviest = max(need.weights, key=lambda issue: need.weights[issue])
        return {"need": need.label, "about": self.words.name(heaviest)}
