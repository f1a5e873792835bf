"""What only several scenarios together show: a trait that belongs to one country."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic, listing
from game.scenario.model import Buyer
from game.scenario.tree import Path

_LOW, _HIGH = 0.3, 0.7
_HOLDERS = 2  # people who make a pattern
_OTHERS = 2  # people of other countries who do without
_QUANTITIES = ("diffuseness", "status", "clock", "expressiveness", "bargainer")


class _Person(NamedTuple):
    subject: Subject
    id: str
    buyer: Buyer


def one_country(subjects: Sequence[Subject]) -> Iterator[Diagnostic]:
    """L025: a trait that all people of one country have and nobody else, across a pack.

    It takes two people at least who have it, and two from elsewhere who do not.
    """
    people = list(_people(subjects))
    for key, of in _traits().items():
        holders: dict[str, list[_Person]] = {}
        for person in people:
            value = of(person.buyer)
            if value is not None:
                holders.setdefault(value, []).append(person)
        for value, having in holders.items():
            yield from _only_there(key, value, having, people)


def _people(subjects: Sequence[Subject]) -> Iterator[_Person]:
    """Everybody with a culture, each name once: scenarios share people."""
    seen: set[str] = set()
    for subject in subjects:
        for name, buyer in subject.scenario.buyers.items():
            if buyer.culture is not None and buyer.name not in seen:
                seen.add(buyer.name)
                yield _Person(subject, name, buyer)


def _traits() -> dict[str, Callable[[Buyer], str | None]]:
    """Traits by their key: what a buyer has of each, or None where he stands in the middle."""
    found: dict[str, Callable[[Buyer], str | None]] = {
        name: lambda buyer, name=name: _extreme(name, _value(buyer, name))  # type: ignore[misc]
        for name in _QUANTITIES
    }
    found["portrait.dress"] = lambda buyer: f"dress: {buyer.portrait.dress}"
    return found


def _value(buyer: Buyer, name: str) -> float:
    value = getattr(buyer, name)
    return float(value.mean) if name == "diffuseness" else float(value)


def _extreme(name: str, value: float) -> str | None:
    if value >= _HIGH:
        return f"much {name}"
    # little of a bargainer is what most people are
    return f"little {name}" if value <= _LOW and name != "bargainer" else None


def _only_there(
    key: str, value: str, having: list[_Person], people: list[_Person]
) -> Iterator[Diagnostic]:
    cultures = {person.buyer.culture for person in having}
    [culture, *more] = cultures
    compatriots = [p for p in people if p.buyer.culture == culture]
    others = [p for p in people if p.buyer.culture != culture]
    if more or len(having) < _HOLDERS or len(having) < len(compatriots) or len(others) < _OTHERS:
        return
    first = having[0]
    path: Path = (*first.subject.buyer_path(first.id), *key.split("."))
    names = listing(person.buyer.name for person in having)
    yield first.subject.complaint(
        "L025",
        f"“{value}” is found in {culture} only: {names}",
        first.subject.key(path),
        field=".".join(map(str, path)),
        expected=f"somebody from elsewhere who has it, or from {culture} who has not",
        fix="move one of them, or give the trait to somebody from another country",
        related=[
            p.subject.related(
                "and here", p.subject.key((*p.subject.buyer_path(p.id), *key.split(".")))
            )
            for p in having[1:]
        ],
    )
