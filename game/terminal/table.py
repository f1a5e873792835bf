"""What is shown at the table: the turn, what stands where, the hand, everything by ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.core.rules import PREPARATIONS
from game.core.vocabulary import Initiative, Phase
from game.session.game import Game
from game.session.hand import RINGS
from game.session.moments import Opening, Turn
from game.session.notation import parts_of
from game.session.table import gap_words
from game.session.words import ui, ui_counted
from game.session.writing import (
    aside,
    inside,
    listed,
    named,
    numeral,
    sentence,
    sentences,
    told,
)
from game.terminal.catalogue import text as words
from game.terminal.screen import Screen

_PREPARING = (Phase.PREPARE, Phase.BETWEEN)


class TableScreen:
    """Draws one game."""

    def __init__(self, screen: Screen, game: Game) -> None:
        self.screen = screen
        self.game = game

    # --- what has just happened ---------------------------------------------------------------

    def opening(self, opening: Opening) -> None:
        """A meeting begins."""
        s, game = self.screen, self.game
        if opening.gap_days and opening.meeting > 1:
            s.text(gap_words(opening.gap_days), "muted")
        total = len(game.scenario.meetings)
        title = ui("table_meeting", count=opening.meeting, total=max(total, opening.meeting))
        s.blank()
        s.rule(title)
        s.text(sentence(opening.place), "heading")
        if opening.notice:
            s.noticed(opening.notice)
        for said in opening.said:
            s.said(self._speaker(said.buyer), said.text)

    def turn(self, turn: Turn, alone: bool = False) -> None:
        """What you did and what came back. `alone`: no header follows, so offers are told here."""
        s = self.screen
        s.blank()
        verb = parts_of(turn.text).verb
        prepared = verb.removeprefix("prepare_")
        if not turn.own:
            s.text(f"({turn.label})", "muted")
        elif prepared in PREPARATIONS or told(turn.own):
            s.text(turn.own, "you")
        else:
            s.text(named(ui("table_you"), turn.own), "you")
        found = getattr(self.game.scenario.preparation, prepared, "")
        if found:
            s.text(found, "ink", 2)
        if turn.event:
            s.noticed(turn.event)
        for notice in turn.notices:
            s.noticed(notice.text)
        if not turn.said and turn.number:
            s.noticed(words("not_taken") if turn.offer >= 0 > turn.signed else ui("silent"))
        for said in turn.said:
            s.said(self._speaker(said.buyer), said.text)
        if alone and not self.game.ended:
            self._packages(turn)
        if turn.fact:
            fact = self.game.scenario.facts[turn.fact]
            s.text(named(ui("notebook_new"), fact.text), "muted", 2)
        if turn.signed >= 0:
            deal = self.game.words.package(turn.signed)
            s.text(named(ui("ending_agreement"), deal), "gold", 2)
        for note in turn.boss:
            s.text(named(ui("boss_from"), note), "gold", 2)
        if turn.opening is not None:
            self.opening(turn.opening)

    def _packages(self, turn: Turn) -> None:
        """Packages that the words of a turn did not spell out."""
        heard = " ".join([turn.own, *(said.text for said in turn.said)])
        for package, key in (
            (turn.offer, "table_your_offer"),
            (turn.counter, "table_their_offer"),
        ):
            if package >= 0 and self.game.words.package(package) not in heard:
                offer = named(ui(key), self.game.words.package(package))
                self.screen.text(aside(offer, worth_to_you(self.game, package)), "muted", 2)

    def _speaker(self, buyer: str) -> str:
        several = len(self.game.scenario.buyers) > 1
        return self.game.scenario.buyers[buyer].name if several else ""

    # --- where things stand -------------------------------------------------------------------

    def header(self) -> None:
        """Meeting and turn, what is open, the offers, and what always stays in view."""
        s, game = self.screen, self.game
        phase = game.phase
        s.blank()
        if phase in _PREPARING:
            s.rule(ui(f"phase_{phase.name.lower()}"))
            s.text(ui(f"phase_{phase.name.lower()}_help"), "muted")
            left = game.number("slots")
            slots = ui_counted("calendar_slots", left)
            s.text(slots, "muted")
            return
        s.rule(self._where())
        self._open_question()
        self._offers()
        if game.settings.help == "guided":
            self._guide()
        s.text(self._always(), "muted")

    def _guide(self) -> None:
        """Guided play: trust and its state for everybody here, and the path through the rings."""
        game, view = self.game, self.game.view()
        names = list(game.scenario.buyers)
        for buyer in game.present:
            b = names.index(buyer)
            trust, state = float(view["true_trust"][b][0]), int(view["true_trust_state"][b][0])
            who = f"{game.scenario.buyers[buyer].name.split()[0]} " if len(names) > 1 else ""
            name = game.rules.machine.names[state]
            line = (
                f"{who}{inside(ui('trust'))} {_bar(trust)} {numeral(trust, 2)} {state_name(name)}"
            )
            self.screen.line(line[:1].upper() + line[1:], "gold")
        here = [t for t in game.turns if t.number and t.meeting == game.number("meeting")]
        if here:
            rings = (game.hands.ring_of[parts_of(t.text).verb] for t in here[-6:])
            path = " > ".join(inside(ui(f"ring_{ring}")) for ring in rings)
            self.screen.line(named(ui("circles_path"), path), "muted")

    def _where(self) -> str:
        game = self.game
        if game.phase is Phase.AFTER:
            return ui("phase_after")
        turn, left = game.number("turn"), game.number("turns_left")
        title = ui("table_turn", turn=turn, turns=turn + left - 1)
        people = listed(game.scenario.buyers[b].name for b in game.present)
        return f"{title} · {people}"

    def _open_question(self) -> None:
        game = self.game
        asked = game.number("asked")
        if asked:
            name = Initiative(asked).name.lower()
            demand = game.number("demand")
            what = game.words.label(game.rules.demands[demand]) if demand >= 0 else ""
            if name != "demand" or what:
                question = ui(f"open_{name}", demand=what)
                if len(game.present) > 1:
                    asker = list(game.scenario.buyers.values())[game.number("addressee")]
                    question = words("asked_by", value=asker.name, question=question)
                self.screen.line("? " + question, "gold")

    def _offers(self) -> None:
        game = self.game
        if game.phase is Phase.AFTER:
            return
        for name, key in (("mine", "table_your_offer"), ("theirs", "table_their_offer")):
            package = game.number(name)
            if package >= 0:
                offer = named(ui(key), game.words.package(package))
                self.screen.text(aside(offer, worth_to_you(game, package)), "key")
        mine, theirs = game.number("mine"), game.number("theirs")
        if mine >= 0 and theirs >= 0 and mine != theirs:
            self.screen.text(named(words("apart"), self._apart(mine, theirs)), "muted")

    def _apart(self, mine: int, theirs: int) -> str:
        """`price 41.00 | 38.00 EUR per unit; service: ...`: only where two packages differ."""
        game, options = self.game, self.game.rules.bargain.options
        differ = []
        for i, issue in enumerate(game.rules.issues):
            one, two = int(options[mine][i]), int(options[theirs][i])
            if one != two:
                unit = game.scenario.issues[issue].unit
                ours, other = game.words.short(issue, one), game.words.short(issue, two)
                ours = ours.removesuffix(unit).rstrip() if unit and other.endswith(unit) else ours
                differ.append(f"{game.words.name(issue)} {ours} | {other}")
        return "; ".join(differ)

    def _always(self) -> str:
        game = self.game
        you, them, future = (round(100 * share) for share in game.rules.score)
        weights = ui("table_weights_line", mine=you, theirs=them, relationship=future)
        floor = f"{ui('table_walkaway')} {round(100 * game.number('reservation'))}"
        return f"{floor} · {named(ui('table_weights'), weights)}"

    # --- what you can do ----------------------------------------------------------------------

    def hand(self, hand: Sequence[int]) -> None:
        """The numbered actions, each with what you would say."""
        s, game = self.screen, self.game
        for number, action in enumerate(hand, 1):
            label = self._to_whom(action)
            preview = game.preview(action)
            if s.short and game.phase not in _PREPARING:
                s.action(f"{number:>2}", label, preview)
                continue
            s.line(f"{number:>2}  {label}", "key")
            if preview:
                s.text(preview, "muted", 4)
        self._keys()

    def about(self, action: int) -> None:
        """One action at length: what you would say, and the good reason for it."""
        s, game = self.screen, self.game
        s.text(self._to_whom(action), "key")
        for line in (game.preview(action), game.words.tempts(action)):
            if line:
                s.text(line, "muted", 4)

    def _keys(self) -> None:
        game = self.game
        sit = "calendar_sit_down" if game.phase is Phase.PREPARE else "calendar_let_pass"
        keys = {"w": inside(ui(sit if game.phase in _PREPARING else "table_wait"))}
        if game.phase not in _PREPARING:
            keys |= {"o": inside(ui("table_offer")), "p": inside(ui("table_part"))}
            keys["r"] = words("key_all")
        keys |= {"n": words("key_notes"), "c": words("key_dates")}
        if game.settings.help != "exam":
            keys["u"] = words("key_undo")
        if game.may_hint:
            keys["h"] = words("key_hint")
        keys |= {"?": words("key_help"), "q": words("key_quit")}
        self.screen.text("  ".join(f"{key} {does}" for key, does in keys.items()), "muted")

    def _to_whom(self, action: int) -> str:
        """What an action is, and for whom where several are at the table."""
        game = self.game
        label = game.label(action)
        if action >= game.rules.base_actions or len(game.present) < 2:
            return label
        buyer = parts_of(game.rules.actions[action]).buyer
        if not buyer:
            return label
        return words("to_whom", value=label, name=game.scenario.buyers[buyer].name.split()[0])

    def by_ring(self, numbered: dict[int, int], between: Callable[[], None]) -> None:
        """Every legal action with its number, grouped by ring; `numbered` is action -> number.

        `between` is called between two rings, so that a small screen can be read.
        """
        s, game = self.screen, self.game
        groups = game.hands.by_ring(list(numbered))
        for number, ring in enumerate(r for r in (*RINGS, "prepare", "between") if r in groups):
            if number:
                between()
            s.blank()
            name = ui(f"ring_{ring}")
            help = ring in RINGS
            s.line(sentences(name, ui(f"ring_{ring}_help")) if help else name, "heading")
            for buyer, actions in self._by_buyer(groups[ring]).items():
                if buyer:
                    s.line(words("to", name=game.scenario.buyers[buyer].name), "muted", 2)
                self._listed(actions, numbered)

    def _by_buyer(self, actions: Sequence[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        several = len(self.game.present) > 1
        for action in actions:
            buyer = parts_of(self.game.rules.actions[action]).buyer if several else ""
            found.setdefault(buyer, []).append(action)
        return found

    def _listed(self, actions: Sequence[int], numbered: dict[int, int]) -> None:
        """A line a verb; where a verb has several arguments they follow, each with its number."""
        game = self.game
        verbs: dict[str, list[int]] = {}
        for action in actions:
            verbs.setdefault(parts_of(game.rules.actions[action]).verb, []).append(action)
        for verb, group in verbs.items():
            if len(group) == 1:
                self.screen.item(f"{numbered[group[0]]:>3}", game.label(group[0]))
                continue
            each = [(str(numbered[a]), game.words.argument(a)) for a in group]
            self.screen.choices("  ·", game.words.verb_label(verb), each)


def worth_to_you(game: Game, package: int) -> str:
    """`worth 64 to you`, with a mark when it lies below your walk-away."""
    worth = float(game.rules.bargain.seller[package])
    text = words("worth", value=round(100 * worth))
    if worth < game.number("reservation"):
        return listed((text, inside(ui("table_below_walkaway"))))
    return text


def _bar(value: float, cells: int = 20) -> str:
    full = round(value * cells)
    return "█" * full + "░" * (cells - full)


def state_name(name: str) -> str:
    """A trust state in words; a scenario's own state by its id."""
    try:
        return ui(f"state_{name}")
    except KeyError:
        return name.replace("_", " ").capitalize()
