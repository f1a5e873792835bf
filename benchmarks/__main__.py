"""`python -m benchmarks [--json] [--junit FILE] [--quick]`: a table against the budgets.

Medians, one core. The slowest shipped scenario counts and is named.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.timing import one_core

BATCHES = (1, 1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `budget` None where there is none."""

    what: str
    where: str  # scenario
    value: float
    unit: str
    budget: float | None = None
    more_is_better: bool = True

    @property
    def kept(self) -> bool | None:
        if self.budget is None:
            return None
        return self.value >= self.budget if self.more_is_better else self.value <= self.budget


def measured(quick: bool, junit: Path | None) -> list[Row]:
    from benchmarks import around, authoring, reviewing, rules
    from game.scenario.library import shipped

    scenarios = list(shipped())
    out: list[Row] = []
    if junit is not None:
        out.append(Row("unit suite", "", around.suite_seconds(junit), "s", 60, False))
    for n in BATCHES[:-1] if quick else BATCHES:
        times = {s: rules.step_seconds(s, n) for s in scenarios}
        slowest = max(times, key=times.__getitem__)
        if n == 1:
            out.append(Row("step, batch 1", slowest, times[slowest] * 1e6, "µs", 500, False))
        else:
            budget = 1.5e6 if n == 10_000 else None
            out.append(Row(f"step, batch {n:,}", slowest, n / times[slowest], "turns/s", budget))
    rates = {s: rules.negotiations_per_second(s) for s in scenarios}
    slowest = min(rates, key=rates.__getitem__)
    out.append(Row("complete negotiations", slowest, rates[slowest], "1/s", 60_000))
    other = around.negmas_per_second()
    if other is not None:
        out.append(Row("the same with NegMAS, 20 rounds", "two issues", other, "1/s"))
    load, compiling = around.load_seconds()
    what = f"load and validate {around.LINES:,} lines"
    out.append(Row(what, "made up", load * 1e3, "ms", 40, False))
    out.append(Row("compile it", "made up", compiling * 1e3, "ms"))
    what = f"check {around.LINES:,} lines, whole process"
    out.append(Row(what, "made up", around.check_seconds(), "s", 0.6, False))
    seconds = around.command_seconds(slowest)
    out.append(Row("simulate 10,000 runs, whole process", slowest, seconds, "s", 2, False))
    deep = {s: around.deep_seconds(s) for s in (scenarios[:1] if quick else scenarios)}
    slowest = max(deep, key=deep.__getitem__)
    out.append(
        Row("check --deep, whole process, two cores", slowest, deep[slowest], "s", 10, False)
    )
    first, last, many = {}, {}, {}
    for s in scenarios:
        first[s], last[s], many[s] = reviewing.review_seconds(s)
    for what, budget, took in (("first answer", 0.3, first), ("last answer", 2.0, last)):
        slowest = max(took, key=took.__getitem__)
        what = f"review of {many[slowest]} moves, {what}"
        out.append(Row(what, slowest, took[slowest], "s", budget, False))
    alone, shared, moves = reviewing.room_seconds("seoul")
    out.append(Row(f"reviews of a room's {moves} moves, each alone", "seoul", alone, "s"))
    out.append(Row("the same with what they share", "seoul", shared, "s"))
    words = {s: reviewing.coach_seconds(s) for s in scenarios}
    slowest = max(words, key=words.__getitem__)
    out.append(Row("a coach's word", slowest, words[slowest], "s", 0.3, False))
    balances = {s: authoring.balance_seconds(s) for s in (scenarios[:1] if quick else scenarios)}
    slowest = max(balances, key=balances.__getitem__)
    what = f"balance of a scenario, whole process, {authoring.CORES} cores"
    out.append(Row(what, slowest, balances[slowest], "s", 15, False))
    what = "preview: from a save to the window, inspector open"
    shown = {s: authoring.reload_seconds(s) for s in scenarios}
    slowest = max(shown, key=shown.__getitem__)
    for name, seconds in zip((what, f"{what}, the longest"), shown[slowest], strict=True):
        out.append(Row(name, slowest, seconds * 1e3, "ms", 300, False))
    return out + window_rows() + workshop_rows()


def workshop_rows() -> list[Row]:
    """The workshop's server under load from another process, on two cores."""
    from benchmarks import workshop
    from benchmarks.workshop_load import SCENARIO as table

    out: list[Row] = []

    def row(what: str, value: float, unit: str, budget: float | None, more: bool = False) -> None:
        out.append(Row(f"workshop: {what}", table, value, unit, budget, more))

    moves = workshop.under("moves", workshop.PLAYING)
    row("durable moves", moves.seen["per_second"], "1/s", 400, True)
    cpu = 1e3 * moves.cpu / moves.seen["moves"]
    row("processor time of a durable move, joining included", cpu, "ms", None)
    people = workshop.under("thinking", workshop.THINKING)
    what = "move of one of 200 seats, 3 s to think, 99th percentile"
    row(what, people.seen["p99"] * 1e3, "ms", 100)
    row("memory at 200 seats", people.memory, "MB", 150)
    row("memory of the process that weighs moves", people.beside, "MB", None)
    row("memory after five games of 200 seats", workshop.under("games").memory, "MB", 150)
    fan = workshop.under("fan_out")
    what = "to the last of 500 phones, 99th percentile"
    row(f"a word {what}", fan.seen["told_p99"] * 1e3, "ms", 50)
    row(f"a move, its scene and its hand {what}", fan.seen["played_p99"] * 1e3, "ms", 50)
    joins = workshop.under("joins")
    row("1,000 join at once, the last is in", joins.seen["all"], "s", 2)
    row("200 pages back after a kill and a restart, the last", workshop.recovery(), "s", 2)
    return out


def window_rows() -> list[Row]:
    """The desktop: its start, its frames at both sizes, its memory."""
    from benchmarks import desktop

    start = desktop.start_seconds()
    out = [Row("desktop: start to first interactive frame", "home", start, "s", 1, False)]
    memory = 0.0
    for size, budget in (((1280, 720), 3), ((1920, 1080), 6)):
        found = desktop.played(size)
        memory = max(memory, found.memory)
        what = f"desktop: a frame at {size[0]}x{size[1]}"
        whole, longest = found.whole * 1e3, found.longest * 1e3
        out.append(Row(f"{what}, drawn whole", desktop.SCENARIO, whole, "ms", budget, False))
        out.append(
            Row(f"{what}, the longest of a minute", desktop.SCENARIO, longest, "ms", 33, False)
        )
    drawn, share = desktop.idle_shares()
    out.append(Row("desktop: frames in ten idle seconds", "home", drawn, "", 0, False))
    out.append(Row("desktop: processor in ten idle seconds", "home", share * 100, "%", 5, False))
    out.append(Row("desktop: memory, both processes", desktop.SCENARIO, memory, "MiB", 250, False))
    return out


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def print_table(found: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Medians on one core, the slowest shipped scenario")
    for name in ("what", "where"):
        table.add_column(name)
    for name in ("measured", "budget"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in found:
        sign = "≥" if row.more_is_better else "≤"
        budget = "" if row.budget is None else f"{sign} {number(row.budget)} {row.unit}"
        mark = {True: "kept", False: "MISSED", None: ""}[row.kept]
        table.add_row(row.what, row.where, f"{number(row.value)} {row.unit}", budget, mark)
    Console(width=120 if not sys.stdout.isatty() else None).print(table)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--junit", type=Path, help="report of a test run, for the suite's time")
    parser.add_argument("--quick", action="store_true", help="without the largest batch")
    chosen = parser.parse_args()
    one_core()
    found = measured(chosen.quick, chosen.junit)
    if chosen.json:
        machine = {"python": platform.python_version(), "machine": platform.machine()}
        results = [{**asdict(row), "kept": row.kept} for row in found]
        data = {"format": "longlunch.benchmarks/1", **machine, "results": results}
        print(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        print_table(found)
    return 0 if all(row.kept is not False for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
