"""The preview in the terminal: the last words, the hand, and what lies behind them."""

from __future__ import annotations

import sys
from typing import TextIO

from game.authoring.preview.draft import Draft
from game.authoring.preview.inspector import inspect
from game.scenario.diagnostics import printable, render
from game.session.moments import GameError
from game.session.notation import ActionError
from game.session.table import cards, dialogue

_HELP = "A number or an action; u takes one back, r reads the file again, q leaves."


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
        if text == "u":
            game.undo()
        elif text.isdigit():
            hand = game.hand()
            if not 1 <= int(text) <= len(hand):
                raise GameError(f"There is no number {text} here.")
            game.play(hand[int(text) - 1])
        elif text and text != "r":
            game.play(text)
    except (GameError, ActionError) as problem:
        print(problem, file=out)


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
    print(_HELP, file=out)
