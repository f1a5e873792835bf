"""The trust machine of a scenario with what was measured, as a drawing and as Mermaid."""

from __future__ import annotations

from collections.abc import Sequence

from game.analysis.findings import percent
from game.analysis.trust_ways import StateUse, TrustWay, begins
from game.authoring.balance_words import word
from game.figures.machine_graph import GraphState, MachineGraph, Way
from game.scenario.model import Machine, State


def machine_word(id: str, **values: object) -> str:
    """A text about the machine by its id."""
    return word("machine", id, **values)


def share_text(share: float) -> str:
    """How often: `37 %`, or a word for never."""
    return percent(share) if share else machine_word("never")


def graph(
    title: str, machine: Machine, ways: Sequence[TrustWay], uses: Sequence[StateUse]
) -> MachineGraph:
    """What the drawing is made from; the ladder's states come lowest first."""
    names = sorted(
        machine.states, key=lambda name: (machine.states[name].rank is None, _rank(machine, name))
    )
    used, first = {use.name: use for use in uses}, begins(uses)
    return MachineGraph(
        title=machine_word("title", name=title),
        desc="; ".join(
            machine_word("gone", a=w.source, b=w.target, share=share_text(w.share))
            for w in ways
            if w.share
        ),
        states=tuple(
            GraphState(
                name,
                tuple(unlocks(machine, machine.states[name])),
                machine_word("of_turns", share=percent(used[name].turns)),
                ladder=machine.states[name].rank is not None,
                ends=machine.states[name].ends is not None,
                start=name == first,
            )
            for name in names
        ),
        ways=tuple(
            Way(
                names.index(w.source), names.index(w.target), min(w.share, 1.0),
                percent(w.share) if w.share else "0",
            )
            for w in ways
        ),
    )  # fmt: skip


def _rank(machine: Machine, name: str) -> int:
    rank = machine.states[name].rank
    return 0 if rank is None else rank


def unlocks(machine: Machine, state: State) -> list[str]:
    """What a state opens and how one comes in and out, a line each."""
    if state.ends is not None:
        said = [machine_word("ends")]
    else:
        said = [
            tells(state),
            machine_word("manner", a=state.demands, b=percent(state.concession), c=state.tone),
        ]
    if state.enter:
        said.append(machine_word("enters", value=state.enter))
    if state.leave:
        said.append(machine_word("leaves", value=state.leave, name=state.to or machine.start))
    return said


def tells(state: State) -> str:
    """Which facts are told, in a line."""
    return machine_word("tells", names=", ".join(state.tells) or machine_word("nothing"))


def mermaid(machine: Machine, ways: Sequence[TrustWay], first: str) -> str:
    """A `stateDiagram-v2` that begins in the state `first`.

    States are numbered, so that no name can be a word of Mermaid's own.
    """
    ids = {name: f"s{k}" for k, name in enumerate(machine.states)}
    lines = ["stateDiagram-v2", "    direction BT"]
    lines += [f'    state "{name}" as {id}' for name, id in ids.items()]
    lines.append(f"    [*] --> {ids[first]}")
    for way in ways:
        label = _label(f"{way.when} ({share_text(way.share)})")
        lines.append(f"    {ids[way.source]} --> {ids[way.target]} : {label}")
    lines += [f"    {ids[n]} --> [*]" for n, state in machine.states.items() if state.ends]
    return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    """A text that Mermaid takes for nothing but a label: a semicolon would end it."""
    return text.replace(";", ",").replace(":", " ")
