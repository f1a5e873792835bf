"""What a new scenario is begun from: answers, each read and refused in one place.

The same readers serve the questions of `longlunch new` and its flags.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from game.scenario.diagnostics import printable
from game.scenario.packages import option_text

PRONOUNS = ("he", "she", "they")
POLES = (0.1, 0.5, 0.9)  # d of the three choices of a question about behaviour
BEHAVIOUR = {
    "price_early": 2,
    "old_quarrel": 1,
    "evening": 1,
}  # question: index of what Enter takes
SURENESS = {"well": 0.06, "met": 0.12, "guess": 0.2}  # sd of diffuseness

_LONGEST = 80  # characters of an answer
_PRICE = re.compile(r"[0-9]{1,3}(?:[ ,’'][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_PLACES = 4  # decimal places of a price at most
_LOWEST, _HIGHEST = Decimal("0.01"), Decimal(10) ** 9
_MOST_OPTIONS = 8
_MOST_TURNS, _MOST_MEETINGS = 60, 6


class Unusable(ValueError):
    """An answer that cannot be used; ``expected`` says what could."""

    def __init__(self, message: str, expected: str) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected


def mean_place(places: Sequence[float]) -> float:
    """The diffuseness that answers about behaviour come to."""
    return round(sum(places) / len(places), 2)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that a new scenario is made of. Prices run from the seller's best down."""

    id: str
    title: str
    selling: str = "a cold room for the catch"
    name: str = "Nuria Bosch"
    role: str = "Chair of the fishers' cooperative"
    pronoun: str = "she"
    diffuseness: float = mean_place([POLES[k] for k in BEHAVIOUR.values()])
    sd: float = 0.12
    currency: str = "EUR"
    price_from: Decimal = Decimal(48_000)
    price_to: Decimal = Decimal(39_000)
    issue: str = "delivery"
    options: tuple[str, ...] = ("September", "July", "May")
    meetings: int = 1
    turns: int = 16


# --- readers ----------------------------------------------------------------------------------


def words(text: str) -> str:
    """A short text of one line."""
    tidy = " ".join(text.split())
    if not tidy:
        raise Unusable("there is nothing in it", "some words")
    if len(tidy) > _LONGEST:
        raise Unusable(f"{len(tidy)} characters are too many", f"at most {_LONGEST} characters")
    if printable(tidy) != tidy:
        raise Unusable("a character in it cannot be shown", "letters, digits and signs")
    if any(sign in tidy for sign in "{}"):
        raise Unusable("braces are for what the game fills in", "words without { and }")
    return tidy


def pronoun(text: str) -> str:
    """One of he, she, they."""
    word = text.strip().lower()
    if word not in PRONOUNS:
        raise Unusable(f"“{text.strip()[:20]}” is none of the three", "he, she or they")
    return word


def currency(text: str) -> str:
    """A currency or another unit of the price; may be empty."""
    return words(text) if text.strip() else ""


def price(text: str) -> Decimal:
    """An amount above 0: `48,000`, `39.50`, `.8`."""
    tidy = text.strip()
    if not _PRICE.fullmatch(tidy):
        raise Unusable(f"“{tidy[:30]}” is no amount", "a number above 0, such as 48000 or 39.50")
    try:
        amount = Decimal(re.sub(r"[ ,’']", "", tidy)).normalize()
    except InvalidOperation:
        raise Unusable(f"“{tidy[:30]}” is no amount", "a number above 0") from None
    exponent = amount.as_tuple().exponent
    if not _LOWEST <= amount <= _HIGHEST or (isinstance(exponent, int) and -exponent > _PLACES):
        raise Unusable(
            f"“{tidy[:30]}” is too large, too small or too fine",
            f"a number from {_LOWEST} to {_HIGHEST:,} with at most {_PLACES} decimal places",
        )
    return amount


def options(text: str) -> tuple[str, ...]:
    """Choices with commas between, from the seller's best to the buyer's."""
    found = tuple(words(part) for part in text.split(",") if part.strip())
    if not 2 <= len(found) <= _MOST_OPTIONS:
        raise Unusable(f"{len(found)} choices", f"2 to {_MOST_OPTIONS} choices with commas between")
    for one in found:
        if any(sign in one for sign in ";=@:"):
            raise Unusable(f"“{one[:30]}” cannot be written in a move", "choices without ; = @ :")
    if len({option_text(one) for one in found}) < len(found):
        raise Unusable("two choices are the same", "different choices")
    return found


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise Unusable(f"“{text.strip()[:20]}” is not on the scale", "a number from 0 to 1")
    return round(value, 3)


def sureness(text: str) -> float:
    """The spread of one of the words of :data:`SURENESS`."""
    word = text.strip().lower()
    if word not in SURENESS:
        raise Unusable(f"“{text.strip()[:20]}” is none of them", ", ".join(SURENESS))
    return SURENESS[word]


def count(most: int, text: str) -> int:
    """A whole number from 1 on."""
    tidy = text.strip()
    if not (tidy.isascii() and tidy.isdigit() and 1 <= int(tidy[:9]) <= most):
        raise Unusable(f"“{tidy[:20]}” does not do", f"a whole number from 1 to {most}")
    return int(tidy)


def meetings(text: str) -> int:
    """How many meetings."""
    return count(_MOST_MEETINGS, text)


def turns(text: str) -> int:
    """How many turns a meeting has."""
    return count(_MOST_TURNS, text)


def choice(among: int, text: str) -> int:
    """The index of a choice given by its number, from 1."""
    return count(among, text) - 1


def price_beside(other: Decimal, text: str) -> Decimal:
    """A price that differs from another one."""
    amount = price(text)
    if amount == other:
        raise Unusable("both prices are the same", "two different prices")
    return amount


def below(amount: Decimal) -> Decimal:
    """A round price about a fifth below another one."""
    return _round(amount * Decimal("0.81"))


def above(amount: Decimal) -> Decimal:
    """A round price about a quarter above another one."""
    return min(_round(amount * Decimal("1.24")), _HIGHEST)


def _round(amount: Decimal) -> Decimal:
    """To two digits; never to nothing."""
    unit = Decimal(1).scaleb(max(amount.adjusted() - 1, -_PLACES))
    return (amount / unit).to_integral_value() * unit


# --- ids ----------------------------------------------------------------------------------------


def slug(text: str, joint: str = "-", most: int = 40) -> str:
    """The id that a text suggests: `Corner Bakery` → `corner-bakery`; may come out empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)
    word = re.sub(r"^[^a-z]+", "", word)
    return word[:most].strip(joint)


def title_of(id: str) -> str:
    """The title that an id suggests: `corner-bakery` → `Corner bakery`."""
    return id.replace("-", " ").capitalize()
