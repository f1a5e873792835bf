"""What people said and guessed, against the truth: reads of the buyers, and the judgment test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from game.core.chance import keys_of
from game.core.start import initial_state
from game.review.questionnaire import AnswersError, Gain, gain, score_judgment
from game.review.questionnaire_files import FormName, items_of, shipped_judgment_test
from game.review.reads import half_width
from game.workshop.debrief.find import Known
from game.workshop.room.state import Room
from game.workshop.room.tables import Table

HALVES: tuple[FormName, FormName] = ("before", "after")
FEW = 3  # people from whom on a mean says nothing about one of them
_SURE = 0.7  # a confidence that is called sure


# --- reads ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneRead:
    """The last read that somebody gave of a buyer; place, confidence and truth in [0, 1]."""

    person: str  # id
    table: str
    buyer: str
    d: float
    confidence: float
    truth: float

    @property
    def error(self) -> float:
        return abs(self.d - self.truth)

    @property
    def within(self) -> bool:
        """Whether the truth lies where so much confidence allows."""
        return self.error <= half_width(self.confidence)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The room's last reads of one buyer. `ideal` is what an observer of the same reactions who
    weighs everything would have said, the mean over the tables; None where none is reviewed."""

    buyer: str
    name: str
    truth: float
    reads: tuple[OneRead, ...]
    ideal: float | None

    @property
    def middle(self) -> float:
        return median(read.d for read in self.reads)

    @property
    def error(self) -> float:
        """The mean distance from the truth."""
        return fmean(read.error for read in self.reads)

    @property
    def within(self) -> int:
        """How many reads the truth lies in."""
        return sum(read.within for read in self.reads)

    @property
    def sure(self) -> tuple[OneRead, ...]:
        return tuple(read for read in self.reads if read.confidence >= _SURE)


def truth_of(table: Table) -> dict[str, float]:
    """Where the buyers of a table really stand; hidden until the facilitator shows it."""
    rules = table.game.rules
    drawn = initial_state(rules, keys_of(table.seed, 1)).d
    return {id: float(drawn[b, 0]) for b, id in enumerate(rules.buyers.names)}


def reads_in(room: Room) -> list[OneRead]:
    """The last read of everybody, of every buyer at every table, in the order of the tables."""
    found = []
    for table in room.tables_now():
        if not any(entry.kind == "read" for entry in table.entries):
            continue
        for buyer, place in truth_of(table).items():
            for person, (d, confidence) in table.reads(buyer).items():
                found.append(OneRead(person, table.id, buyer, d, confidence, place))
    return found


def calibrations(room: Room, known: Known) -> list[Calibration]:
    """For every buyer whom anybody placed: what the room believed, and what was true."""
    grouped: dict[tuple[int, str], list[OneRead]] = {}
    for read in reads_in(room):
        desk = room.desks.index(room.tables[read.table].desk)
        grouped.setdefault((desk, read.buyer), []).append(read)
    found = []
    for (place, buyer), reads in grouped.items():
        ideals = []
        for table in dict.fromkeys(read.table for read in reads):
            weighed = known(table)
            if weighed is not None and weighed.review is not None:
                last = [r.ideal for r in weighed.review.reads if r.buyer == buyer]
                ideals += last[-1:]
        name = room.desks[place].shown.buyers[buyer].name
        ideal = fmean(ideals) if ideals else None
        found.append(Calibration(buyer, name, reads[0].truth, tuple(reads), ideal))
    return found


# --- the judgment test ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClassGain:
    """What the class gained between the halves, in points, of those who took both.

    `low` and `high` are the 95 % interval of the mean (Student's t over the people), None of fewer
    than three. `noise` is the standard deviation of one person's gain who answers blindly.
    """

    before: int  # people who took it
    after: int
    both: int
    most: int  # points to be had in a half
    mean_before: float | None  # of those who took both
    mean_after: float | None
    gain: float | None
    low: float | None
    high: float | None
    noise: float
    topics: tuple[tuple[str, float], ...]  # (topic, mean gain in points), the largest first


def gain_of_person(room: Room, person: str) -> Gain | None:
    """What one person gained, None unless both halves are there."""
    halves = [room.tests.get((half, person)) for half in HALVES]
    if halves[0] is None or halves[1] is None:
        return None
    try:
        return gain(score_judgment(halves[0], "before"), score_judgment(halves[1], "after"))
    except AnswersError:
        return None  # it was taken with another edition of the test


def class_gain(room: Room) -> ClassGain | None:
    """The class's gain; None where nobody took either half."""
    people = [person.id for person in room.here()]
    taken = {half: [p for p in people if (half, p) in room.tests] for half in HALVES}
    if not any(taken.values()):
        return None
    gains = [g for p in people if (g := gain_of_person(room, p)) is not None]
    points = [float(g.points) for g in gains]
    low, high = interval(points)
    most = sum(topic.most for topic in gains[0].topics) if gains else 0
    topics: dict[str, list[float]] = {}
    for one in gains:
        for topic in one.topics:
            topics.setdefault(topic.topic, []).append(float(topic.after - topic.before))
    ranked = sorted(((fmean(values), id) for id, values in topics.items()), reverse=True)
    return ClassGain(
        before=len(taken["before"]),
        after=len(taken["after"]),
        both=len(gains),
        most=most,
        mean_before=fmean(sum(t.before for t in g.topics) for g in gains) if gains else None,
        mean_after=fmean(sum(t.after for t in g.topics) for g in gains) if gains else None,
        gain=fmean(points) if points else None,
        low=low,
        high=high,
        noise=gains[0].noise if gains else 0.0,
        topics=tuple((id, mean) for mean, id in ranked),
    )


def by_hands(room: Room) -> tuple[float, float, int] | None:
    """The mean points of each half by counted hands, and the most to be had; None without both.

    Every item counts alike, however many raised a hand for it. Hands have no names, so nothing
    pairs the halves and there is no interval.
    """
    test = shipped_judgment_test()
    means = []
    most = 0
    for half in HALVES:
        points, found = 0.0, 0
        items = items_of(test, half)
        for number, id in enumerate(items):
            hands = room.test_counts.get((half, number), ())
            if sum(hands):
                found += 1
                key = test.items[id].key
                points += sum(n * p for n, p in zip(hands, key, strict=False)) / sum(hands)
        if not found:
            return None
        most = sum(test.items[id].most for id in items)
        means.append(points * len(items) / found)
    return means[0], means[1], most


def interval(points: Sequence[float]) -> tuple[float | None, float | None]:
    """The 95 % interval of a mean by Student's t; of fewer than three there is none to speak of."""
    n = len(points)
    if n < FEW:
        return None, None
    half = student(n - 1) * stdev(points) / sqrt(n)
    return fmean(points) - half, fmean(points) + half


# The 97.5 % point of Student's t for 1, 2, … degrees of freedom.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
)  # fmt: skip
_Z = 1.95996


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t; from 21 degrees of freedom on by its expansion about the
    normal distribution, which is right to three decimals there."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    z, n = _Z, float(freedom)
    first = (z**3 + z) / (4 * n)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n * n)
    return z + first + second
