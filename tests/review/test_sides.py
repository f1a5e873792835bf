"""Accuracy by the side of the buyers: mixed and blind tables count for neither."""

from __future__ import annotations

from datetime import date

from game.review.profile_records import Book, ReviewRecord
from game.review.sides import Sides, sides_of

PLACES = {("a", "anna"): 0.1, ("a", "ben"): 0.49, ("b", "carl"): 0.5, ("a", "carl"): 0.9}


def review(number: int, scenario: str, *buyers: str, accuracy: float | None, blind: bool = False
           ) -> ReviewRecord:  # fmt: skip
    return ReviewRecord(
        date=date(2025, 1, number), transcript=f"sha256:{number:064x}", head="e1",
        scenario=scenario, buyers=buyers, seed=1, help="plain", blind=blind, score=50.0,
        skill=0.0, luck=0.0, accuracy=accuracy,
    )  # fmt: skip


def test_each_side_has_the_mean_of_its_own() -> None:
    book = Book(
        reviews=(
            review(4, "a", "anna", "ben", accuracy=80.0),
            review(1, "a", "anna", accuracy=70.0),
            review(2, "b", "carl", accuracy=40.0),
            review(3, "a", "anna", "carl", accuracy=1.0),
            review(5, "b", "carl", accuracy=2.0, blind=True),
            review(6, "a", "nobody", accuracy=3.0),
            review(7, "b", "carl", accuracy=None),
        )
    )
    found = sides_of(book, PLACES)
    assert (found.specific, found.diffuse) == (75.0, 40.0)
    sides = [one.side for one in found.latest]
    assert sides == ["specific", "diffuse", "mixed", "specific", "mixed", "mixed"]
    assert [one.accuracy for one in sides_of(book, PLACES, most=2).latest] == [2.0, 3.0]


def test_without_reviews_there_is_no_mean() -> None:
    assert sides_of(Book(), PLACES) == Sides((), None, None)
