"""What the debrief's parts show: the slide on the stage, the deck on the console, the test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from game.review.questionnaire_files import items_of, shipped_judgment_test
from game.scenario import language
from game.workshop.asked import asked
from game.workshop.debrief.people import HALVES
from game.workshop.debrief.reviews import Reviews
from game.workshop.debrief.slides import Slide
from game.workshop.debrief.tell import slides
from game.workshop.service import Live
from game.workshop.words import say, say_counted

_Made = tuple[int, int, int, str]
_KEPT: WeakKeyDictionary[Live, tuple[_Made, list[Slide]]] = WeakKeyDictionary()


def deck_of(live: Live) -> list[Slide]:
    """The slides of a session, as far as its tables are weighed.

    They are made once for everybody who sees them; whatever they are made of touches the deck.
    """
    made = live.edition, live.room.touched.get("deck", 0), live.reviews.made, language.current()
    kept = _KEPT.get(live)
    if kept is None or kept[0] != made:
        kept = made, slides(live.room, live.reviews.of)
        _KEPT[live] = kept
    return kept[1]


def slide_part(live: Live, _: str) -> dict[str, Any]:
    """The slide that is on the wall, if one is: not while the room predicts what it will show."""
    room = live.room
    question = asked(room)
    if question is not None and question.back:
        return {"slide": None, "number": 0, "total": 0, "open": False}
    deck = deck_of(live) if room.slide >= 0 and room.stage in ("debrief", "over") else []
    at = min(room.slide, len(deck) - 1)
    slide = deck[at] if deck else None
    return {"slide": slide, "number": at, "total": len(deck), "open": at in room.shown}


def deck_part(live: Live, _: str) -> dict[str, Any]:
    """Everything about the debrief that a console steers."""
    room, reviews = live.room, live.reviews
    deck = deck_of(live) if room.stage in ("debrief", "over") else []
    done, of = reviews.progress() if deck else (0, 0)
    until = live.kept.keep_until
    before = asked(room)
    return {
        "slides": deck,
        "current": min(room.slide, len(deck) - 1),
        "question": room.questions[before.id] if before is not None and before.back else None,
        "done": done,
        "of": of,
        "problems": problems_of(live, reviews),
        "gave_up": reviews.gave_up or bool(reviews.problems),
        "taken": {half: sum(h == half for h, _ in room.tests) for half in HALVES},
        "people": len(room.here()),
        "persons": list(room.people.values()),
        "keep_until": "" if until is None else day_of(until),
    }


def problems_of(live: Live, reviews: Reviews) -> list[str]:
    """What is wrong with the weighing, in words."""
    found = []
    if reviews.crashes:
        line = say_counted("debrief.crashed", reviews.crashes, status=reviews.status)
        found.append(f"{line} {say('debrief.gave_up')}" if reviews.gave_up else line)
    for table, why in reviews.problems.items():
        seat = live.room.seats[live.room.tables[table].seat].name
        found.append(say("debrief.not_weighed_table", seat=seat, why=why))
    return found


def test_part(live: Live, person: str) -> dict[str, Any]:
    """The half of the judgment test that is handed out, for somebody."""
    half = live.room.test_open
    if half not in HALVES:
        return {"half": "", "answered": False, "items": []}
    test = shipped_judgment_test()
    answered = (half, person) in live.room.tests
    form = HALVES[HALVES.index(half)] if half in HALVES else "all"
    items = [] if answered else [test.items[id] for id in items_of(test, form)]
    return {"half": half, "answered": answered, "items": items}


def day_of(seconds: float) -> str:
    """The day on which something is kept last, as it is written down: 2026-03-09."""
    return datetime.fromtimestamp(seconds - 1, UTC).date().isoformat()
