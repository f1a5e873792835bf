"""What a trainee did so far, kept on this machine alone: reviews, moments to try again, tests.

One JSON file, `profile.json`, beside the saved games, and copies of the transcripts that the
moments come from. Numbers and ids, nothing that anybody said. docs/profile.md describes it.

A :class:`Profile` remembers what was changed and not only the result. Saving takes a lock, reads
the file again and makes the changes on what is there now, so that two programs lose nothing to
each other, and what was erased meanwhile stays erased.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from game.review import profile_files as files
from game.review.profile_records import (
    Assessment,
    Book,
    Lost,
    Moment,
    ReadRecord,
    ReviewRecord,
    Try,
    digest_of,
    lost_of,
    played,
    record_of,
)
from game.review.schedule import after_try, begun, is_due
from game.scenario.diagnostics import ScenarioError, refused
from game.session.files import replace as replace_file
from game.session.transcript import Transcript, load_transcript

FORMAT = "longlunch.profile/1"


# --- sums over many engagements -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """The engagements reviewed in one month, `YYYY-MM`."""

    month: str
    reviews: int
    score: float
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers over all engagements; None where there is nothing to take a mean of.

    `score`, `accuracy` in [0, 100]. `style` in [0, 1] is weighted by the `style_n` moves it rests
    on. `read_error` is the mean |d − truth| of the `reads` that were scored, `read_within` the
    share of them that lay as near as their confidence promised.
    """

    reviews: int
    score: float | None
    accuracy: float | None
    accuracy_by_phase: dict[str, float]
    style: float | None
    style_n: int
    reads: int
    read_error: float | None
    read_within: float | None
    months: tuple[Month, ...]
    moments: int
    moments_passed: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def summed_up(book: Book) -> Summary:
    """The numbers over everything in a book."""
    reviews = sorted(book.reviews, key=lambda r: r.date)
    by_month: dict[str, list[ReviewRecord]] = {}
    by_phase: dict[str, list[float]] = {}
    for one in reviews:
        by_month.setdefault(one.date.isoformat()[:7], []).append(one)
        for phase, accuracy in one.accuracy_by_phase.items():
            by_phase.setdefault(phase, []).append(accuracy)
    styles = [(r.style, r.style_n) for r in reviews if r.style is not None]
    moves = sum(n for _, n in styles)
    scored = [read for r in reviews for read in r.reads if read.error is not None]
    return Summary(
        reviews=len(reviews),
        score=_mean(r.score for r in reviews),
        accuracy=_mean(r.accuracy for r in reviews),
        accuracy_by_phase={k: math.fsum(v) / len(v) for k, v in sorted(by_phase.items())},
        style=math.fsum(d * n for d, n in styles) / moves if moves else None,
        style_n=moves,
        reads=len(scored),
        read_error=_mean(read.error for read in scored),
        read_within=_mean(float(bool(read.within)) for read in scored),
        months=tuple(
            Month(m, len(of), math.fsum(r.score for r in of) / len(of),
                  _mean(r.accuracy for r in of))
            for m, of in by_month.items()
        ),
        moments=len(book.moments),
        moments_passed=sum(m.passed is not None for m in book.moments),
    )  # fmt: skip


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


# --- changes ------------------------------------------------------------------------------------

Change = Callable[[Book], Book]
_Record = TypeVar("_Record", bound=BaseModel)


def _put(
    records: tuple[_Record, ...], new: _Record, same: Callable[[_Record], bool]
) -> tuple[_Record, ...]:
    """The records with a new one in the place of its earlier self, or at the end."""
    at: int = next((i for i, old in enumerate(records) if same(old)), len(records))
    return (*records[:at], new, *records[at + 1 :])


def _with_review(new: ReviewRecord, book: Book) -> Book:
    reviews = _put(book.reviews, new, lambda old: old.key == new.key)
    return book.model_copy(update={"reviews": reviews})


def _with_moment(new: Moment, book: Book) -> Book:
    """What a later review says of a known moment counts; its days and tries stay."""
    for old in book.moments:
        if old.id == new.id:
            told = ("turn", "label", "loss", "principle")
            new = old.model_copy(update={name: getattr(new, name) for name in told})
    moments = _put(book.moments, new, lambda old: old.id == new.id)
    return book.model_copy(update={"moments": moments})


def _with_try(id: str, made: Try, book: Book) -> Book:
    """A try at a moment that another program has erased meanwhile is let go."""
    for old in book.moments:
        if old.id == id:
            now = after_try(old.standing, made.date, made.loss)
            new = old.model_copy(update={**asdict(now), "tries": (*old.tries, made)})
            moments = _put(book.moments, new, lambda old: old.id == id)
            return book.model_copy(update={"moments": moments})
    return book


def _with_test(new: Assessment, book: Book) -> Book:
    return book.model_copy(update={"tests": (*book.tests, new)})


# --- the profile --------------------------------------------------------------------------------


class Profile:
    """A trainee's profile in a folder. Nothing is written before :meth:`save`."""

    def __init__(self, folder: Path, book: Book | None = None) -> None:
        self.folder = folder
        self.book = book or Book()
        self._changes: list[Change] = []
        self._copies: dict[str, Transcript] = {}

    @classmethod
    def load(cls, folder: Path) -> Profile:
        """The profile in a folder, empty if there is none.

        Raises :class:`ScenarioError` (PR001–PR004, RD002, RD003); the file stays as it is.
        """
        return cls(folder, _read(folder))

    @property
    def empty(self) -> bool:
        return not (self.book.reviews or self.book.moments or self.book.tests)

    def add_review(self, record: ReviewRecord) -> None:
        """Keep a review; an earlier one of the same game as played is replaced."""
        self._change(partial(_with_review, record))

    def add_moments(
        self, transcript: Transcript, lost: Iterable[Lost], today: date, head: str | None = None
    ) -> list[Moment]:
        """Keep moments to try again, with a copy of the game up to `head`; first due tomorrow.

        Raises KeyError if an entry is not in the game.
        """
        game = played(transcript, head)
        digest = digest_of(game)
        known = {entry.id for entry in game.entries}
        added = []
        for one in lost:
            if one.entry not in known:
                raise KeyError(one.entry)
            moment = Moment(
                id=f"{digest[7:19]}-{one.entry}", transcript=digest, scenario=game.scenario,
                due=begun(today).due, **asdict(one),
            )  # fmt: skip
            added.append(moment)
        for moment in added:
            self._copies[digest] = game
            self._change(partial(_with_moment, moment))
        return [self.moment(moment.id) for moment in added]

    def moment(self, id: str) -> Moment:
        """A moment by its id; raises KeyError."""
        for moment in self.book.moments:
            if moment.id == id:
                return moment
        raise KeyError(id)

    def due(self, today: date) -> list[Moment]:
        """The moments to try today: the longest due first, then the dearest."""
        found = [m for m in self.book.moments if is_due(m.standing, today)]
        return sorted(found, key=lambda m: (m.due, -m.loss, m.id))

    def tried(self, moment_id: str, date: date, loss: float, branch: str | None = None) -> Moment:
        """Keep a try, and return where the moment stands now; raises KeyError for an unknown one.

        `loss` in points of score below the best move; `branch` the entry that the try made.
        """
        self.moment(moment_id)
        self._change(partial(_with_try, moment_id, Try(date=date, loss=loss, branch=branch)))
        return self.moment(moment_id)

    def transcript_of(self, moment: Moment) -> Transcript:
        """The game a moment comes from; raises :class:`ScenarioError` (R or RD code)."""
        copy = self._copies.get(moment.transcript)
        return copy or load_transcript(self.copy_of(moment))

    def copy_of(self, moment: Moment) -> Path:
        """The file in which that game is kept, once it was saved."""
        return files.copy_path(self.folder, moment.transcript)

    def keep_lines(self, moment: Moment, game: Transcript) -> None:
        """Replace that file at once by the game with what was tried in it; raises OSError.

        Where it was erased meanwhile it stays so, and this is a FileNotFoundError.
        """
        files.replace_copy(self.folder, moment.transcript, game)

    def add_test(self, date: date, test: str, form: str, result: Mapping[str, float]) -> None:
        """Keep what a self-test or judgment test came to."""
        new = Assessment(date=date, test=test, form=form, result=dict(result))
        self._change(partial(_with_test, new))

    def summary(self) -> Summary:
        return summed_up(self.book)

    def save(self) -> None:
        """Make the changes on what the file holds now, and replace it in one step.

        Raises :class:`ScenarioError`: W001 where nothing can be written, or as :meth:`load`. The
        changes are then kept for the next time.
        """
        if not self._changes:
            return
        with files.writing(self.folder) as made:
            book = _read(self.folder)
            for change in self._changes:
                book = change(book)
            for digest, game in self._copies.items():
                files.keep_copy(self.folder, digest, game, made)
            replace_file(self.folder / files.FILE, as_text(book).encode())
        self.book = book
        self._changes.clear()
        self._copies.clear()

    def export(self, path: Path) -> list[str]:
        """Write everything that is kept about the person into a zip: see :func:`files.export`."""
        return files.export(self.folder, path)

    def erase(self, saves: bool = False) -> files.Erased:
        """Remove it all, unsaved changes too, and on request the saves: see :func:`files.erase`."""
        gone = files.erase(self.folder, saves)
        self.book = Book()
        self._changes.clear()
        self._copies.clear()
        return gone

    def _change(self, change: Change) -> None:
        self.book = change(self.book)
        self._changes.append(change)


# --- the file -----------------------------------------------------------------------------------


def as_text(book: Book) -> str:
    """The file's text: laid out so that its owner can read it without this program."""
    return json.dumps(book.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def _read(folder: Path) -> Book:
    raw = files.read(folder)
    if raw is None:
        return Book()
    shown = str(folder / files.FILE)
    found: Any = None
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        if raw.lstrip()[:1] == b"{" and FORMAT.partition("/")[0].encode() in raw[:200]:
            raise _damaged("the file breaks off or is garbled", shown) from None
    named = found.get("format") if isinstance(found, dict) else None
    if not isinstance(named, str) or not named.startswith(FORMAT.partition("/")[0] + "/"):
        what = f"this is “{str(named)[:60]}”" if named else "this is something else"
        raise refused("PR001", what, shown, f"format: {FORMAT}", _ASIDE)
    if named != FORMAT:
        raise refused(
            "PR003", f"the format is {named[:60]}", shown, FORMAT,
            "open it with the version of the program that wrote it, or " + _ASIDE,
        )  # fmt: skip
    try:
        return Book.model_validate_json(raw, strict=True)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step)[:40] for step in first["loc"][:6])
        what = f"“{where}” is not as it should be" if where else "a record is there twice"
        raise _damaged(what, shown) from None


def _damaged(what: str, shown: str) -> ScenarioError:
    return refused("PR002", what, shown, "a profile as the program wrote it", _ASIDE)


_ASIDE = "longlunch profile set-aside keeps it under another name, and a new one begins"

__all__ = [
    "FORMAT", "Assessment", "Book", "Lost", "Moment", "Month", "Profile", "ReadRecord",
    "ReviewRecord", "Summary", "Try", "as_text", "digest_of", "lost_of", "played", "record_of",
    "summed_up",
]  # fmt: skip
