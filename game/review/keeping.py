"""What remains of a review: a note in the trainee's profile, and the page in a file.

Every face that reviews does both in the same way, so both are here.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from game.review import profile_files as files
from game.review.model import Review
from game.review.profile import Profile
from game.review.profile_records import digest_of, lost_of, played, record_of
from game.scenario.diagnostics import Diagnostic, ScenarioError
from game.scenario.library import lessons
from game.session.files import replace
from game.session.game import Game

_HEAD = 512  # bytes in which a page says that it is one


@dataclass(frozen=True, slots=True)
class Kept:
    """What the profile was told: `moments` to try again; `problem` if it could not be changed.

    Of a `lesson` it was told nothing.
    """

    moments: int = 0
    problem: Diagnostic | None = None
    lesson: bool = False


def first_play(game: Game) -> bool:
    """Whether no other game of this scenario was reviewed here."""
    try:
        book = Profile.load(files.data_dir()).book
    except ScenarioError:
        return True  # said once the review is there
    here = digest_of(played(game.transcript))
    scenario = game.scenario.scenario
    return all(r.scenario != scenario or r.transcript == here for r in book.reviews)


def keep(found: Review, game: Game, today: date) -> Kept:
    """Tell the profile of an ended game, unless it was a lesson; that it cannot be kept is no
    failure."""
    if game.scenario.scenario in lessons():
        return Kept(lesson=True)
    try:
        profile = Profile.load(files.data_dir())
        record = record_of(found, game.transcript, today)
        known = [old.date for old in profile.book.reviews if old.key == record.key]
        profile.add_review(record.model_copy(update={"date": min([record.date, *known])}))
        added = profile.add_moments(game.transcript, lost_of(found), today)
        profile.save()
    except ScenarioError as problem:
        return Kept(problem=problem.diagnostics[0])
    return Kept(len(added))


# --- as a page ------------------------------------------------------------------------------------


def may_replace(page: Path, path: Path) -> bool:
    """Whether the page of the game in `path` may stand there: it replaces a page or an empty file,
    and nothing else."""
    with contextlib.suppress(OSError):
        if not page.exists() or (page.is_file() and not page.stat().st_size):
            return True
        if page.is_file() and not page.samefile(path):
            with page.open("rb") as file:
                start = file.read(_HEAD).lstrip().lower()
            return start.startswith((b"<!doctype html", b"<html"))
    return False


def write_page(path: Path, page: str) -> None:
    """Write a page in one step; raises :class:`ScenarioError` (W code) where that cannot be."""
    try:
        replace(path, page.encode())
    except OSError as problem:
        raise files.unwritable(path, problem, "the page", "written") from None
