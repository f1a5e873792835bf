"""`longlunch balance --compare`: the other version, and what the edit changed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from game.analysis.balance_compare import Change, Compared, Turned
from game.analysis.findings import percent, place, points
from game.authoring.balance_text import grid, heading, paragraph, write
from game.authoring.balance_words import MINUS, said, short, signed, word
from game.authoring.revisions import at_revision
from game.scenario.library import shipped
from game.scenario.load import Loaded, load_scenario
from game.scenario.sources import is_pack

_SHOWN = 12
_NARROW = 62  # columns below which intervals are left out


@dataclass(frozen=True, slots=True)
class Version:
    """The other version of a scenario: how it was named, and where its files came from."""

    name: str
    said: str
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Edit:
    """A comparison with another version; `found` None: both have the same rules."""

    name: str
    said: str
    found: Compared | None


def edit_word(id: str, **values: object) -> str:
    """A text about a comparison by its id."""
    return word("compare", id, **values)


def version(scenario: str, name: str) -> Version:
    """The version that `name` means: a file, a shipped id or a pack, else a git revision."""
    path = Path(name)
    if name in shipped() or path.suffix in (".yaml", ".yml") or is_pack(name) or path.is_file():
        return Version(name, edit_word("file", name=name), load_scenario(name))
    source, shelf = at_revision(scenario, name)
    loaded = load_scenario(source)
    others = [file for file in dict.fromkeys(shelf.taken) if file != source.main]
    said = edit_word(
        "revision_with" if others else "revision", name=name, value=shelf.revision.short,
        names=", ".join(others),
    )  # fmt: skip
    return Version(name, said, loaded)


# --- in words -------------------------------------------------------------------------------------


def verdict(edit: Edit) -> str:
    """What there is to say before any number."""
    if edit.found is None or edit.found.same_rules:
        return edit_word("same_rules")
    if not edit.found.changes:
        return edit_word("no_difference", count=edit.found.comparisons)
    sellers = dict.fromkeys(c.seller for c in edit.found.changes)
    return edit_word(
        "differences", count=len(edit.found.changes), total=edit.found.comparisons,
        names=", ".join(sellers),
    )  # fmt: skip


def change_row(change: Change) -> list[str]:
    """Seller, buyer, measure, before, after, difference and its interval, as they are read."""
    c = change.contrast
    buyer = word("ui", "as_written") if change.band is None else place(change.band)
    return [
        change.seller, buyer, short(change.measure), _amount(change.measure, c.b),
        _amount(change.measure, c.a), _difference(change.measure, c.mean),
        word("page", "between", low=_difference(change.measure, c.low),
             high=_difference(change.measure, c.high)),
    ]  # fmt: skip


def change_columns() -> list[str]:
    ids = ("column_buyer", "column_measure", "column_before", "column_after", "column_change")
    return [
        word("ui", "seller"), *(edit_word(id) for id in ids), word("page", "column_between")
    ]  # fmt: skip


def turned_line(turned: Turned) -> str:
    """A conclusion that is another one."""
    if turned.after is None:
        assert turned.before is not None, "a conclusion that turned was or is there"
        return edit_word("no_longer", text=said(turned.before))
    return edit_word("now", text=said(turned.after))


def _amount(measure: str, value: float) -> str:
    if measure == "score":
        return points(value)
    if measure in ("turns", "facts"):
        return f"{value:.1f}"
    return percent(value) if measure in ("agreement", "relationship") else place(value)


def _difference(measure: str, value: float) -> str:
    """A difference in the measure's own units: points, turns, facts, or hundredths."""
    if measure in ("score", "turns", "facts"):
        return signed(value)
    size = f"{abs(value):.2f}"
    return size if size == "0.00" else f"{'+' if value > 0 else MINUS}{size}"


def show_edit(edit: Edit, console: Console) -> None:
    """What the edit changed, in the terminal."""
    heading(console, edit_word("title", name=edit.name))
    paragraph(console, edit.said, "dim")
    paragraph(console, verdict(edit))
    if edit.found is None:
        return
    for turned in edit.found.turned:
        paragraph(console, turned_line(turned))
    if edit.found.changes:
        console.print()
        shown = largest(edit.found.changes)[:_SHOWN]
        write(console, _table(shown, console.width))
        left = len(edit.found.changes) - len(shown)
        if left > 0:
            paragraph(console, edit_word("more", count=left), "dim")


def largest(changes: Sequence[Change]) -> list[Change]:
    """Of each seller and measure the largest change, whatever the band, if it can be read."""
    first: dict[tuple[str, str], Change] = {}
    for change in changes:
        if _difference(change.measure, change.contrast.mean).strip("0."):
            first.setdefault((change.seller, change.measure), change)
    return list(first.values())


def _table(changes: Sequence[Change], width: int) -> Any:
    columns = change_columns()
    keep = len(columns) if width >= _NARROW else len(columns) - 1
    table = grid(columns[0], columns[1:keep], texts=2)
    for change in changes:
        table.add_row(*change_row(change)[:keep])
    return table


# --- for programs ---------------------------------------------------------------------------------


def edit_json(edit: Edit) -> dict[str, Any]:
    """The part `compared` of `longlunch.balance/1`."""
    found = edit.found
    return {
        "with": edit.name,
        "files": edit.said,
        "same_rules": found is None or found.same_rules,
        "comparisons": 0 if found is None else found.comparisons,
        "changes": [
            {
                "seller": c.seller,
                "band": c.band,
                "measure": c.measure,
                "before": c.contrast.b,
                "after": c.contrast.a,
                "mean": c.contrast.mean,
                "low": c.contrast.low,
                "high": c.contrast.high,
            }
            for c in (() if found is None else found.changes)
        ],
        "findings": [
            {
                "id": t.id,
                "before": None if t.before is None else said(t.before),
                "after": None if t.after is None else said(t.after),
            }
            for t in (() if found is None else found.turned)
        ],
    }
