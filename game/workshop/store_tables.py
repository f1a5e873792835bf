"""The tables of the store, as any database of SQLAlchemy's makes them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

META = MetaData()
ABOUT = Table(
    "longlunch_about",
    META,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)
SESSIONS = Table(
    "longlunch_sessions",
    META,
    Column("id", String(32), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("created", Float(53), nullable=False),
    Column("keep_until", Float(53)),  # seconds since 1970; erased after it
    Column("secret", String(64), nullable=False),  # makes the session's tokens
)
TEXTS = Table(  # scenarios as they were on the day, so that a later edit changes no game
    "longlunch_texts",
    META,
    Column("session", ForeignKey("longlunch_sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("main", String(200), nullable=False),
    Column("sources", Text, nullable=False),
)
LOG = Table(
    "longlunch_log",
    META,
    Column("session", ForeignKey("longlunch_sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Float(53), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("data", Text, nullable=False),
    Column("key", String(120)),
    UniqueConstraint("session", "key", name="longlunch_once"),
)
REVIEWS = Table(  # of tables, which can be made again from the log, but take a while
    "longlunch_reviews",
    META,
    Column("session", ForeignKey("longlunch_sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("place", String(40), primary_key=True),  # the table in the room
    Column("lang", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("review", Text, nullable=False),
)
