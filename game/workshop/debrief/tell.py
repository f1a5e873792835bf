"""The debrief as slides: each asks first, then shows. Made of what happened in this room.

A slide is data with its words in the language of whoever looks; the stage and the console draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from game.figures.continuum import Continuum, ContinuumPoint, PointKind, continuum
from game.review.questionnaire_files import shipped_judgment_test
from game.review.sheet import VARIABLES
from game.review.words import cost, place, signed, word
from game.session.writing import listed, numeral
from game.workshop.debrief.doors import Doorway, door_of
from game.workshop.debrief.find import Costly, Known, costly_of, quoted
from game.workshop.debrief.pair import pair_slide
from game.workshop.debrief.people import (
    FEW,
    Calibration,
    ClassGain,
    by_hands,
    calibrations,
    class_gain,
)
from game.workshop.debrief.slides import Row, Slide, asks
from game.workshop.debrief.split import seats_named, split_slide
from game.workshop.room.state import Room
from game.workshop.room.tables import Desk
from game.workshop.words import say, say_counted


def slides(room: Room, known: Known) -> list[Slide]:
    """All slides of a room in their order, as far as its reviews are there."""
    makers: Sequence[Callable[[Room, Known], Iterator[Slide]]] = (
        split_slide, _costly, _door, pair_slide, _reads, _often, _questions, _stereotype, _gain,
    )  # fmt: skip
    return [slide for make in makers for slide in make(room, known)]


# --- what cost most -------------------------------------------------------------------------------


def _costly(room: Room, known: Known) -> Iterator[Slide]:
    found = costly_of(room, known)
    if found is None:
        if any(known(table.id) is not None for table in room.tables_now()):
            yield Slide(
                "costly", say("debrief.costly_title"), ask=say("debrief.costly_none_ask"),
                found=(say_counted("debrief.costly_none", len(room.tables_now())),),
                questions=asks("costly_none"),
            )  # fmt: skip
        return
    yield Slide(
        "costly",
        say("debrief.costly_title" if found.common else "debrief.costly_title_one"),
        ask=say("debrief.costly_ask"),
        found=_costly_found(found, room.plan.mode == "round"),
        quotes=(found.principle,) if found.principle else (),
        note=say("debrief.worth_note"),
        questions=asks("costly"),
        moment=found.moment,
    )


def _costly_found(found: Costly, whole: bool) -> tuple[str, ...]:
    points = cost(found.loss)
    if found.common:
        first = say(
            "debrief.costly_found", move=found.label, count=len(found.seats), total=found.of,
            points=points,
        )  # fmt: skip
    elif whole:
        first = say("debrief.costly_room", move=found.label, points=points)
    else:
        first = say("debrief.costly_one", move=found.label, seat=found.seats[0], points=points)
    lines = [first]
    if found.turns:
        lines.append(_turns(found.turns))
    if found.cause:
        lines.append(say("debrief.costly_cause", cause=found.cause))
    better = "costly_better" if found.common or len(found.turns) > 1 else "costly_better_once"
    lines.append(say(f"debrief.{better}", move=found.better))
    return tuple(lines)


def _turns(turns: Sequence[int]) -> str:
    *first, last = map(str, turns)
    if not first:
        return say("debrief.costly_turn", turn=last)
    return say("debrief.costly_turns", turns=listed(first), last=last)


# --- who found the door ---------------------------------------------------------------------------


def _door(room: Room, known: Known) -> Iterator[Slide]:
    found = door_of(room, known)
    if found is None:
        return
    whole = room.plan.mode == "round"
    talk = (
        "door" if found.finders and found.passed else "door_all" if found.finders else "door_none"
    )
    yield Slide(
        "door",
        say("debrief.door_title"),
        before=(say(f"debrief.door_{found.kind}"),),
        ask=say("debrief.door_ask_room") if whole
        else say_counted("debrief.door_ask", found.offered),
        found=_door_found(found, whole),
        note=say("debrief.worth_note") if found.passed else "",
        questions=asks(talk),
        moment=found.moment,
    )  # fmt: skip


def _door_found(found: Doorway, whole: bool) -> tuple[str, ...]:
    if not found.finders:
        points = cost(found.lost)
        if whole:
            return (say("debrief.door_room_passed", points=points),)
        return (say_counted("debrief.door_nobody", found.offered, points=points),)
    ways: dict[tuple[int, str, str], list[str]] = {}  # the same move, told once
    for one in found.finders:
        ways.setdefault((one.turn, one.label, one.own), []).append(one.seat)
    lines = []
    for (turn, label, own), seats in list(ways.items())[:3]:
        where = "debrief.door_found" if turn else "debrief.door_found_away"
        who = say("debrief.door_room") if whole else seats_named(seats)
        lines.append(say(where, seat=who, turn=turn, move=label))
        if own:
            lines.append(quoted(own))
    more = sum(len(seats) for seats in list(ways.values())[3:])
    if more:
        lines.append(say_counted("debrief.door_more", more))
    if found.passed:
        passed = len(found.passed)
        lines.append(say_counted("debrief.door_passed", passed, points=cost(found.lost)))
    elif found.offered > 1:
        lines.append(say("debrief.door_all"))
    return tuple(lines)


# --- reads ----------------------------------------------------------------------------------------


def _reads(room: Room, known: Known) -> Iterator[Slide]:
    for one in calibrations(room, known):
        yield Slide(
            "reads",
            say("debrief.reads_title", name=one.name),
            ask=say_counted("debrief.reads_ask", len(one.reads)),
            found=_reads_found(one),
            picture=reads_picture(one, (704, 118), 2.0),
            note=say("debrief.reads_note"),
            questions=asks("reads"),
        )


def _reads_found(one: Calibration) -> tuple[str, ...]:
    lines = [say("debrief.reads_truth", name=one.name, value=place(one.truth))]
    if len(one.reads) == 1:
        lines.append(say("debrief.reads_one", value=place(one.reads[0].d), off=place(one.error)))
    else:
        lines.append(
            say("debrief.reads_room", value=place(one.middle), off=place(one.error))
        )  # fmt: skip
    if len(one.reads) > 1:
        lines.append(_of_all("debrief.reads_within", one.within, len(one.reads)))
    if one.sure and len(one.reads) > 1:
        right = sum(read.within for read in one.sure)
        if len(one.sure) == 1:
            lines.append(say("debrief.reads_sure_right" if right else "debrief.reads_sure_wrong"))
        else:
            lines.append(_of_all("debrief.reads_sure", right, len(one.sure)))
    if one.ideal is not None:
        off = place(abs(one.ideal - one.truth))
        lines.append(say("debrief.reads_ideal", value=place(one.ideal), off=off))
    return tuple(lines)


def _of_all(id: str, count: int, total: int) -> str:
    """How many of several; that it was none, or all, is said in its own words."""
    if count in (0, total):
        return say(f"{id}_{'all' if count else 'none'}", total=total)
    return say_counted(id, count, total=total)


def reads_picture(one: Calibration, size: tuple[float, float], scale: float = 1.0) -> str:
    """The room's reads on the line, and where the buyer really stands."""
    spread = sorted(read.d for read in one.reads)
    low, high = spread[0], spread[-1]
    middle = min(max(one.middle, low), high)
    label = say_counted("debrief.reads_label", len(spread))
    points = (
        ContinuumPoint(PointKind.BUYER, one.name, one.truth),
        ContinuumPoint(PointKind.READ, label, middle, low, high),
    )
    said = say("debrief.reads_desc", name=one.name, value=place(one.truth), middle=place(middle))
    data = Continuum(
        say("debrief.reads_title", name=one.name), said, word("ui", "specific"),
        word("ui", "diffuse"), points,
    )  # fmt: skip
    return continuum(data, VARIABLES, *size, scale)


# --- what the scenario brings ---------------------------------------------------------------------


def _often(room: Room, known: Known) -> Iterator[Slide]:
    taught = [desk.shown.teaching for desk in _played(room)]
    texts = [text for teaching in taught if teaching is not None for text in teaching.splits]
    if texts:
        yield Slide("often", say("debrief.often_title"), ask=say("debrief.often_ask"),
                    questions=tuple(texts[:4]))  # fmt: skip


def _questions(room: Room, known: Known) -> Iterator[Slide]:
    desks = _played(room)
    for desk in desks:
        teaching = desk.shown.teaching
        if teaching is not None and teaching.questions:
            title = say("debrief.questions_title")
            if len(desks) > 1:
                title = say("debrief.questions_title_of", scenario=desk.shown.title)
            yield Slide("questions", title, before=(teaching.aim,),
                        questions=tuple(teaching.questions))  # fmt: skip


def _played(room: Room) -> list[Desk]:
    """The scenarios that the talk is about; others may lie ready."""
    return [room.desks[k] for k in dict.fromkeys(table.place for table in room.tables_now())]


def _stereotype(room: Room, known: Known) -> Iterator[Slide]:
    for desk in _played(room):
        teaching = desk.shown.teaching
        if teaching is not None and teaching.stereotype:
            yield Slide(
                "stereotype", say("debrief.stereotype_title"), ask=say("debrief.stereotype_ask"),
                found=(teaching.stereotype,), questions=asks("stereotype"),
            )  # fmt: skip
            return


# --- before and after -----------------------------------------------------------------------------


def _gain(room: Room, known: Known) -> Iterator[Slide]:
    found = class_gain(room)
    if found is None:
        hands = by_hands(room)
        if hands is not None:
            before, after = (numeral(mean, 1) for mean in hands[:2])
            line = say("debrief.gain_hands", before=before, after=after, most=hands[2])
            yield Slide("gain", say("debrief.gain_title"), ask=say("debrief.gain_ask"),
                        found=(line,), questions=asks("gain"))  # fmt: skip
        return
    yield Slide(
        "gain", say("debrief.gain_title"), ask=say("debrief.gain_ask"), found=gain_lines(found),
        rows=gain_rows(found), note=say("debrief.gain_note", noise=numeral(found.noise, 1))
        if found.both else "", questions=asks("gain"),
    )  # fmt: skip


def gain_lines(found: ClassGain) -> tuple[str, ...]:
    """What the class gained and how sure that is; of very few people only how many they are."""
    counts = say("debrief.gain_counts", before=found.before, after=found.after, both=found.both)
    if found.both < FEW or found.gain is None or found.low is None or found.high is None:
        return counts, say("debrief.gain_few")
    assert found.mean_before is not None and found.mean_after is not None
    mean = say(
        "debrief.gain_mean", before=numeral(found.mean_before, 1),
        after=numeral(found.mean_after, 1), most=found.most, gain=signed(found.gain),
    )  # fmt: skip
    span = say("debrief.gain_span", low=_tenth(found.low), high=_tenth(found.high))
    sure = "up" if found.low > 0 else "down" if found.high < 0 else "open"
    return counts, mean, span, say(f"debrief.gain_{sure}", count=found.both)


def gain_rows(found: ClassGain) -> tuple[Row, ...]:
    """The topics on which the class gained most and least; none of fewer than three people."""
    if found.both < FEW:
        return ()
    names = shipped_judgment_test().topics
    ends = found.topics if len(found.topics) < 3 else (found.topics[0], found.topics[-1])
    return tuple(Row("", names.get(id, id), signed(mean)) for id, mean in ends)


def _tenth(value: float) -> str:
    """A number to one decimal with a true minus sign."""
    return numeral(value, 1) if value >= 0 else f"−{numeral(-value, 1)}"
