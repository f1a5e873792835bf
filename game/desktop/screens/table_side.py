"""The left of the table: the buyer in the place, what you notice, your read, trust if guided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Unpack

from game.desktop.layout import Column
from game.desktop.stage import Stage
from game.desktop.text import BODY, LABEL, NOTICE, SMALL
from game.desktop.widget import Options, Widget
from game.desktop.widgets import (
    Card,
    Label,
    ProgressBar,
    ReadMarker,
    RichText,
    ScrollArea,
    Segmented,
    section,
)
from game.desktop.words import say
from game.looks.people import Look, Looks
from game.looks.scene import scene_of
from game.session.game import Game
from game.session.table import Line, Stand
from game.session.words import ui
from game.session.writing import listed

Marked = Callable[[str, float, int], object]  # buyer, place 0 to 1, sureness 1 to 3


def marker(
    game: Game, buyer: str, on_change: Callable[[float, int], object] | None = None
) -> ReadMarker:
    """A marker that shows the read of one buyer."""
    ends = ui("read_specific"), ui("read_diffuse")
    grades = [ui("read_guess"), ui("read_fairly"), ui("read_sure")]
    place, sure = read_of(game, buyer)
    name = say("table.read_of", name=game.scenario.buyers[buyer].name)
    return ReadMarker(
        ends, grades, ui("read_unset"), value=place, sure=sure, on_change=on_change, name=name
    )


def read_of(game: Game, buyer: str) -> tuple[float | None, int | None]:
    """Place and sureness (1 to 3) of a read; None while it is unset."""
    read = game.reads.get(buyer)
    return (None, None) if read is None else (read[0], 1 + round(2 * read[1]))


class Reads(Column):
    """The read of one buyer; of several, the one that is chosen."""

    def __init__(self, game: Game, on_mark: Marked, **options: Unpack[Options]) -> None:
        self.game, self.on_mark = game, on_mark
        self.of = game.present[0]
        self.title = Label("", LABEL, most=2)
        super().__init__(self.title, gap=8, **options)
        if len(game.present) > 1:
            names = [(b, game.scenario.buyers[b].name.split()[0]) for b in game.present]
            self.add(Segmented(names, self.of, self.turn_to, name=say("table.read_of_whom")))
        self.marker = self.add(self._marker())
        self._entitle()

    def _marker(self) -> ReadMarker:
        of = self.of
        return marker(self.game, of, lambda place, sure: self.on_mark(of, place, sure))

    def turn_to(self, buyer: str) -> None:
        """Show the read of another buyer."""
        self.remove(self.marker)
        self.of = buyer
        self.marker = self.add(self._marker())
        self._entitle()

    def _entitle(self) -> None:
        who = self.game.scenario.buyers[self.of]
        alone = len(self.game.present) == 1
        them = self.game.words.person(self.of)["them"]
        self.title.text = (
            ui("read_title", them=them) if alone else say("table.read_of", name=who.name)
        )

    def refresh(self) -> None:
        """Follow the game: reads are taken back with moves."""
        self.marker.set(*read_of(self.game, self.of))


class SidePane(Column):
    """Everything about the buyer that may be seen."""

    def __init__(self, game: Game, at: Stand, on_mark: Marked) -> None:
        self.game, self.looks = game, Looks(game)
        people = [person.name for person in at.people if person.present]
        name = say("table.stage", value=listed(people))
        self.stage = Stage(scene_of(game, at, self.looks), name=name, grow=1, min_height=220)
        self.seen = Column(gap=5)
        self.aside = Card(fill="note", border=None, gap=2, padding=(12, 8), visible=False)
        self.reads = Reads(game, on_mark)
        self.trust = Column(gap=6, visible=False)
        notices = section(Label(ui("table_notice"), LABEL), self.seen, self.aside)
        self.plate = RichText("", BODY, visible=False)
        rest = Column(notices, self.reads, self.trust, self.plate, gap=16)
        super().__init__(self.stage, ScrollArea(rest), gap=14)
        self.notice(())

    def notice(self, lines: Sequence[Line]) -> None:
        """Show what was noticed last."""
        several = len(self.game.present) > 1
        shown: list[Widget] = []
        for line in lines:
            text = line.text
            if several and line.name:
                text = say("table.noticed_of", name=line.name.split()[0], value=text)
            shown.append(Label(text, NOTICE if not several else NOTICE.but(size=15.5)))
        if not shown:
            shown.append(Label(say("table.notice_none"), SMALL))
        self.seen.replace_children(*shown)

    def say_aside(self, label: str, text: str) -> None:
        """A word of the coach, a hint; an empty text takes it away."""
        self.aside.visible = bool(text)
        if text:
            self.aside.replace_children(Label(label, LABEL), Label(text, BODY))

    def look(self, buyer: str, look: Look) -> None:
        self.stage.look(buyer, look)

    def refresh(self, at: Stand, narrow: bool) -> None:
        """Follow the game, without anybody speaking."""
        self.stage.show(scene_of(self.game, at, self.looks))
        # Large letters would hide the faces: the names stand below the picture then.
        self.plate.visible = narrow
        self.stage.plates = not narrow
        here = [person for person in at.people if person.present]
        self.plate.say("\n".join(f"**{p.name}**  {p.role}" for p in here))
        self.reads.refresh()
        self.trust.visible = bool(at.trust)
        bars: list[Widget] = []
        for buyer, (trust, state) in at.trust.items():
            name = self.game.scenario.buyers[buyer].name
            bar = ProgressBar(trust, "trust", name=say("table.trust_of", name=name))
            words = state_words(state)
            bars.append(section(Label(bar.name, LABEL), bar, RichText(words, SMALL), gap=5))
        self.trust.replace_children(*bars)


def state_words(state: str) -> str:
    """A trust state with what it means; a state of a scenario's own has only its name."""
    try:
        name, help = ui(f"state_{state}"), ui(f"state_{state}_help")
    except KeyError:
        return state.replace("_", " ").capitalize()
    return say("table.state_of", value=f"**{name}**", help=help)
