"""What a word of the command line may be; each raises ArgumentTypeError, which ends with U001."""

from __future__ import annotations

from argparse import ArgumentTypeError


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text[:40]}” is not a whole number") from None


def seed(text: str) -> int:
    """A seed, 0 to 2**32 − 1."""
    number = whole(text)
    if not 0 <= number < 1 << 32:
        raise ArgumentTypeError("a seed lies between 0 and 4294967295")
    return number


def share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"“{text[:40]}” is not a number from 0 to 1")
    return number
