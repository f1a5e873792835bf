"""Every widget in every state, to look at and to measure; it is no part of the game."""

from __future__ import annotations

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid, px, share
from game.desktop.screen import Screen
from game.desktop.text import BODY, HEADING, HERO, LABEL, NOTICE, SMALL, SPOKEN
from game.desktop.theme import MARGIN, PALETTES
from game.desktop.widget import Widget
from game.desktop.widgets import (
    AdaptiveColumns,
    Button,
    Card,
    Choice,
    ChoiceList,
    DialogueColumn,
    Divider,
    Label,
    Pane,
    ProgressBar,
    ReadMarker,
    RichText,
    ScrollArea,
    Segmented,
    Sheet,
    Slider,
    SvgPicture,
    TextInput,
    Toggle,
    Utterance,
    dialog,
    head_row,
    section,
)
from game.desktop.words import say


def picture(line: str, ground: str) -> str:
    """A small drawing of our own: a path that circles in."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">'
        f'<rect width="300" height="200" rx="12" fill="{ground}"/>'
        f'<circle cx="150" cy="100" r="82" fill="none" stroke="{line}" opacity=".35"/>'
        f'<circle cx="150" cy="100" r="50" fill="none" stroke="{line}" opacity=".35"/>'
        f'<path d="M92 42A82 82 0 0 1 228 128A70 70 0 0 1 104 148A58 58 0 0 1 128 60A40 40 0 0 1 '
        f'186 84" fill="none" stroke="{line}" stroke-width="3" stroke-linecap="round"/>'
        f'<circle cx="186" cy="84" r="7" fill="{line}"/></svg>'
    )


class GalleryScreen(Screen):
    """Shows every part of the interface."""

    def build(self) -> Widget:
        head = head_row(
            Label(say("gallery.place"), LABEL),
            *(
                Button(say(f"gallery.{name}"), kind="quiet", hotkey=command, show_key=True)
                for name, command in (("log", Command.LOG), ("notes", Command.NOTES))
            ),
            Button(say("gallery.menu"), self._sheet, kind="quiet", hotkey=Command.MENU,
                   show_key=True),
        )  # fmt: skip
        columns = AdaptiveColumns(
            [
                Pane(say("gallery.words"), ScrollArea(self._words()), px(336)),
                Pane(say("gallery.talk"), self._talk(), share()),
                Pane(say("gallery.parts"), ScrollArea(self._parts()), px(336)),
            ],
            main=1,
            grow=1,
            shrink=True,
        )
        return Column(head, columns, gap=12, padding=(MARGIN, 14, MARGIN, 20))

    # --- the panes --------------------------------------------------------------------------

    def _words(self) -> Widget:
        self.drawing = SvgPicture(self._drawing(), height=150, cover=True, radius=8, name="picture")
        return Column(
            Label(say("gallery.hero"), HERO),
            Label(say("gallery.motto"), NOTICE.but(colour="muted")),
            Label(say("gallery.heading"), HEADING),
            RichText(say("gallery.body"), BODY),
            Label(say("gallery.cut"), BODY, most=1),
            Label(say("gallery.rare"), SPOKEN),
            Divider(),
            section(Label(say("gallery.your_read"), LABEL), self._read("read", None)),
            Label(say("gallery.notice"), NOTICE),
            Card(self.drawing, on_press=self._redraw, name="redraw", padding=10),
            gap=10,
        )

    def _read(self, name: str, value: float | None) -> ReadMarker:
        grades = [say(f"gallery.{word}") for word in ("guess", "fairly", "sure")]
        ends = say("gallery.specific"), say("gallery.diffuse")
        sure = None if value is None else 2
        return ReadMarker(ends, grades, say("gallery.unset"), value=value, sure=sure, name=name)

    def _talk(self) -> Widget:
        self.talk = DialogueColumn(grow=1)
        self.talk.set(
            [
                Utterance("you", say("gallery.you"), say("gallery.said_1")),
                Utterance("buyer", say("gallery.him"), say("gallery.said_2")),
                Utterance("you", say("gallery.you_price"), say("gallery.said_3")),
                Utterance("buyer", say("gallery.him"), say("gallery.said_4")),
            ]
        )
        self.hand = ChoiceList(
            [
                Choice(
                    f"a{i}", say(f"gallery.action_{i}"), say(f"gallery.body_{i}"), enabled=i != 4
                )
                for i in range(1, 7)
            ],
            lambda id: self.toast(say("gallery.taken", value=id)),
            name="hand",
        )
        low = Flow(
            *(
                Button(say(f"gallery.{name}"), kind="pill", hotkey=command, show_key=True)
                for name, command in (
                    ("wait", Command.WAIT), ("offer", Command.OFFER), ("part", Command.PART),
                )
            ),
            Button(say("gallery.again"), self._again, kind="quiet", hotkey=Command.REWIND,
                   show_key=True),
        )  # fmt: skip
        hand = ScrollArea(self.hand, min_height=150)
        return Column(self.talk, hand, low, gap=12)

    def _parts(self) -> Widget:
        themes = [(name, say(f"gallery.{name}")) for name in PALETTES]
        self.bar = ProgressBar(0.62)
        return Column(
            Flow(
                Button(say("gallery.go_on"), self._ask, kind="filled"),
                Button(say("gallery.host")),
                Button(say("gallery.off"), enabled=False),
                Button(say("gallery.sheet"), self._sheet),
                Button(say("gallery.toast"), lambda: self.toast(say("gallery.motto"))),
            ),
            section(Label(say("gallery.your_read"), LABEL), self._read("read set", 0.7)),
            section(Label(say("gallery.volume"), LABEL), Slider(0.4, name="volume")),
            Toggle(say("gallery.say_first"), True),
            Toggle(say("gallery.motion"), self.ui.settings.reduced_motion, self._still),
            section(
                Label(say("gallery.theme"), LABEL),
                Segmented(themes, self.ui.settings.theme, self._theme, name="theme"),
            ),
            TextInput(hint=say("gallery.search"), name="search"),
            section(Label(say("gallery.progress"), LABEL), self.bar),
            Grid(
                *(
                    Card(
                        Label(say("gallery.card_title"), HEADING, most=2),
                        Label(say("gallery.card_text"), SMALL, most=1),
                        on_press=self._ask,
                        gap=3,
                        enabled=i == 0,
                        name=f"card {i}",
                        padding=12,
                    )
                    for i in range(2)
                ),
                gap=10,
            ),
            gap=13,
        )

    # --- what they do -----------------------------------------------------------------------

    def _drawing(self, line: str = "ink") -> str:
        theme = self.ui.palette.figures
        return picture(str(getattr(theme, line)), theme.card)

    def _redraw(self) -> None:
        self.drawing.show(self._drawing("specific"))

    def _again(self) -> None:
        self.talk.say(Utterance("buyer", say("gallery.him"), say("gallery.said_4")))

    def _still(self, on: bool) -> None:
        self.ui.settings.reduced_motion = on

    def _theme(self, name: str) -> None:
        self.ui.settings.theme = name
        self.app.restyle()

    def restyled(self) -> None:
        self.drawing.show(self._drawing())

    def _ask(self) -> None:
        stay, go = say("gallery.stay"), say("gallery.go")
        self.open(
            dialog(
                say("gallery.question"), say("gallery.question_text"), [(stay, None), (go, None)]
            )
        )

    def _sheet(self) -> None:
        content = Column(
            RichText(say("gallery.sheet_text"), BODY),
            Slider(0.3, name="price"),
            TextInput(hint=say("gallery.search"), name="search in the sheet"),
            Toggle(say("gallery.say_first"), name="switch in the sheet"),
            gap=14,
        )
        sheet = Sheet(
            say("gallery.sheet_title"), content, side="right", close_words=say("gallery.close"),
            wide=440,
        )  # fmt: skip
        sheet.panel.add(Flow(Button(say("gallery.send"), sheet.close, kind="filled"), main="end"))
        self.open(sheet)
