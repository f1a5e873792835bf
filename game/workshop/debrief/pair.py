"""Two buyers compared: the sentences of the room, and from when the price could be spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from game.session.writing import numeral
from game.workshop.debrief.doors import readiness_of
from game.workshop.debrief.find import Known
from game.workshop.debrief.slides import Slide, asks
from game.workshop.room.acts_people import places
from game.workshop.room.state import Room
from game.workshop.words import say, say_counted

_SENTENCES = 6  # on the wall at once


def pair_slide(room: Room, known: Known) -> Iterator[Slide]:
    """The sentences that people wrote, beside when each buyer was ready; only for pairs."""
    if room.plan.mode != "pairs" or len(places(room)) < 2:
        return
    met = places(room)
    both = [readiness_of(room, known, place) for place in met]
    names = [one.buyer for one in both]
    lines: list[str] = []
    for one in both:
        if one.seats:
            turn = None if one.turn is None else numeral(one.turn)
            id = "debrief.pair_turn" if turn is not None else "debrief.pair_never"
            lines.append(say_counted(id, one.seats, name=one.buyer, turn=turn))
    quotes = tuple(_different(room, names)[:_SENTENCES])
    yield Slide(
        "pair", say("debrief.pair_title", one=names[0], other=names[1]),
        ask=say("debrief.pair_ask", one=names[0], other=names[1]), found=tuple(lines),
        quotes=quotes,
        note="" if quotes else say("debrief.pair_none"), questions=asks("pair"),
    )  # fmt: skip


def _different(room: Room, names: Sequence[str]) -> list[str]:
    """What was written, the newest first; the same words once, and after what only one wrote."""
    written = [room.sentences[p.id] for p in reversed(room.here()) if p.id in room.sentences]
    alike = Counter(_bare(parts) for parts in written)
    found = {_bare(parts): parts for parts in written}
    ranked = sorted(found, key=lambda words: alike[words])
    return [
        _sentence(found[words], names) if alike[words] == 1
        else say("debrief.pair_times", sentence=_sentence(found[words], names), count=alike[words])
        for words in ranked
    ]  # fmt: skip


def _bare(parts: Sequence[str]) -> tuple[str, ...]:
    """The words alone, so that a capital or a full stop makes no difference."""
    return tuple(" ".join(part.casefold().split()).strip(" .,;!") for part in parts)


def sentence_text(room: Room, parts: Sequence[str]) -> str:
    """Somebody's sentence about the two buyers that the room met."""
    names = [next(iter(room.desks[k].shown.buyers.values())).name for k in places(room)]
    return _sentence(parts, [*names, "…", "…"])  # of a room that met one buyer only


def _sentence(parts: Sequence[str], names: Sequence[str]) -> str:
    """The sentence about both buyers, filled in."""
    return say(
        "debrief.pair_sentence", when=parts[0], one=names[0], first=parts[1], other=names[1],
        second=parts[2],
    )  # fmt: skip
