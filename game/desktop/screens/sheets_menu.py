"""The menu of a game: go on, text size, sound, hints, settings, help, restart, save and leave."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid
from game.desktop.playing import Playing
from game.desktop.screen import Screen
from game.desktop.screens.sheets_parts import OnDone, answering
from game.desktop.settings import TEXT_SCALES
from game.desktop.text import BODY, LABEL, SMALL
from game.desktop.widget import Widget
from game.desktop.widgets import Button, Card, Label, Segmented, Sheet, Toggle, dialog, section
from game.desktop.words import say
from game.session.moments import GameError
from game.session.words import ui


def open_menu(screen: Screen, playing: Playing, on_done: OnDone) -> Sheet:
    """The menu; answers None when the game goes on. Leaving and restarting answer nothing."""
    return _Menu(screen, playing, on_done).open()


class _Menu:
    def __init__(self, screen: Screen, playing: Playing, on_done: OnDone) -> None:
        self.screen, self.playing, self.on_done = screen, playing, on_done

    def open(self) -> Sheet:
        game = self.playing.game
        note = say(f"sheets.menu_{game.settings.help}")
        counts = say("sheets.menu_counts", hints=game.hints, undone=game.undone)
        content = Column(
            Label(f"{game.scenario.title} · {note} · {ui('brief_seed', value=game.seed)}", SMALL),
            *self._saving(),
            Button(say("sheets.go_on"), self._go_on, kind="filled", name="go on"),
            *self._hint(),
            self._switches(),
            Grid(
                Button(ui("settings"), self._settings, name="settings"),
                Button(say("sheets.help"), self._help, name="help"),
                Button(say("sheets.restart"), self._ask_restart, name="restart"),
                Button(say("sheets.save_quit"), self._leave, name="save and quit"),
                gap=10,
            ),
            Flow(*self._others(), gap=4),
            Label(counts, SMALL),
            gap=14,
        )
        self.sheet = Sheet(
            ui("table_menu"), content, close_words=say("sheets.close"), wide=520, name="menu"
        )
        answering(self.sheet, self.on_done)
        self.screen.open(self.sheet)
        return self.sheet

    # --- its parts --------------------------------------------------------------------------

    def _saving(self) -> list[Widget]:
        """What went wrong with saving, where it did."""
        if self.playing.problem is None:
            return []
        words = Label(say("sheets.not_saved", value=self.playing.problem), BODY)
        return [Card(words, fill="note", border="error", padding=12)]

    def _hint(self) -> list[Widget]:
        self.hint = Label("", BODY, visible=False)
        if not self.playing.game.may_hint or self.playing.game.ended:
            return []
        ask = Button(ui("hint_ask"), self._ask_hint, name="hint")
        return [Column(ask, self.hint, gap=8)]

    def _switches(self) -> Widget:
        settings = self.screen.ui.settings
        near = min(TEXT_SCALES, key=lambda scale: abs(scale - settings.text_scale))
        scales = [(str(scale), f"{scale:.0%}".replace("%", " %")) for scale in TEXT_SCALES]
        return Card(
            section(
                Label(ui("settings_text_size"), LABEL),
                Segmented(scales, str(near), self._scale, name=ui("settings_text_size")),
            ),
            Toggle(say("sheets.mute"), settings.mute, self._mute, hotkey=Command.MUTE),
            gap=10,
        )

    def _others(self) -> list[Widget]:
        """What has a key everywhere, for those who play without keys."""
        commands = [Command.HIDE, Command.SCREENSHOT]
        if self.screen.app.hearing.speech.available:
            commands.append(Command.ALOUD)
        return [
            Button(say(f"sheets.menu_do.{command}"), partial(self._do, command), kind="quiet",
                   hotkey=command, show_key=True)
            for command in commands
        ]  # fmt: skip

    # --- what they do -----------------------------------------------------------------------

    def _do(self, command: Command) -> None:
        self.sheet.close()
        self.screen.app.command(command)

    def _close(self) -> None:
        """Close without an answer: something else comes instead."""
        self.sheet.on_close = None
        self.sheet.close()

    def _go_on(self) -> None:
        self.sheet.close()

    def _ask_hint(self) -> None:
        try:
            words = self.playing.game.hint()
        except GameError as problem:
            words = str(problem)

        def show() -> None:
            self.hint.text, self.hint.visible = words, True

        self.playing.save()
        self.screen.app.saving.once(show)

    def _scale(self, value: str) -> None:
        self.screen.ui.settings.text_scale = float(value)
        self.screen.app.restyle()
        self.screen.app.save_settings()

    def _mute(self, on: bool) -> None:
        self.screen.ui.settings.mute = on
        self.screen.app.save_settings()

    def _settings(self) -> None:
        from game.desktop.screens.settings_screen import SettingsScreen

        self._show(SettingsScreen)

    def _help(self) -> None:
        from game.desktop.screens.help import HelpScreen

        self._show(HelpScreen)

    def _show(self, make: Callable[[], Screen]) -> None:
        app = self.screen.app
        self.sheet.close()
        app.push(make())

    def _ask_restart(self) -> None:
        self.screen.open(
            dialog(
                say("sheets.restart_title"), say("sheets.restart_text"),
                [(say("sheets.stay"), None), (say("sheets.restart_now"), self._restart)],
            )
        )  # fmt: skip

    def _restart(self) -> None:
        self._close()
        restart(self.screen, self.playing)

    def _leave(self) -> None:
        self.playing.save()
        self.screen.app.saving.once(self._saved)

    def _saved(self) -> None:
        if self.playing.problem is not None:
            words = say("sheets.not_saved", value=self.playing.problem)
            self.screen.open(
                dialog(
                    say("sheets.leave_anyway"), words,
                    [(say("sheets.stay"), None), (say("sheets.leave_now"), self._left)],
                )
            )  # fmt: skip
            return
        self._left()

    def _left(self) -> None:
        self._close()
        self.screen.app.to_start()


def restart(screen: Screen, playing: Playing, seed: int | None = None) -> None:
    """The same table once more from the beginning; the game so far stays where it was saved."""
    game, app = playing.game, screen.app
    seed = game.seed if seed is None else seed
    fresh = Playing.begin(game.loaded, seed, game.settings, app.saving.writer)
    app.saving.once(lambda: fresh.follow(app))
