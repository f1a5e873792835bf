"""The forms of the console: what each one asks for, as a decision on the room.

`now` is the server's clock, in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable

from game.workshop.forms import Form, composed, whole
from game.workshop.room import acts, acts_play
from game.workshop.service import Decide

Make = Callable[[Form, float], Decide]
_NUMBERS = ("seed", "teams", "short", "seconds")
_SWITCHES = ("together", "phones", "leaderboard")


def _on(form: Form) -> bool:
    return form.get("on") == "yes"


def _counted(form: Form) -> dict[str, int]:
    return {k[6:]: whole(form, k) for k, v in form.items() if k.startswith("count.") and v}


def places(form: Form) -> tuple[int, ...]:
    """The scenarios that a form names, in their order: `place` and, for a pair, `second`."""
    named = [whole(form, name) for name in ("place", "second") if form.get(name)]
    return tuple(named)


def _plan(form: Form, _: float) -> Decide:
    changes: dict[str, object] = {k: form[k] for k in ("mode", "help", "style") if k in form}
    changes |= {k: whole(form, k) for k in _NUMBERS if form.get(k)}
    changes |= {k: form[k] == "yes" for k in _SWITCHES if k in form}
    mode = changes.get("mode")
    if "place" in form:
        chosen = places(form)
        changes["places"] = chosen if mode == "pairs" else chosen[:1]
    return lambda room: acts.plan(room, **changes)


def _person(form: Form, _: float) -> Decide:
    """A name and a seat that are left empty, as of somebody forgotten or an onlooker, stay."""
    changes: dict[str, object] = {k: form[k] for k in ("name", "seat") if form.get(k)}
    changes |= {k: form[k] == "yes" for k in ("hidden", "removed", "observes") if k in form}
    return lambda room: acts.change_person(room, form["person"], **changes)


def _place(form: Form) -> tuple[str, int]:
    return form["table"], whole(form, "ply")


def _inject(form: Form, _: float) -> Decide:
    tables = [form["table"]] if form.get("table") else None
    return lambda room: acts.inject(room, form["event"], tables)


def _ask(form: Form, _: float) -> Decide:
    number = whole(form, "number") if form.get("number") else 0
    return lambda room: acts_play.ask(room, form["kind"], form.get("table", ""), number)


def _test_count(form: Form, _: float) -> Decide:
    item, many = whole(form, "item"), whole(form, "many")
    counted = [whole(form, f"n{k}") if form.get(f"n{k}") else 0 for k in range(min(many, 12))]
    return lambda room: acts.test_count(room, form["half"], item, counted)


DOES: dict[str, Make] = {
    "plan": _plan,
    "person": _person,
    "stage": lambda form, now: lambda room: acts.stage(room, form["to"]),
    "pause": lambda form, now: lambda room: acts.pause(room, _on(form), now),
    "lock": lambda form, now: lambda room: acts.switch(room, "locked", _on(form)),
    "shut": lambda form, now: lambda room: acts.switch(room, "shut", _on(form)),
    "timer": lambda form, now: lambda room: acts.timer(room, whole(form, "seconds"), now),
    "advance": lambda form, now: lambda room: acts.advance(room, whole(form, "to"), now),
    "inject": _inject,
    "reveal": lambda form, now: lambda room: acts_play.reveal(room, form["layer"], _on(form)),
    "tell": lambda form, now: lambda room: acts.tell(room, form["text"]),
    "ballot": lambda form, now: lambda room: acts_play.balloting(room, *_place(form), _on(form)),
    "count": lambda form, now: (
        lambda room: acts_play.count(
            room, *_place(form), _counted(form), form.get("close") == "yes"
        )
    ),
    "decide": lambda form, now: (
        lambda room: acts_play.decide(room, *_place(form), composed(form), now)
    ),
    "ask": _ask,
    "answers": lambda form, now: (
        lambda room: acts_play.count_answers(room, form["question"], _counted(form))
    ),
    "close": lambda form, now: lambda room: acts_play.close_question(room, form["question"]),
    "away": lambda form, now: lambda room: acts_play.put_away(room, form["question"]),
    "lend": lambda form, now: lambda room: acts.switch(room, "reports", _on(form)),
    "test": lambda form, now: lambda room: acts.test(room, form["half"], _on(form)),
    "tested": _test_count,
    "slide": lambda form, now: lambda room: acts.slide(room, whole(form, "slide"), _on(form)),
}
