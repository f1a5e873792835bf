"""Putting an offer together: from the shortlist, or issue by issue, with its worth in view."""

from __future__ import annotations

from collections.abc import Callable

from game.desktop.input import Command
from game.desktop.layout import Column, Row, Spacer
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import OnDone, WorthLine, answering, points
from game.desktop.text import ACTION, BODY, LABEL, SAYING, SMALL, STRONG
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Card,
    Choice,
    ChoiceList,
    Label,
    ScrollArea,
    Segmented,
    Sheet,
    section,
)
from game.desktop.words import say
from game.session.game import Game
from game.session.table import Offer, Stand, composed, offer, stand
from game.session.words import ui
from game.session.writing import capital, listed, uttered


def _worth(offered: Offer) -> str:
    return say("sheets.worth", value=points(offered.worth))


def _standing(now: Stand) -> list[Widget]:
    """What lies on the table from both sides."""
    rows: list[Widget] = []
    for name, key in (("theirs", "table_their_offer"), ("mine", "table_your_offer")):
        found: Offer | None = getattr(now, name)
        if found is not None:
            words = f"{found.text} · {_worth(found)}"
            rows.append(Column(Label(ui(key), SMALL), Label(words, BODY), gap=0))
    return [Card(*rows, fill="note", border=None, padding=(14, 10), gap=6)] if rows else []


def option_words(game: Game, issue: str) -> tuple[list[str], str]:
    """An issue's options from your best to theirs, and the unit that they share, "" without."""
    model = game.scenario.issues[issue]
    words = [game.words.short(issue, k) for k in range(len(model.options))]
    if model.unit and all(one.endswith(model.unit) for one in words):
        return [one.removesuffix(model.unit).strip() for one in words], model.unit
    return words, ""


def in_short(game: Game, package: int) -> str:
    """A package by its options alone, in the order of the issues."""
    chosen = game.rules.bargain.options[package].tolist()
    pairs = zip(game.rules.issues, chosen, strict=True)
    return " · ".join(game.words.short(issue, k) for issue, k in pairs)


class _Composer:
    """One option chosen for every issue, and what that package is worth."""

    def __init__(self, playing: Playing, say_first: bool) -> None:
        self.game = game = playing.game
        self.show_words = not say_first
        self.now = stand(game)
        start = self.now.mine or self.now.theirs or offer(game, game.shortlist()[0])
        assert start is not None
        self.chosen: list[int] = game.rules.bargain.options[start.package].tolist()
        self.package = start.package
        self.pickers = [
            Segmented([(str(k), word) for k, word in enumerate(option_words(game, issue)[0])],
                      on_change=self._changer(i), name=game.words.label(issue))
            for i, issue in enumerate(game.rules.issues)
        ]  # fmt: skip
        self.line = WorthLine(self.now.walkaway, name=say("sheets.worth_line"))
        self.value = Label("", ACTION)
        self.warning = Label("", SMALL.but(colour="error", face="sans-bold"))
        self.words = Label("", SAYING.but(colour="ink"))
        self.said = section(Label(say("sheets.you_say"), LABEL), self.words, gap=4)
        self.show(start.package)

    def _changer(self, issue: int) -> Callable[[str], object]:
        def changed(option: str) -> None:
            self.chosen[issue] = int(option)
            self._follow()

        return changed

    def show(self, package: int) -> None:
        """Have the options of a package chosen."""
        self.chosen = self.game.rules.bargain.options[package].tolist()
        for picker, option in zip(self.pickers, self.chosen, strict=True):
            picker.value = str(option)
            picker.invalidate()
        self._follow()

    def _follow(self) -> None:
        found = composed(self.game, self.chosen)
        self.package = found.package
        self.line.set(found.worth)
        self.value.text = _worth(found)
        self.warning.text = say("sheets.below") if found.below else ""
        self.warning.visible = found.below
        words = self.game.preview(self.action) if self.show_words else ""
        self.words.text = uttered(words)
        self.said.visible = bool(words)

    @property
    def action(self) -> int:
        return self.game.rules.base_actions + self.package

    def rows(self) -> list[Widget]:
        """A row an issue: its name and unit, and the options from your best to theirs."""
        found: list[Widget] = []
        for issue, picker in zip(self.game.rules.issues, self.pickers, strict=True):
            unit = option_words(self.game, issue)[1]
            name = capital(self.game.words.label(issue))
            head = listed((name, unit)) if unit else name
            found.append(Column(Label(head, STRONG.but(size=14)), picker, gap=3))
        return found


def open_offer(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """Compose an offer; answers its action, or None when the sheet is closed.

    Nothing is refused: below the walk-away there is a warning, and the player decides.
    """
    game = playing.game
    shortlist = game.shortlist()
    title, close = ui("table_compose"), say("sheets.close")
    if not shortlist:
        sheet = Sheet(title, Label(say("sheets.no_offer"), BODY), close_words=close, wide=480)
        answering(sheet, on_done)
        screen.open(sheet)
        return sheet
    say_first = screen.ui.settings.say_it_first and not playing.said_first
    composer = _Composer(playing, say_first)
    choices = []
    for package in shortlist:
        found = offer(game, package)
        assert found is not None
        choices.append(Choice(str(package), in_short(game, package), tag=_worth(found)))
    short = ChoiceList(choices, lambda id: composer.show(int(id)), name="shortlist")
    content = Column(
        *_standing(composer.now),
        section(Label(say("sheets.shortlist"), LABEL), short),
        section(Label(say("sheets.by_issue"), LABEL), *composer.rows(), gap=8),
        composer.said,
        gap=14,
    )
    area = ScrollArea(content, grow=1, min_height=140)
    sheet = Sheet(title, area, close_words=close, wide=800, scroll=False)
    answer = answering(sheet, on_done)
    put = Button(
        say("sheets.put"), lambda: answer(composer.action), kind="filled", name="put",
        hotkey=Command.OFFER, show_key=True,
    )  # fmt: skip
    head = Row(composer.value, Spacer(), put, gap=12, cross="centre")
    foot = Card(head, composer.line, composer.warning, padding=(16, 10), gap=4)
    sheet.panel.add(foot)
    screen.open(sheet)
    return sheet
