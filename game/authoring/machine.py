"""`longlunch machine`: the trust-state machine of a scenario, and which of its ways are gone."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console

from game.analysis.findings import percent
from game.analysis.panel import PANEL
from game.analysis.settings import usage, with_settings
from game.analysis.simulate import seller_from
from game.analysis.trust_ways import StateUse, TrustWay, begins, uses, ways
from game.analysis.watching import Counted, counted
from game.authoring.balance_tables import NONE
from game.authoring.balance_text import console_for, grid, heading, paragraph, whole, write
from game.authoring.balance_words import word
from game.authoring.files import may_write
from game.authoring.machine_graph import graph, machine_word, mermaid, share_text
from game.authoring.writing import write_over
from game.figures.machine_graph import machine_graph
from game.figures.theme import PAPER
from game.scenario.diagnostics import did_you_mean, listing
from game.scenario.load import Loaded, load_scenario
from game.scenario.model import Machine

FORMAT = "longlunch.machine/1"
MOST_RUNS = 100_000
_WIDE = 980.0
_NARROW, _SLIM = 70, 48  # columns below which a table says less


@dataclass(frozen=True, slots=True)
class Measured:
    """A machine and what some sellers' games did with it; `buyer` None: all, on the average."""

    loaded: Loaded
    digest: str
    machine: Machine
    counted: Mapping[str, Counted]
    ways: tuple[TrustWay, ...]
    uses: tuple[StateUse, ...]
    runs: int
    seed: int
    settings: tuple[str, ...]
    buyer: str | None


def run(args: Namespace) -> int:
    """Run it; returns the exit status."""
    if args.svg is not None:
        may_write(args.svg, "--svg", (b"<svg",))
    found = measure(
        args.scenario, args.policy or PANEL, args.runs, args.seed, args.settings, args.buyer
    )
    if args.svg is not None:
        write_over(args.svg, drawing(found) + "\n")
    if args.json:
        print(json.dumps(to_json(found), ensure_ascii=False, indent=2))
    elif args.mermaid:
        print(mermaid(found.machine, found.ways, begins(found.uses)), end="")
    else:
        show(found, console_for())
        if args.svg is not None:
            whole(console_for(), word("terminal", "written", name=args.svg))
    return 0


def measure(
    scenario: str,
    policies: Sequence[str],
    runs: int,
    seed: int,
    settings: Sequence[str] = (),
    buyer: str | None = None,
) -> Measured:
    """Play `runs` games of every policy and count; raises UsageError and ScenarioError."""
    if not 1 <= runs <= MOST_RUNS:
        raise usage(
            f"{runs} runs a seller cannot be played", f"1 to {MOST_RUNS}",
            "choose a number in that range",
        )  # fmt: skip
    loaded = with_settings(load_scenario(scenario), settings)
    people = list(loaded.scenario.buyers)
    if buyer is not None and buyer not in people:
        raise usage(
            f"there is no buyer “{buyer[:40]}” at this table", "one of " + listing(people),
            did_you_mean(buyer, people, "name one of these, or leave --buyer out"),
        )  # fmt: skip
    rules = loaded.rules
    sellers = {policy: seller_from(rules, policy) for policy in policies}
    found = {name: counted(rules, seller, seed, runs) for name, seller in sellers.items()}
    at = None if buyer is None else people.index(buyer)
    return Measured(
        loaded=loaded,
        digest=rules.digest,
        machine=loaded.machine,
        counted=found,
        ways=ways(loaded.machine, rules.machine, found, at),
        uses=uses(rules.machine, found, at),
        runs=runs,
        seed=seed,
        settings=tuple(settings),
        buyer=buyer,
    )


def drawing(found: Measured) -> str:
    """The machine as an SVG file of its own."""
    data = graph(found.loaded.scenario.title, found.machine, found.ways, found.uses)
    return machine_graph(data, PAPER, _WIDE, 100.0, ground=True)


def to_json(found: Measured) -> dict[str, Any]:
    """`longlunch.machine/1`; see docs/json/machine.schema.json."""
    used = {use.name: use for use in found.uses}
    return {
        "format": FORMAT,
        "scenario": found.loaded.scenario.scenario,
        "title": found.loaded.scenario.title,
        "rules": found.digest,
        "policies": list(found.counted),
        "runs": found.runs,
        "seed": found.seed,
        "settings": list(found.settings),
        "buyer": found.buyer,
        "start": found.machine.start,
        "states": [
            {
                "name": name,
                "rank": state.rank,
                "ends": state.ends is not None,
                "tells": list(state.tells),
                "demands": state.demands,
                "concession": state.concession,
                "patience": state.patience,
                "tone": state.tone,
                "enter": state.enter,
                "leave": state.leave,
                "to": (state.to or found.machine.start) if state.leave else None,
                "first": used[name].first,
                "reached": used[name].reached,
                "turns": used[name].turns,
            }
            for name, state in found.machine.states.items()
        ],
        "ways": [
            {
                "from": w.source,
                "to": w.target,
                **{key: value for key, value in asdict(w).items() if key in _WAY_KEYS},
                "by_policy": dict(w.by_seller),
            }
            for w in found.ways
        ],
    }


_WAY_KEYS = ("how", "when", "share", "times")


# --- in the terminal ------------------------------------------------------------------------------


def show(found: Measured, console: Console) -> None:
    """States with what they unlock, then the ways between them, the most gone first."""
    scenario = found.loaded.scenario
    heading(console, machine_word("title", name=f"{scenario.title} ({scenario.scenario})"))
    who = machine_word("all_people") if found.buyer is None else found.buyer
    paragraph(
        console,
        machine_word(
            "played", names=", ".join(found.counted), runs=f"{found.runs:,}", seed=found.seed
        )
        + (" " + machine_word("people", name=who) if len(scenario.buyers) > 1 else ""),
        "dim",
    )
    console.print()
    write(console, _states(found, console.width))
    console.print()
    gone = sorted((w for w in found.ways if w.share), key=lambda w: -w.share)
    write(console, _ways(gone, console.width))
    never = [w for w in found.ways if not w.share]
    if never:
        console.print()
        names = ", ".join(f"{w.source} → {w.target}" for w in never)
        paragraph(console, machine_word("never_gone", names=names))


def _states(found: Measured, width: int) -> Any:
    words: list[str] = []
    if width >= _SLIM:
        words = ["column_tells"]
    if width >= _NARROW:
        words = ["column_tells", "column_asks", "column_tone", "column_gives"]
    columns = [*words, "column_reached", "column_turns"]
    heads = [machine_word(id) for id in columns]
    table = grid(machine_word("column_state"), heads, texts=min(len(words), 3))
    first = begins(found.uses)
    for name, use in zip(found.machine.states, found.uses, strict=True):
        state = found.machine.states[name]
        texts = {
            "column_tells": ", ".join(state.tells) or NONE,
            "column_asks": NONE if state.ends else state.demands,
            "column_gives": NONE if state.ends else percent(state.concession),
            "column_tone": state.tone,
            "column_reached": share_text(use.reached),
            "column_turns": percent(use.turns),
        }
        mark = " ●" if name == first else " ■" if state.ends else ""
        table.add_row(name + mark, *(texts[id] for id in columns))
    return table


def _ways(gone: Sequence[TrustWay], width: int) -> Any:
    """Where to and how often; the condition where there is room for it."""
    columns = [machine_word("column_games"), machine_word("column_times")]
    table = grid(machine_word("column_way"), columns)
    if width >= _NARROW:
        table.add_column(machine_word("column_when"), overflow="fold")
    for way in gone:
        row = [f"{way.source} → {way.target}", percent(way.share), f"{way.times:.2f}"]
        table.add_row(*row, *([way.when] if width >= _NARROW else []))
    return table
