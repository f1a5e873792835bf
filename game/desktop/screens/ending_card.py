"""A card to share: the table and how it went, with nothing that spoils it for others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

from game.desktop.layout import Column, Flow
from game.desktop.outside import write_picture
from game.desktop.screen import Screen
from game.desktop.text import BODY
from game.desktop.widgets import Button, Label, Sheet, SvgPicture
from game.desktop.words import say
from game.figures.svg import element, number
from game.figures.text import wrap
from game.figures.theme import PAPER, SANS, Theme
from game.session.endings import ending_title
from game.session.game import Game
from game.session.words import ui
from game.session.writing import capital

WIDE, HIGH = 1200.0, 630.0  # px, as cards of links are
_LEFT = 84.0
_SERIF = "Source Serif Pro, Georgia, serif"  # a name with a lone number would have to be quoted


def share_card(game: Game, accuracy: float | None = None, theme: Theme = PAPER) -> str:
    """The card as SVG; `accuracy` (0 to 100) only once a review has found it out.

    It has the scenario, the ending and the score: no person's style, no fact, no package.
    """
    scenario = game.scenario
    parts = [
        element("rect", width=WIDE, height=HIGH, fill=theme.paper),
        element("rect", x=28, y=28, width=WIDE - 56, height=HIGH - 56, rx=18, fill=theme.card,
                stroke=theme.line, stroke_width=2),
        *_sign(theme),
        _line(_LEFT, 112, say("ending.card_sat").upper(), 22, theme.muted, bold=True, spaced=3),
    ]  # fmt: skip
    y = 190.0
    for line in wrap(scenario.title, 760, 62, most=2, bold=True).lines:
        parts.append(_line(_LEFT, y, line, 62, theme.ink, serif=True))
        y += 72
    for line in wrap(capital(scenario.selling), 720, 24, most=3).lines:
        parts.append(_line(_LEFT, y, line, 24, theme.muted))
        y += 33
    score = f"{float(game.outcome().score[0]):.0f}"
    parts.append(_line(_LEFT, 452, ending_title(game), 38, theme.ink, serif=True))
    x = _LEFT
    known = [] if accuracy is None else [(f"{accuracy:.0f}", "accuracy")]
    for value, name in [(score, "score"), *known]:
        parts.append(_line(x, 540, value, 68, theme.ink, bold=True))
        x += 44 * len(value) + 14
        parts.append(_line(x, 540, say(f"ending.card_{name}"), 25, theme.muted))
        x += 190
    parts.append(_line(WIDE - _LEFT, 504, ui("title"), 34, theme.ink, serif=True, end=True))
    parts.append(_line(WIDE - _LEFT, 540, ui("motto"), 22, theme.muted, end=True))
    return element(
        "svg", element("title", _escaped(share_words(game, accuracy))), *parts,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {number(WIDE)} {number(HIGH)}",
        width=WIDE, height=HIGH,
    )  # fmt: skip


def share_words(game: Game, accuracy: float | None = None) -> str:
    """The same in one line of text."""
    values = {
        "name": ui("title"),
        "title": game.scenario.title,
        "ending": ending_title(game),
        "score": f"{float(game.outcome().score[0]):.0f}",
    }
    if accuracy is None:
        return say("ending.card_words", **values)
    return say("ending.card_words_accuracy", accuracy=f"{accuracy:.0f}", **values)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _line(
    x: float, y: float, text: str, size: float, fill: str, *, bold: bool = False,
    serif: bool = False, end: bool = False, spaced: float | None = None,
) -> str:  # fmt: skip
    return element(
        "text", _escaped(text), x=x, y=y, font_size=size, fill=fill,
        font_family=_SERIF if serif else SANS, font_weight=600.0 if bold or serif else None,
        text_anchor="end" if end else None, letter_spacing=spaced,
    )  # fmt: skip


def _sign(theme: Theme) -> list[str]:
    """The circles and a path of nobody's: the same on every card."""
    x, y = WIDE - 236, 222.0
    rings = [
        element("circle", cx=x, cy=y, r=r, fill="none", stroke=theme.line, stroke_width=2.5)
        for r in (140.0, 94.0, 48.0)
    ]
    path = (
        f"M{x - 96:g} {y - 102:g}A140 140 0 0 1 {x + 128:g} {y + 56:g}A118 118 0 0 1 "
        f"{x - 74:g} {y + 84:g}A98 98 0 0 1 {x - 30:g} {y - 82:g}A62 62 0 0 1 {x + 46:g} {y - 12:g}"
    )
    drawn = element(
        "path", d=path, fill="none", stroke=theme.ink, stroke_width=6, stroke_linecap="round"
    )
    return [*rings, drawn, element("circle", cx=x + 46, cy=y - 12, r=12, fill=theme.ink)]


# --- showing and keeping it ---------------------------------------------------------------------


def free_path(ending: str, scenario: str) -> Path:
    """A name for the card that no picture has yet, in the user's folder of pictures."""
    folder, count = Path(platformdirs.user_pictures_dir()), 1
    while (path := folder / f"long-lunch-{scenario}-{count}.{ending}").exists():
        count += 1
    return path


def open_card(
    screen: Screen, game: Game, accuracy: float | None = None,
    on_close: Callable[[], object] | None = None,
) -> Sheet:  # fmt: skip
    """The card, and ways to keep it."""
    svg = share_card(game, accuracy)
    name = game.scenario.scenario

    def words(kept: Path | OSError) -> str:
        if isinstance(kept, OSError):
            return say("ending.card_failed", value=kept.strerror or kept)
        return say("ending.card_kept", value=kept)

    def keep(ending: str, write: Callable[[Path], object]) -> None:
        def do() -> Path | OSError:
            path = free_path(ending, name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                write(path)
            except OSError as problem:
                return problem
            return path

        screen.app.saving.tell(do, words)

    def keep_svg() -> None:
        keep("svg", lambda path: path.write_text(svg, encoding="utf-8"))

    def keep_png() -> None:
        picture = screen.ui.raster.request(svg, int(WIDE), int(HIGH))

        def arrived() -> None:
            drawn = picture.surface
            if drawn is None:
                screen.toast(words(OSError(say("ending.card_png"))))
            else:
                keep("png", lambda path: write_picture(drawn, path))

        picture.then(arrived)

    def copy() -> None:
        screen.ui.copy(share_words(game, accuracy))
        screen.toast(say("sheets.copied"))

    actions = [
        Button(say("ending.card_copy"), copy, name="copy words"),
        Button(say("ending.card_svg"), keep_svg, name="keep svg"),
        Button(say("ending.card_png"), keep_png, kind="filled", name="keep png"),
    ]
    shown = SvgPicture(svg, height=320, name=share_words(game, accuracy))
    content = Column(Label(say("ending.card_text"), BODY), shown, Flow(*actions, main="end"),
                     gap=14)  # fmt: skip
    sheet = Sheet(
        say("ending.card_title"), content, close_words=say("ending.close"), wide=700,
        on_close=on_close,
    )  # fmt: skip
    screen.open(sheet)
    return sheet
