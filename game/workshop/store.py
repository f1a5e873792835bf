"""Where sessions are kept: one log a session, in SQLite by default, through SQLAlchemy Core.

An append is on disk when it returns: SQLite runs with a write-ahead log and full syncing, so not
even a power cut takes back what was acknowledged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from game.scenario.diagnostics import Diagnostic, LongLunchError
from game.workshop import tokens
from game.workshop.room.log import Record
from game.workshop.store_tables import ABOUT, LOG, META, REVIEWS, SESSIONS, TEXTS

VERSION = 1
_FOR_WRITERS, _FOR_READERS = 5000, 200  # ms to wait for who else uses the file
_FILE, _JOURNAL = "file", "journal"  # where traces may be left: everywhere, or in SQLite's log


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it is listed. Times are seconds since 1970."""

    id: str
    title: str
    created: float
    keep_until: float | None
    secret: str


@dataclass(frozen=True, slots=True)
class Source:
    """One scenario's texts: the names of all its files, and which is its own."""

    main: str
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeptReview:
    """The review of one table in a language. `digest` says what it is a review of."""

    table: str
    lang: str
    digest: str
    text: str


class StoreError(LongLunchError):
    """H001: the store cannot be opened, read or written."""

    def __init__(self, doing: str, problem: Exception, place: str = "") -> None:
        cause = getattr(problem, "orig", None) or problem
        super().__init__(
            [
                Diagnostic(
                    "H001",
                    f"the sessions cannot be {doing}: {_why(cause)}",
                    file=place,
                    expected="a database that can be written to",
                    fix="make room on the disk, or name another one with --store",
                )
            ]
        )

    @property
    def exit_status(self) -> int:
        return 2


class Traces(StoreError):
    """H001: what was to go has gone, but the file that held it could not be written anew.

    The store remembers that, so :meth:`Store.scrub` may be tried again at any time.
    """

    def __init__(self, problem: Exception, place: str = "") -> None:
        cause = getattr(problem, "orig", None) or problem
        super(StoreError, self).__init__(
            [
                Diagnostic(
                    "H001",
                    f"it is erased, but traces may be left in the file: {_why(cause)}",
                    file=place,
                    expected="room on the disk for a copy of the file, and nobody else reading it",
                    fix="make room; “longlunch sessions erase --due” and every server try it again",
                )
            ]
        )


def _why(cause: object) -> str:
    """The first line of what went wrong; its kind, where it has no words."""
    return (str(cause).splitlines() or [type(cause).__name__])[0][:200]


class Store:
    """Sessions and their logs. Methods may be called from any thread and raise StoreError."""

    def __init__(self, url: str) -> None:
        self.place = url
        try:
            parsed = make_url(url)
            self._engine = create_engine(parsed, **_options(parsed.get_backend_name()))
        except (ArgumentError, ImportError, ValueError, TypeError) as problem:
            raise StoreError("opened", problem, url) from None
        self.place = parsed.render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite":
            event.listen(self._engine, "connect", _durable)
        with self._at_work("opened"):
            META.create_all(self._engine)
            self._check_version()

    def _check_version(self) -> None:
        with self._engine.begin() as db:
            about = ABOUT.c.value
            found = db.scalar(select(about).where(ABOUT.c.name == "version"))
            if found is None:
                db.execute(insert(ABOUT).values(name="version", value=str(VERSION)))
            elif found != str(VERSION):
                raise StoreError(
                    "opened", ValueError(f"they were kept by version {found} of the store")
                )

    @contextmanager
    def _at_work(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as problem:
            raise StoreError(doing, problem, self.place) from problem

    # --- sessions ---------------------------------------------------------------------------

    def create(self, session: Kept, scenarios: Sequence[Source], first: Sequence[Record]) -> None:
        """Keep a new session with its scenarios and first records."""
        with self._at_work("written"), self._engine.begin() as db:
            db.execute(
                insert(SESSIONS).values(
                    id=session.id, title=session.title[:200], created=session.created,
                    keep_until=session.keep_until, secret=session.secret,
                )
            )  # fmt: skip
            for place, source in enumerate(scenarios):
                _keep_source(db, session.id, place, source)
            _write(db, [(session.id, record) for record in first])

    def add_scenario(self, session: str, place: int, source: Source) -> None:
        """Keep one more scenario of a session."""
        with self._at_work("written"), self._engine.begin() as db:
            _keep_source(db, session, place, source)

    def sessions(self) -> list[Kept]:
        """Every session, the newest first."""
        with self._at_work("read"), self._engine.connect() as db:
            rows = db.execute(select(SESSIONS).order_by(SESSIONS.c.created.desc()))
            return [Kept(r.id, r.title, r.created, r.keep_until, r.secret) for r in rows]

    def scenarios(self, session: str) -> list[Source]:
        """A session's scenarios, in their places."""
        found = select(TEXTS).where(TEXTS.c.session == session).order_by(TEXTS.c.place)
        with self._at_work("read"), self._engine.connect() as db:
            return [Source(row.main, json.loads(row.sources)) for row in db.execute(found)]

    def keep_until(self, session: str, when: float | None) -> None:
        """Set the day after which a session is erased; None keeps it."""
        with self._at_work("written"), self._engine.begin() as db:
            change = update(SESSIONS).where(SESSIONS.c.id == session)
            db.execute(change.values(keep_until=when))

    def erase(self, session: str) -> None:
        """Take a session away; :meth:`scrub` is to follow, or traces of it stay in the file."""
        with self._at_work("erased"), self._engine.begin() as db:
            for table in (REVIEWS, LOG, TEXTS):
                db.execute(delete(table).where(table.c.session == session))
            db.execute(delete(SESSIONS).where(SESSIONS.c.id == session))
            self._mark(db, _FILE)

    # --- traces -----------------------------------------------------------------------------

    def scrub(self) -> None:
        """Overwrite what was erased: SQLite leaves old pages in its files until they are written
        anew. Does nothing where nothing is left; raises Traces where something may be.

        Another program that is reading the file keeps its log from being emptied, which SQLite
        tells in an answer and not as an error.
        """
        try:
            left = self._left()
            if not left:
                return
            with self._engine.connect() as db:
                db.execution_options(isolation_level="AUTOCOMMIT")
                if left.startswith(_FILE):
                    db.execute(text("VACUUM"))
                    left = self._mark(db, _JOURNAL, left)
                # Whoever waits for a reader holds up the moves.
                db.execute(text(f"PRAGMA busy_timeout={_FOR_READERS}"))
                try:
                    busy = db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
                finally:
                    db.execute(text(f"PRAGMA busy_timeout={_FOR_WRITERS}"))
                if busy:
                    raise OSError("another program is reading it")
                self._mark(db, "", left)
        except (SQLAlchemyError, OSError) as problem:
            raise Traces(problem, self.place) from problem

    @property
    def traces(self) -> bool:
        """Whether something that was erased may still stand in the file; raises StoreError."""
        with self._at_work("read"):
            return bool(self._left())

    def _left(self) -> str:
        with self._engine.connect() as db:
            return db.scalar(select(ABOUT.c.value).where(ABOUT.c.name == "traces")) or ""

    def _mark(self, db: Connection, left: str, instead: str | None = None) -> str:
        """Remember where traces are left, in the same transaction that leaves them: whatever ends
        the program before the file is clean, the next one knows.

        With `instead`, only where nobody has left others since; the mark that was made.
        """
        mark = f"{left} {tokens.new_id()}" if left else ""
        if self._engine.dialect.name == "sqlite":
            about, there = ABOUT.c, ABOUT.c.name == "traces"
            if instead is not None:
                db.execute(update(ABOUT).where(there, about.value == instead).values(value=mark))
            else:
                db.execute(delete(ABOUT).where(there))
                db.execute(insert(ABOUT).values(name="traces", value=mark))
        return mark

    # --- the log ----------------------------------------------------------------------------

    def append(self, records: Sequence[tuple[str, Record]]) -> None:
        """Write records of any sessions; all of them are on disk when this returns, or none."""
        with self._at_work("written"), self._engine.begin() as db:
            _write(db, records)

    def read(self, session: str, after: int = 0) -> list[Record]:
        """The records of a session with a greater `seq`, in order."""
        log = LOG.c
        found = (
            select(log.seq, log.at, log.actor, log.kind, log.data, log.key)
            .where(log.session == session, log.seq > after)
            .order_by(log.seq)
        )
        with self._at_work("read"), self._engine.connect() as db:
            return [
                Record(r.seq, r.at, r.actor, r.kind, json.loads(r.data), r.key or "")
                for r in db.execute(found)
            ]

    def rewrite(self, session: str, records: Sequence[Record]) -> None:
        """Replace kind and data of records that are there: a person is to be forgotten.

        All reviews of the session go, for they hold what people believed. :meth:`scrub` is to
        follow, or traces of what stood there stay in the file.
        """
        with self._at_work("written"), self._engine.begin() as db:
            for record in records:
                at = (LOG.c.session == session) & (LOG.c.seq == record.seq)
                now = {"kind": record.kind, "data": _packed(record.data)}
                db.execute(update(LOG).where(at).values(**now))
            db.execute(delete(REVIEWS).where(REVIEWS.c.session == session))
            self._mark(db, _FILE)

    # --- reviews ----------------------------------------------------------------------------

    def keep_reviews(self, session: str, found: Sequence[KeptReview]) -> None:
        """Keep reviews in the place of earlier ones of the same tables and languages."""
        reviews = REVIEWS.c
        with self._at_work("written"), self._engine.begin() as db:
            for one in found:
                there = (reviews.place == one.table) & (reviews.lang == one.lang)
                db.execute(delete(REVIEWS).where(reviews.session == session, there))
                db.execute(
                    insert(REVIEWS).values(
                        session=session, place=one.table, lang=one.lang, digest=one.digest,
                        review=one.text,
                    )
                )  # fmt: skip

    def reviews(self, session: str) -> list[KeptReview]:
        """The reviews that are kept of a session."""
        found = select(REVIEWS).where(REVIEWS.c.session == session)
        with self._at_work("read"), self._engine.connect() as db:
            return [KeptReview(r.place, r.lang, r.digest, r.review) for r in db.execute(found)]

    def size(self, session: str) -> int:
        """How many records a session has."""
        with self._at_work("read"), self._engine.connect() as db:
            count = select(func.count()).select_from(LOG).where(LOG.c.session == session)
            return int(db.scalar(count) or 0)

    def probe(self) -> None:
        """Write something without meaning; raises StoreError if nothing can be written."""
        with self._at_work("written"), self._engine.begin() as db:
            db.execute(delete(ABOUT).where(ABOUT.c.name == "probe"))
            db.execute(insert(ABOUT).values(name="probe", value="x" * 200))

    def close(self) -> None:
        self._engine.dispose()


def _options(backend: str) -> dict[str, Any]:
    return {} if backend == "sqlite" else {"pool_pre_ping": True}  # a server may have gone


def _durable(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
        f"busy_timeout={_FOR_WRITERS}", "secure_delete=ON",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _keep_source(db: Connection, session: str, place: int, source: Source) -> None:
    db.execute(
        insert(TEXTS).values(
            session=session, place=place, main=source.main, sources=_packed(source.sources)
        )
    )


def _write(db: Connection, records: Sequence[tuple[str, Record]]) -> None:
    rows = [
        {
            "session": session, "seq": r.seq, "at": r.at, "actor": r.actor, "kind": r.kind,
            "data": _packed(r.data), "key": r.key or None,
        }
        for session, r in records
    ]  # fmt: skip
    if rows:
        db.execute(insert(LOG), rows)


def _packed(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
