"""How a meeting begins, and the notes from home that come in while it lasts."""

from __future__ import annotations

from game.core.rules import Rules
from game.core.state import State
from game.scenario.model import Scenario
from game.session.lines import Heard
from game.session.moments import Opening
from game.session.wording import Wording


def opening(
    scenario: Scenario,
    rules: Rules,
    wording: Wording,
    state: State,
    seed: int,
    heard: Heard,
    row: int = 0,
) -> Opening:
    """The meeting at which a row of `state` stands: its place, what is seen on arriving, the first
    words."""
    heard.meeting.clear()
    at = int(state.meeting[row])
    model = scenario.meetings[min(at, len(scenario.meetings) - 1)]
    said = wording.arrival(
        seed, at, state.trust_state[:, row].tolist(), state.d[:, row].tolist(), heard
    )
    first = at < len(scenario.meetings)
    gaps = rules.calendar.gap_days
    days = int(gaps[min(at, len(gaps) - 1)])
    notice, source = (model.notice, model.original("notice")) if first else ("", "")
    return Opening(at + 1, model.place, notice, said, days, source)


def notes_due(scenario: Scenario, told: int, clock: int) -> tuple[str, ...]:
    """The boss's notes due before the next turn; `told` were read, `clock` turns were played."""
    notes = sorted(scenario.you.notes, key=lambda note: note.turn)
    return tuple(note.text for note in notes[told:] if note.turn <= clock + 1)
