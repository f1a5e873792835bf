"""What lies behind the table, for the one who wrote it: the true state, and why it moved."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.vocabulary import Phase
from game.session.game import Game


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and lines of (name, value)."""

    title: str
    lines: tuple[tuple[str, str], ...]


def inspect(game: Game) -> list[Section]:
    """The place, each buyer's true state, and the causes of the last change; shares in [0, 1]."""
    return [_where(game), *(_buyer(game, b) for b in range(game.rules.n_buyers)), *_causes(game)]


def _where(game: Game) -> Section:
    view, rules = game.hidden(), game.rules
    told = int(view["told"][0])
    facts = [name for i, name in enumerate(rules.facts.ids) if told >> i & 1]
    lines = [
        ("seed", str(game.seed)),
        ("phase", Phase(int(view["phase"][0])).name.lower()),
        ("meeting", f"{int(view['meeting'][0])} of {len(rules.calendar.turns)}"),
        ("turn", str(int(view["turn"][0]))),
        ("turns left", str(int(view["turns_left"][0]))),
        ("facts told", ", ".join(facts) or "none"),
    ]
    return Section("Where it stands", tuple(lines))


def _buyer(game: Game, b: int) -> Section:
    view, rules = game.hidden(), game.rules
    id = rules.buyers.names[b]
    beliefs = view["beliefs"][:, 0, b, 0]
    state = rules.machine.names[int(view["true_trust_state"][b][0])]
    lines = [
        ("diffuseness", _share(view["true_diffuseness"][b][0])),
        ("trust", f"{_share(view['true_trust'][b][0])}, {state}"),
        ("ability", _share(beliefs[0])),
        ("benevolence", _share(beliefs[1])),
        ("integrity", _share(beliefs[2])),
        ("damage", _share(view["damage"][b][0])),
        ("patience", _share(view["patience"][b][0])),
        ("reservation", _share(view["true_reservation"][b][0])),
    ]
    return Section(game.scenario.buyers[id].name, tuple(lines))


def _causes(game: Game) -> list[Section]:
    line = game.line()
    if not line:
        return []
    last = line[-1]
    found = []
    for b, id in enumerate(game.rules.buyers.names):
        before = float(last.record.trust_before[b][0])
        after = float(last.record.trust_after[b][0])
        moved = {name: float(units[b][0]) for name, units in last.record.causes.items()}
        ranked = sorted((n for n in moved if abs(moved[n]) >= 0.0005), key=lambda n: -abs(moved[n]))
        lines = [("trust", f"{_share(before)} → {_share(after)}")]
        lines += [(name.replace("_", " "), f"{moved[name]:+.3f}") for name in ranked[:6]]
        if last.thought is not None and last.happening.who == b:
            lines.append(("thought", last.thought.text))
        found.append(Section(f"{last.turn.label}: {game.scenario.buyers[id].name}", tuple(lines)))
    return found


def _share(value: object) -> str:
    return f"{float(str(value)):.2f}"
