"""The briefing: whom you meet, what you want and can accept, what counts, and how you play."""

from __future__ import annotations

import secrets
from pathlib import Path

from game.desktop.input import Command
from game.desktop.layout import Column, Row, Spacer, px, share
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.briefing_parts import agreeable, matter, occasions, people
from game.desktop.text import LABEL, SMALL, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import (
    AdaptiveColumns,
    Button,
    Card,
    Label,
    Pane,
    ScrollArea,
    Segmented,
    TextInput,
    Toggle,
    head_row,
    section,
)
from game.desktop.words import say
from game.scenario.load import Loaded
from game.scenario.translated import in_language
from game.session.game import Game
from game.session.saves import beside
from game.session.seating import HELP_LEVELS, Settings
from game.session.words import ui

_SEEDS = 1_000_000  # a seed that is drawn lies below this
_DIGITS = 9


class BriefingScreen(Screen):
    """Everything one knows before sitting down; beginning makes the game and its file.

    The options are what is chosen at first: `seed` None draws one, `d` fixes every buyer's
    diffuseness, `save` is where the game is kept (beside it, if something is there).
    """

    def __init__(
        self, loaded: Loaded, seed: int | None = None, *, d: float | None = None,
        blind: bool = False, help_level: str | None = None, coach: bool = False,
        save: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.loaded = in_language(loaded)
        self.title = self.loaded.scenario.title
        self.first_seed = secrets.randbelow(_SEEDS) if seed is None else seed
        level = help_level if help_level in HELP_LEVELS else HELP_LEVELS[1]
        self.level, self.d, self.save = level, d, save
        self.blind_first, self.coach_first = blind, coach and level != "exam"
        self.rules = loaded.rules

    def retold(self) -> None:
        self.first_seed = self.first_seed if self.chosen_seed is None else self.chosen_seed
        self.level = self.settings.help
        self.blind_first, self.coach_first = self.blind.on, self.coach.on
        super().retold()

    def build(self) -> Widget:
        self.loaded = in_language(self.loaded)
        self.title = self.loaded.scenario.title
        scenario, rules = self.loaded.scenario, self.rules
        self.start = Button(say("briefing.start"), self.begin, kind="filled", name="begin")
        # The choices come first: panes that are built later may be tabs that nobody opens.
        choices = self._choices()
        head = head_row(
            Label(say("briefing.place", value=scenario.city or scenario.title), LABEL),
            Button(
                say("briefing.back"), self.leave, kind="quiet", hotkey=Command.BACK,
                show_key=True, name="back",
            ),
        )  # fmt: skip
        about = Column(matter(scenario, rules), agreeable(self.loaded, rules), gap=14)
        columns = AdaptiveColumns(
            [
                Pane(say("briefing.meet"), ScrollArea(people(scenario)), px(290)),
                Pane(say("briefing.matter"), ScrollArea(about), share()),
                Pane(
                    say("briefing.play"),
                    ScrollArea(Column(occasions(scenario), choices, gap=12)),
                    px(344),
                ),
            ],
            main=1,
            grow=1,
            shrink=True,
            gap=24,
        )
        foot = Row(self.note, Spacer(), self.start, gap=12, cross="centre")
        return Column(
            head, Label(scenario.title, TITLE), columns, foot, gap=10,
            padding=(MARGIN, 14, MARGIN, 16),
        )  # fmt: skip

    def opened(self) -> None:
        self.focus(self.start)

    # --- choices --------------------------------------------------------------------------------

    def _choices(self) -> Widget:
        self.help = Segmented(
            [(level, ui(f"help_{level}")) for level in HELP_LEVELS], self.level, self._helped,
            name="help",
        )  # fmt: skip
        self.help_line = Label("", SMALL)
        self.blind = Toggle(say("briefing.blind"), self.blind_first, name="blind")
        self.coach = Toggle(say("briefing.coach"), self.coach_first, name="coach")
        self.seed = TextInput(
            str(self.first_seed), hint=say("briefing.seed"), most=_DIGITS,
            on_change=lambda _: self._check(), name="seed", grow=1,
        )  # fmt: skip
        self.note = Label("", SMALL.but(colour="error", face="sans-semi"))
        other = Button(say("briefing.seed_other"), self._draw_seed, name="another seed")
        card = Card(
            section(Label(say("briefing.how"), LABEL), self.help, self.help_line, gap=6),
            Column(self.blind, Label(say("briefing.blind_help"), SMALL), gap=0),
            Column(self.coach, Label(ui("coach_help"), SMALL), gap=0),
            section(
                Label(say("briefing.seed"), LABEL), Row(self.seed, other, gap=8),
                Label(say("briefing.seed_help"), SMALL), gap=6,
            ),
            gap=12, padding=14,
        )  # fmt: skip
        self._helped(self.level)
        return card

    def _helped(self, level: str) -> None:
        self.help_line.text = ui(f"help_{level}_help")
        self.coach.enabled = level != "exam"
        if level == "exam":
            self.coach.on = False

    def _draw_seed(self) -> None:
        self.seed.set(str(secrets.randbelow(_SEEDS)))
        self._check()

    def _check(self) -> None:
        fits = self.chosen_seed is not None
        self.note.text = "" if fits else say("briefing.seed_bad")
        self.start.enabled = fits

    @property
    def chosen_seed(self) -> int | None:
        """The seed as it is written now; None while that is no number."""
        text = self.seed.text.strip()
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def settings(self) -> Settings:
        """How the game will be played."""
        level = next(known for known in HELP_LEVELS if known == self.help.value)
        return Settings(level, self.d, self.blind.on, self.coach.on)

    # --- going on -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Make the game and sit down, or prepare first where there is time for it."""
        seed = self.chosen_seed
        if seed is None:
            return
        writer = self.app.saving.writer
        if self.save is None:
            playing = Playing.begin(self.loaded, seed, self.settings, writer)
        else:
            path = beside(self.save) if self.save.exists() else self.save
            playing = Playing(Game(self.loaded, seed, self.settings), path, writer)
            playing.save()
        self.app.saving.once(lambda: playing.follow(self.app))

    def leave(self) -> None:
        if self.app.depth > 1:
            self.app.pop()
        else:
            self.app.to_start()
