"""The slide about where the room split: what was chosen there, by how many, and what it cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.review.labels import BEST
from game.session.writing import listed
from game.workshop.debrief.find import Choice, Known, Split, led_to, split_of
from game.workshop.debrief.slides import LETTERS, Row, Slide, asks
from game.workshop.room.state import Room
from game.workshop.room.votes import Moment
from game.workshop.words import costs, say, say_counted

_MOST = 8  # choices on one slide
_NAMED = 6  # seats in one line


def split_slide(room: Room, known: Known) -> Iterator[Slide]:
    """The most divided choice of the room, or that there was none."""
    if not room.tables_now():
        return
    found = split_of(room, known)
    if found is None:
        why = "votes" if room.plan.mode == "round" else "seats"
        if len(room.tables_now()) == 1 and why == "seats":
            why = "alone"
        yield Slide(
            "split", say("debrief.split_title"), found=(say(f"debrief.split_none_{why}"),),
            ask=say("debrief.split_none_ask"), questions=asks("split_none"),
        )  # fmt: skip
        return
    choices, rest = _on_wall(found)
    in_order = sorted(choices, key=lambda c: c.label)  # the order must not tell what was chosen
    rows = [_chosen(choice, LETTERS[k], found) for k, choice in enumerate(in_order)]
    if rest:
        rows.append(
            Row("", say_counted("debrief.split_others", len(rest)),
                _count(sum(choice.count for choice in rest), found))
        )  # fmt: skip
    yield Slide(
        "split",
        say("debrief.split_title_turn", turn=found.turn) if found.turn
        else say("debrief.split_title"),
        before=led_to(room.tables[found.table], found.ply),
        ask=say("debrief.split_ask"),
        rows=tuple(rows),
        found=_split_found(found),
        note=say("debrief.worth_short" if _all_weighed(found) else "debrief.not_weighed"),
        questions=asks("split"),
        moment=Moment(found.table, found.ply, tuple(c.action for c in found.choices)),
    )  # fmt: skip


def _on_wall(found: Split) -> tuple[list[Choice], list[Choice]]:
    """The choices that a slide has room for, the best of them always among them, and the rest."""
    if len(found.choices) <= _MOST:
        return list(found.choices), []
    first, rest = list(found.choices[: _MOST - 1]), list(found.choices[_MOST - 1 :])
    if _all_weighed(found):
        best = min(found.choices, key=lambda choice: choice.loss or 0.0)
        if best in rest:
            rest[rest.index(best)], first[-1] = first[-1], best
    return first, rest


def _all_weighed(found: Split) -> bool:
    return all(choice.loss is not None for choice in found.choices)


def _chosen(choice: Choice, letter: str, found: Split) -> Row:
    value, best = _count(choice.count, found), ""
    if choice.loss is not None:
        good = choice.loss < BEST and _all_weighed(found)
        if good:
            best = say("debrief.best" if choice.action == found.best else "debrief.level")
        else:
            value = f"{value} · {costs(choice.loss)}"
    return Row(
        letter, choice.label, value, choice.count / max(1, found.total), best,
        "" if found.votes else seats_named(choice.seats),
    )  # fmt: skip


def _count(count: int, found: Split) -> str:
    return say_counted(f"debrief.count_{'votes' if found.votes else 'seats'}", count)


def seats_named(names: Sequence[str]) -> str:
    """The names of seats in one line, of very many the first."""
    return listed(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _split_found(found: Split) -> tuple[str, ...]:
    said = "debrief.split_voted" if found.votes else "debrief.split_found"
    lines = [say(said, count=found.total, ways=len(found.choices))]
    played = next((c.label for c in found.choices if c.action == found.played), "")
    if played:
        lines.append(say("debrief.split_played", move=played))
    if _all_weighed(found) and found.best not in {c.action for c in found.choices}:
        near = any((c.loss or 0.0) < BEST for c in found.choices)
        lines.append(say("debrief.split_near" if near else "debrief.split_better",
                         move=found.better))  # fmt: skip
    return tuple(lines)
