"""The first screen: your place among the people you have met, the tables, today's practice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid, Row, Spacer, px, share
from game.desktop.screen import Screen
from game.desktop.screens.diagnosis import DiagnosisScreen
from game.desktop.screens.home_cards import CardGrid, ScenarioCard, broken_card
from game.desktop.screens.home_lesson import LessonOffer
from game.desktop.screens.home_line import LineOfPeople
from game.desktop.screens.home_panels import (
    damaged_panel,
    progress_panel,
    self_test_panel,
    today_panel,
)
from game.desktop.screens.home_practice import PracticeAtHome
from game.desktop.shelf import Save, Shelf
from game.desktop.text import HERO, LABEL, NOTICE
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Label, ScrollArea, dialog
from game.desktop.words import counted, say
from game.review import profile_files as files
from game.scenario.cover import Cover
from game.scenario.diagnostics import LongLunchError
from game.scenario.sources import Source, tables
from game.session.saves import beside

_TEST = "self_test"  # among what the settings say was seen
_SIDE = 304.0  # px of the side column
_POLL = 0.08  # seconds between two looks at the saved games that are being read


class NewGame(TypedDict, total=False):
    """What can be said of a new game before its briefing."""

    seed: int | None
    d: float | None
    blind: bool
    help_level: str | None
    coach: bool
    save: Path | None


class HomeScreen(Screen):
    """Everything to begin or to go on with. `today` is the day that practice counts for, `new`
    what every briefing begins with, `tables` the scenarios of a pack in place of the shipped."""

    def __init__(
        self,
        today: date | None = None,
        new: NewGame | None = None,
        tables: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__()
        self._today = today
        self._new: NewGame = new or {}
        self._tables = tables or {}
        self.practice = PracticeAtHome(self)
        self._reading: Shelf | None = None  # the newest shelf, once there is one
        self._shown_side: tuple[bool, ...] | None = None

    @property
    def today(self) -> date:
        return self._today or date.today()

    # --- building ---------------------------------------------------------------------------

    def build(self) -> Widget:
        self.close()
        self.shelf = self._reading = Shelf(self._tables, written=self.app.saving.writer.wait)
        self.lesson = LessonOffer(self, self.shelf, self._no_lesson)
        self._narrow = self.ui.narrow
        self.go_on = Button("", self._continue, kind="filled", name="continue", visible=False)
        self.line = LineOfPeople()
        if self.app.headless:
            self.shelf.check()
        self.grid = CardGrid(gap=12)
        self._deal_cards()
        self.lead, self.side = Column(gap=14), Column(gap=14)
        tables = Column(
            Label(self.shelf.title or say("home.tables"), LABEL),
            self.grid,
            gap=10,
            name="tables",
        )
        if self._narrow:
            body: Widget = Column(self.lead, tables, self.side, gap=20)
        else:
            beside = Column(self.lead, self.side, gap=14)
            body = Grid(tables, beside, tracks=[share(), px(_SIDE)], gap=20)
        page = Column(self._head(), self.line, body, gap=12, padding=(44, 20, 44, 14))
        self._fill()
        if self.app.headless:
            self.shelf.read()
            self._fill()
        else:
            self.shelf.read_beside()
        return ScrollArea(page)

    def close(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    def opened(self) -> None:
        self.after(_POLL, self._look)
        self._focus_first()

    def _head(self) -> Widget:
        names = Column(
            Label(say("home.title"), HERO.but(size=44), shrink=False),
            Label(say("home.motto"), NOTICE.but(colour="muted")),
            gap=0,
        )
        buttons = Flow(
            self.go_on,
            Button(say("home.host"), self._host, kind="quiet"),
            Button(say("home.settings"), self._settings, hotkey=Command.SETTINGS),
            Button(say("home.help"), lambda: self._help("play"), hotkey=Command.HELP),
            Button(say("home.credits"), lambda: self._help("credits")),
            main="end", gap=8, shrink=True, min_width=200,
        )  # fmt: skip
        return Row(names, Spacer(min_width=0), buttons, gap=20, cross="start")

    def _deal_cards(self) -> None:
        self._dealt = dict(self.shelf.scenarios)
        self.cards = [self._card(id, known) for id, known in self._dealt.items()]
        self.grid.replace_children(*self.cards)

    def _card(self, id: str, known: Cover | LongLunchError) -> ScenarioCard | Widget:
        if isinstance(known, Cover):
            return ScenarioCard(id, known, lambda: self._choose(id))
        return broken_card(id, known, lambda: self._brief(id))

    # --- what is known so far ---------------------------------------------------------------

    def _look(self) -> None:
        """Show more of the saved games as they are read; no more of them means one last look."""
        going = self.shelf.reading
        found = self.go_on.visible
        self._fill()
        if self.go_on.visible and not found and not self.root.ring:
            self._focus_first()  # nobody has moved the focus yet
        if going:
            self.after(_POLL, self._look)

    def _fill(self) -> None:
        if self._dealt != self.shelf.scenarios:
            self._deal_cards()  # one of them cannot be played, as is known now
        save = self.shelf.unfinished()
        self.go_on.visible = save is not None
        if save is not None:
            id = "home.continue" if save.turn else "home.continue_away"
            self.go_on.text = say(id, name=self._name(save), turn=save.turn)
        self._fill_line()
        playable = [card for card in self.cards if isinstance(card, ScenarioCard)]
        shortest = min(playable, key=lambda c: c.cover.minutes, default=None)
        self._first = shortest.id if shortest is not None and self.shelf.fresh else ""
        for card in playable:
            card.mark(self.shelf, first=card.id == self._first)
        self._fill_side()

    def _name(self, save: Save) -> str:
        """The city, unless several tables are there."""
        known = self.shelf.scenarios.values()
        cities = [one.city for one in known if isinstance(one, Cover)]
        return save.city if save.city and cities.count(save.city) < 2 else save.title

    def _fill_line(self) -> None:
        you, sums = None, self.shelf.summary()
        if sums is not None and sums.style is not None:
            you = sums.style, counted("home.you", sums.reviews)
        people = self.shelf.met()
        if (people, you) != (self.line.people, self.line.you) or not self.line.hint:
            self.line.show(people, you, say("home.line_hint"))

    def _fill_side(self) -> None:
        wanted = (
            not self.shelf.tested and not self.ui.settings.seen.get(_TEST),
            self.shelf.problem is not None,
            self.lesson.offered,
        )
        if self._shown_side == wanted:
            return  # saved games change nothing here
        self._shown_side = wanted
        lead: list[Widget] = []
        if wanted[0]:
            lead.append(self_test_panel(self._test, self._dismiss))
        if self.lesson.offered:
            lead.append(self.lesson.panel(leads=not wanted[0]))
        if self.shelf.problem is not None:
            why = self.shelf.problem.diagnostics[0].message
            lead.append(damaged_panel(why, self._put_aside))
        self.lead.replace_children(*lead)
        self.lead.visible = bool(lead)
        side: list[Widget] = []
        new = wanted[0] and self.lesson.offered  # two things are enough to begin with
        profile, sides = (None, None) if new else (self.shelf.profile, self.shelf.sides())
        if profile is not None and sides is not None:
            test = None if wanted[0] else self._test
            side.append(today_panel(self.shelf, profile, self.today, self._try, test))
            side.append(progress_panel(profile, sides))
        self.side.replace_children(*side)

    def _renew(self) -> None:
        """Look at everything again: something was played, tested or erased meanwhile."""
        name = self.root.focused.accessible_name if self.root.focused is not None else ""
        self._shown_side = None
        self.rebuild()
        self.after(_POLL, self._look)
        found = [w for w in self.root.content.walk() if w.can_focus and w.accessible_name == name]
        if name and found:
            self.focus(found[0])
        else:
            self._focus_first()

    def _focus_first(self) -> None:
        self.focus(self.go_on if self.go_on.visible else self.cards[0] if self.cards else None)

    def resumed(self) -> None:
        self._renew()
        self.practice.back()

    def restyled(self) -> None:
        if self.ui.narrow is not self._narrow:
            self._renew()

    # --- beginning and going on -------------------------------------------------------------

    def _choose(self, id: str) -> None:
        save = self.shelf.unfinished(id)
        if save is None:
            self.lesson.before(id == self._first, lambda: self._brief(id))
            return
        text = "home.midway_text" if save.turn else "home.midway_away"
        self.open(
            dialog(
                say("home.midway_title"),
                say(text, title=save.title, turn=save.turn),
                [
                    (say("home.midway_new"), lambda: self._brief(id)),
                    (say("home.midway_continue"), lambda: self._resume(save)),
                ],
                close_words=say("home.test_later"),
            )
        )

    def _brief(self, id: str) -> None:
        self._open(lambda: briefing(self._tables.get(id, id), **self._new))

    def _continue(self) -> None:
        save = self.shelf.unfinished()
        if save is not None:
            self._resume(save)

    def _resume(self, save: Save) -> None:
        self.app.saving.once(lambda: self._open(lambda: resumed(save.path)))

    def _open(self, make: Callable[[], Screen]) -> None:
        self.app.push(opened(make))

    # --- practice ---------------------------------------------------------------------------

    def _try(self) -> None:
        profile = self.shelf.profile
        if profile is not None and not self.practice.begin(profile, self.today):
            self._renew()

    # --- the other screens ------------------------------------------------------------------

    def _test(self) -> None:
        from game.desktop.screens.selftest import SelfTestScreen

        self.app.push(SelfTestScreen(self._today))

    def _dismiss(self) -> None:
        self.ui.settings.seen[_TEST] = True
        self.app.save_settings()
        self._no_lesson()

    def _no_lesson(self) -> None:
        self._fill_side()
        self._focus_first()

    def _put_aside(self) -> None:
        def write() -> Path | LongLunchError | None:
            try:
                return files.set_aside(files.data_dir())
            except LongLunchError as problem:
                return problem

        def told(moved: Path | LongLunchError | None) -> None:
            if isinstance(moved, LongLunchError):
                self.toast(say("home.aside_failed", value=moved.diagnostics[0].message), 8.0)
                return
            self._renew()
            if moved is not None:
                self.toast(say("home.aside_done", value=moved.name), 6.0)

        self.app.saving.do(write, told)

    def _settings(self) -> None:
        from game.desktop.screens.settings_screen import SettingsScreen

        self.app.push(SettingsScreen())

    def _help(self, page: str) -> None:
        from game.desktop.screens.help import HelpScreen

        self.app.push(HelpScreen(page))

    def _host(self) -> None:
        from game.desktop.screens.host import HostScreen

        self.app.push(HostScreen(self._tables))


def briefing(name: str | Path | Source, **options: Unpack[NewGame]) -> Screen:
    """The briefing of a scenario; raises :class:`ScenarioError` if it cannot be played."""
    from game.desktop.screens.briefing import BriefingScreen
    from game.scenario.load import load_scenario

    return BriefingScreen(load_scenario(name), **options)


def opened(make: Callable[[], Screen]) -> Screen:
    """A screen, or what is wrong with what it should show; there one can look again."""
    try:
        return make()
    except LongLunchError as problem:
        return DiagnosisScreen(problem, make)


def resumed(path: Path, save: Path | None = None) -> Screen:
    """A saved game where it was left; `save` is another place to keep it in from now on."""
    from game.desktop.playing import Playing

    playing = Playing.resume(path)
    if save is not None:
        playing.path = beside(save) if save.exists() else save
        playing.save()
    return playing.screen()


def first_screen(
    scenario: str | Path | None = None, *, resume: Path | None = None, **options: Unpack[NewGame]
) -> Screen:
    """Home; with a scenario its briefing, with `resume` that game where it was left.

    With a pack of several scenarios it is home with their cards.

    The options are those of a new game, as the command line gives them; from home on they hold for
    whichever is begun. What cannot be opened is explained on a screen of its own.
    """
    if resume is not None:
        return opened(lambda: resumed(resume, options.get("save")))
    if scenario is not None:
        return opened(lambda: _of(scenario, options))
    return HomeScreen(new=options)


def _of(scenario: str | Path, options: NewGame) -> Screen:
    """A scenario's briefing; of a pack with several, home."""
    known = tables(scenario)
    if len(known) > 1:
        return HomeScreen(new=options, tables=known)
    return briefing(next(iter(known.values())), **options)
