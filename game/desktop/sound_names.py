"""Every sound by its name, apart from how it is made: names are wanted long before samples."""

from __future__ import annotations

RATE = 32_000  # samples a second
THINGS = (
    "cup", "paper", "pen", "chair", "door", "phone", "focus", "confirm", "page", "refuse",
)  # fmt: skip
VARIANTS = 3  # of every thing, so that no two cups in a row are the same
ROOMS = ("room", "rain", "harbour", "factory", "restaurant", "tea_house", "terminal")
TONES = ("closes", "cools", "still", "warms", "opens")  # reactions, as the rules name them
