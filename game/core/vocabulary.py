"""The finite words of the rules: phases, endings, beliefs, observations.

The integer values are array codes; transcripts and JSON use the lower-case names.
"""

from __future__ import annotations

from enum import IntEnum


class Phase(IntEnum):
    PREPARE = 0
    TABLE = 1
    AFTER = 2
    BETWEEN = 3
    ENDED = 4


class Ending(IntEnum):
    """How the (first) deal of an engagement ended; the core never says win or lose."""

    NONE = 0
    AGREEMENT = 1
    IMPASSE = 2
    WALKAWAY = 3
    DEADLINE = 4
    PARTED = 5


class Belief(IntEnum):
    """The three beliefs that trust is made of (Mayer, Davis & Schoorman 1995)."""

    ABILITY = 0
    BENEVOLENCE = 1
    INTEGRITY = 2


class Group(IntEnum):
    """Topic groups: beliefs are held per group and spill across groups with diffuseness."""

    PEOPLE = 0
    PRODUCT = 1
    SERVICE = 2


class Depth(IntEnum):
    PUBLIC = 0
    SEMI = 1
    PRIVATE = 2


class Reaction(IntEnum):
    """What can be noticed after a move, from closing to opening."""

    CLOSES = 0
    COOLS = 1
    STILL = 2
    WARMS = 3
    OPENS = 4


class Manner(IntEnum):
    """How an answer is put: straight, in between, or by way of a circle."""

    PLAIN = 0
    EVEN = 1
    CIRCLING = 2


class Answer(IntEnum):
    NONE = 0
    TOLD = 1
    EVADED = 2
    REFUSED = 3


class Response(IntEnum):
    """The answer to an offer."""

    NONE = 0
    ACCEPTS = 1
    COUNTERS = 2
    REJECTS = 3


class Initiative(IntEnum):
    """What the buyer starts of his own accord; the first seven leave a question open."""

    NONE = 0
    ASKS_PRICE = 1
    ASKS_RETURN = 2
    PERSONAL = 3
    DEMAND = 4
    NUMBERS = 5
    INVITES = 6
    MISSTATES = 7
    STALLS = 8
    DISMISSES = 9
    HANDS_OVER = 10


class Renewal(IntEnum):
    NONE = 0
    RENEWED = 1
    LEFT = 2


class Scope(IntEnum):
    """Breadth of an offer: this point, or the whole problem."""

    PLAIN = 0
    POINT = 1
    WHOLE = 2


class Stream(IntEnum):
    """Separate streams of chance, so that a seller's dice never move the buyer's."""

    DRAWS = 1
    BUYER = 2
    POLICY = 3


BELIEFS = len(Belief)
GROUPS = len(Group)
