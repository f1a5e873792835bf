"""The preview in the terminal: the last words, the hand, and what lies behind them."""

from __future__ import annotations

import re
import sys
from typing import TextIO

from game.authoring.preview.draft import Draft
from game.authoring.preview.inspector import inspect
from game.core.vocabulary import Phase
from game.scenario.diagnostics import printable, render
from game.session.game import Game
from game.session.moments import GameError
from game.session.notation import ActionError, format_action
from game.session.table import cards, dialogue, numbers

_ABOUT = re.compile(r"^(?:\?\s*(\S.*)|(\S.*?)\s*\?)$")  # as in play: `?3`, `? promise`, `3?`
_HELP = (
    "A number or an action. w waits{sits}, r lists every action, ?3 tells one at length, p parts, "
    "u takes one back, Enter looks at the file again, q leaves."
)
_ONLY_PLAY = ("b", "c", "h", "i", "m", "n", "o")  # keys of play that open what stands here anyway


def run(draft: Draft, read: TextIO | None = None, out: TextIO | None = None) -> int:
    """Play until the end of input; before each answer the file is looked at again."""
    read, out = read or sys.stdin, out or sys.stdout
    draft.look_over()
    _show(draft, out)
    while True:
        print("> ", end="", file=out, flush=True)
        line = read.readline()
        if not line or line.strip() == "q":
            return 0
        if draft.changed():
            print("The file has changed; it is read again.", file=out)
            draft.reload()
            draft.look_over()
        _do(draft, line.strip(), out)
        _show(draft, out)


def _do(draft: Draft, text: str, out: TextIO) -> None:
    game = draft.game
    try:
        asked = _ABOUT.match(text)
        if text == "u":
            game.undo()
        elif text in ("r", "more"):
            _list(game, out)
        elif asked is not None:
            action = _action(game, asked[1] or asked[2])
            print(printable(f"  {game.label(action)}: {game.preview(action)}"), file=out)
        elif text in _ONLY_PLAY:
            print(f"{text} is a key of “longlunch play”; an offer is written out here.", file=out)
        elif text and text not in ("?", "help"):  # whose help is shown after every answer
            game.play(_action(game, {"w": "wait", "p": "part"}.get(text, text)))
    except (GameError, ActionError) as problem:
        print(problem, file=out)


def _action(game: Game, text: str) -> int:
    """The action of a number, as `play` counts them, or of its notation."""
    if not text.isdecimal():
        return game.parse(text)
    numbered = list(numbers(game, game.hand()))
    if not 1 <= int(text) <= len(numbered):
        raise GameError(f"There is no number {text[:9]} here.")
    return numbered[int(text) - 1]


def _list(game: Game, out: TextIO) -> None:
    """Every action with its number and its notation."""
    for action, number in numbers(game, game.hand()).items():
        name = format_action(game.rules, action)
        print(printable(f"{number:>3}  {game.label(action)}  ({name})"), file=out)


def _show(draft: Draft, out: TextIO) -> None:
    game = draft.game
    if draft.complaints:
        print(render(draft.complaints), end="", file=out)
    if draft.lost:
        print(f"Moves that no longer fit: {draft.lost}", file=out)
    lines = dialogue(game)
    last = lines[-1].turn if lines else 0
    for one in (line for line in lines if line.turn == last):
        who = f"{one.name}: " if one.name and one.kind == "said" else ""
        print(f"  {who}{one.text or one.label}", file=out)
    for section in inspect(game):
        pairs = "; ".join(f"{name} {value}" for name, value in section.lines)
        print(printable(f"[{section.title}] {pairs}"), file=out)
    if game.ended:
        print("It is over.", file=out)
        return
    for number, card in enumerate(cards(game, game.hand()), 1):
        print(f" {number}  {card.label}  ({card.text})", file=out)
    sits = " and sits down" if game.phase is Phase.PREPARE else ""
    print(_HELP.format(sits=sits), file=out)
