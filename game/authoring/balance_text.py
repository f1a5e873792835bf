"""A balance in the terminal: what it says first, then the numbers, 80 columns or fewer."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from game.analysis.balance import Balance
from game.analysis.findings import Finding, findings, place, points
from game.analysis.panel import PANEL, REFERENCE
from game.authoring.balance_tables import COLUMNS, number
from game.authoring.balance_words import level, listed, person, said, short, signed, word
from game.scenario.diagnostics import printable

_WIDEST, _NARROWEST = 96, 24
_NARROW, _SLIM = 64, 44  # columns below which numbers are left out
_SHOWN = 5  # moves at either end
_STYLES = {"good": "green", "note": "default", "look": "bold magenta"}


def console_for(file: IO[str] | None = None) -> Console:
    """A console that writes plain text of 80 columns into pipes and files."""
    out = sys.stdout if file is None else file
    tty = bool(getattr(out, "isatty", lambda: False)())
    width = shutil.get_terminal_size().columns if tty else 80
    return Console(
        file=out, highlight=False, markup=False, emoji=False, legacy_windows=False,
        width=min(max(width, _NARROWEST), _WIDEST),
    )  # fmt: skip


def show(found: Balance, console: Console) -> None:
    """Everything, the conclusions first."""
    heading(console, word("terminal", "title", title=found.title, scenario=found.scenario))
    paragraph(console, _played(found), "dim")
    if found.settings:
        paragraph(
            console, word("terminal", "settings", names=", ".join(found.settings)), "dim"
        )  # fmt: skip
    console.print()
    conclusions(console, findings(found))
    console.print()
    heading(console, word("terminal", "own"))
    write(console, _own(found, console.width))
    console.print()
    heading(console, word("terminal", "bands"))
    write(console, _bands(found, console.width))
    paragraph(console, word("terminal", "bands_key"), "dim")
    if found.moves:
        console.print()
        heading(console, word("terminal", "moves"))
        for line in _moves(found):
            paragraph(console, line)


def heading(console: Console, text: str) -> None:
    paragraph(console, text, "bold")


def paragraph(console: Console, text: str, style: str = "default", hang: int = 0) -> None:
    """Words wrapped at the console's width; further lines stand `hang` cells in."""
    whole = Text(_kept_together(text), style=style)
    for k, line in enumerate(whole.wrap(console, console.width - (hang if hang else 0))):
        line.rstrip()
        console.print(Text(" " * hang if k else "") + line, no_wrap=True, overflow="ignore")


def whole(console: Console, text: str) -> None:
    """A line to be copied: never wrapped, never cut."""
    console.print(Text(printable(text), style="dim"), soft_wrap=True)


def conclusions(console: Console, found: Sequence[Finding]) -> None:
    """Findings with their signs, wrapped under themselves."""
    for finding in found:
        style = _STYLES[finding.level]
        text = Text(_kept_together(said(finding)))
        head = Text(f" {level(finding.level)['sign']} ", style=style)
        for k, line in enumerate(text.wrap(console, console.width - 3)):
            line.rstrip()
            console.print((Text("   ") if k else head) + line, no_wrap=True, overflow="ignore")


def _kept_together(text: str) -> str:
    """Shares without the blank before their sign, where a line might break."""
    return printable(text).replace(" %", "%")


def write(console: Console, table: Table) -> None:
    """A table without blanks at the ends of its lines."""
    with console.capture() as drawn:
        console.print(table)
    for line in drawn.get().splitlines():
        console.out(line.rstrip(), highlight=False)


def _played(found: Balance) -> str:
    people = listed([person(p) for p in found.people])
    return word(
        "terminal", "played", count=len(PANEL), runs=f"{found.runs:,}", names=people,
        total=len(found.bands), seed=found.seed,
    )  # fmt: skip


_FEW_COLUMNS: dict[int, tuple[str, ...]] = {
    _NARROW: ("score", "relationship", "agreement", "trust"),
    _SLIM: ("score", "agreement"),
}


def _own(found: Balance, width: int) -> Table:
    """A row a seller; the narrower the screen, the fewer columns."""
    columns = COLUMNS
    for most, few in _FEW_COLUMNS.items():
        if width < most:
            columns = few
    table = grid(word("ui", "seller"), [short(name) for name in columns])
    for cell in found.own:
        table.add_row(cell.seller, *(number(found, cell.seller, name) for name in columns))
    if found.reference is not None:
        blank = [""] * (len(columns) - 1)
        table.add_row(REFERENCE, points(found.reference.mean), *blank, style="dim")
    return table


def grid(first: str, columns: Sequence[str], texts: int = 0) -> Table:
    """An open table: names and the first `texts` columns on the left, numbers on the right."""
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    table.add_column(first, no_wrap=True)
    for k, name in enumerate(columns):
        table.add_column(name, justify="left" if k < texts else "right", no_wrap=True)
    return table


def _bands(found: Balance, width: int) -> Table:
    chosen = found.bands if width >= _NARROW else found.bands[:: 2 if width >= _SLIM else 4]
    table = grid("", [place(band.d).removeprefix("0") for band in chosen])
    for k, seller in enumerate(PANEL):
        row = []
        for band in chosen:
            sign = "●" if band.best == seller else "○" if band.recital == seller else " "
            row.append(f"{sign}{points(band.cells[k].measures['score'].mean)}")
        table.add_row(seller, *row)
    return table


def _moves(found: Balance) -> list[str]:
    """The moves that are worth most and least, those alone of which something can be said."""
    known = [(m.gain, m.verb) for m in found.moves if m.gain is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1]))

    def names(some: Sequence[tuple[float, str]]) -> str:
        return ", ".join(f"{verb} {signed(gain)}" for gain, verb in some)

    return [
        word("terminal", "moves_best", names=names(known[:_SHOWN])),
        word("terminal", "moves_worst", names=names(known[: -_SHOWN - 1 : -1])),
    ]
