"""Who is drawn: the words of a scenario, and features of their own for everybody.

What a scenario does not say follows from a hash of the person's id: the same id is the same
person, and inside every group features vary as they do between people. No feature follows from a
name, a country or a skin, but that the lightest skins come with every colour of eyes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import TypeVar

from game.figures.portrait_colour import HAIR_COLOURS

Word = TypeVar("Word")

HAIR = (
    "bald", "shaved", "cropped", "short", "side", "receding", "wavy", "curly", "afro", "locs",
    "pixie", "bob", "long", "tied", "bun", "braid",
)  # fmt: skip
SKINS = {
    "pale": 0.05, "fair": 0.11, "light": 0.19, "olive": 0.33, "medium": 0.42, "tan": 0.50,
    "brown": 0.63, "dark": 0.80, "deep": 0.92,
}  # fmt: skip
DRESS = (
    "suit", "jacket", "apron", "overall", "cardigan", "uniform", "blouse", "knit", "turtleneck",
    "vest", "shirt", "sari", "chef",
)  # fmt: skip
HEADWEAR = ("none", "cap", "beanie", "headscarf", "hijab", "turban")
PROPS = (
    "none", "cup", "mug", "glass", "papers", "notebook", "pencil", "glasses", "keys", "caliper",
    "ruler", "shackle", "phone", "tablet", "bread", "plant",
)  # fmt: skip
DETAILS = ("none", "earplugs", "pencil", "chain", "badge", "pen")
SHAPES = ("oval", "round", "square", "long", "heart", "broad")
EYES = ("almond", "round", "hooded", "single", "deep")
EYE_COLOURS = {
    "dark": "#35241C", "brown": "#56382A", "hazel": "#7A5B35", "green": "#61744F",
    "grey": "#66757D", "blue": "#56809B",
}  # fmt: skip
FRAMES = ("round", "square", "half", "oval", "wire")
BEARDS = ("none", "stubble", "short", "full", "goatee", "moustache")
EARRINGS = ("none", "stud", "drop", "hoop")
# Words that authors also use.
_SAME = {
    "ponytail": "tied", "grizzled": "salt", "gray": "grey", "blonde": "blond", "dreadlocks": "locs",
    "uniform coat": "uniform", "work vest": "vest", "sweater": "knit", "pullover": "knit",
    "coverall": "overall", "overalls": "overall", "blazer": "jacket", "brunette": "brown",
    "plait": "braid", "crew cut": "cropped", "dark brown": "dark", "hijab": "headscarf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """A person as drawn. Shares and strengths run from 0 to 1 with 0.5 in the middle."""

    id: str
    hair: str = "short"  # of HAIR
    hair_colour: str = "black"
    skin: float = 0.42  # 0 the lightest, 1 the darkest
    undertone: float = 0.0  # -1 rosy, 1 golden
    age: int = 50
    dress: str = "suit"  # of DRESS
    colour: int = 0  # which of the six colours that a dress comes in
    pronoun: str = "they"
    frame: float = 0.5  # of the bones: 0 fine, 1 heavy
    build: float = 0.5  # of the body: 0 slight, 1 broad
    shape: str = "oval"  # of SHAPES
    nose_width: float = 0.5
    nose_length: float = 0.5
    bridge: float = 0.5
    ears: float = 0.5
    eyes: str = "almond"  # of EYES
    eye_colour: str = "brown"  # of EYE_COLOURS
    eye_size: float = 0.5
    brows: float = 0.5
    brow_arch: float = 0.5
    lips: float = 0.5
    mouth: float = 0.5  # its width
    wrinkles: float = 0.5
    grey: float = 0.0  # how much of the hair has turned
    streak: bool = False  # one grey strand at the front
    mole: int = 0  # 0 none, else one of four places
    freckles: bool = False
    lipstick: float = 0.0
    beard: str = "none"  # of BEARDS
    glasses: str = "none"  # none or of FRAMES
    earrings: str = "none"  # of EARRINGS
    headwear: str = "none"  # of HEADWEAR
    prop: str = "cup"  # of PROPS
    detail: str = "none"  # of DETAILS


def face_of(
    id: str,
    hair: str = "short",
    hair_colour: str = "black",
    skin: str = "medium",
    age: int = 50,
    dress: str = "suit",
    glasses: bool = False,
    beard: bool = False,
    pronoun: str = "they",
) -> Face:
    """The face for what a scenario says of a portrait; every other feature follows from `id`.

    A word that is not known is drawn as the default of its kind: see `unknown_words`.
    """
    own = _Own(id)
    scarf = _known(hair) == "headscarf"  # hair under a hijab is a word of its own for `hair`
    hair, hair_colour, skin, dress = (_known(word) for word in (hair, hair_colour, skin, dress))
    woman, man = pronoun == "she", pronoun == "he"
    depth = SKINS.get(skin, SKINS["medium"])
    light = depth < 0.3
    return Face(
        id=id,
        hair=_cut(own, hair if hair in HAIR else "short", woman),
        hair_colour=hair_colour if hair_colour in HAIR_COLOURS else "black",
        skin=min(1.0, max(0.0, depth + own.near(0.0, 0.07))),
        undertone=own.near(0.15, 0.7),
        age=age,
        dress=dress if dress in DRESS else "suit",
        colour=int(own.share() * 6),
        pronoun=pronoun,
        frame=own.near(0.26 if woman else 0.74 if man else 0.5, 0.2),
        build=own.near(0.42 if woman else 0.5, 0.35),
        shape=own.one_of(SHAPES),
        nose_width=own.near(0.5, 0.42),
        nose_length=own.near(0.5, 0.4),
        bridge=own.near(0.5, 0.42),
        ears=own.near(0.5, 0.4),
        eyes=own.one_of(EYES),
        eye_colour=own.one_of(tuple(EYE_COLOURS)[: 6 if light else 3]),
        eye_size=own.near(0.5, 0.4),
        brows=own.near(0.34 if woman else 0.62, 0.3),
        brow_arch=own.near(0.6 if woman else 0.4, 0.35),
        lips=own.near(0.5, 0.4),
        mouth=own.near(0.5, 0.4),
        wrinkles=own.near(0.5, 0.3),
        streak=_turns(own, hair_colour, age),
        mole=1 + int(own.share() * 4) if own.share() < 0.2 else 0,
        freckles=own.share() < 0.15 and light,
        lipstick=own.near(0.5, 0.4) if woman else 0.0,
        beard=own.one_of(("short", "full", "short", "goatee")) if beard else "none",
        glasses=own.one_of(FRAMES) if glasses else "none",
        earrings=own.one_of(("none", "stud", "drop", "hoop", "stud")) if woman else "none",
        headwear="hijab" if scarf else "none",
        prop=own.one_of(("cup", "mug", "papers", "notebook", "glass", "phone", "pencil")),
    )


def unknown_words(**words: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Words of a `portrait:` that cannot be drawn: (key, word, the words that can)."""
    known = {
        "hair": (*HAIR, "hijab"),
        "hair_colour": tuple(HAIR_COLOURS),
        "skin": tuple(SKINS),
        "dress": DRESS,
    }
    return tuple(
        (key, word, known[key])
        for key, word in words.items()
        if key in known and _known(word) not in (*known[key], "headscarf")
    )


def _known(word: str) -> str:
    word = word.strip().lower().replace("_", " ")
    return _SAME.get(word, word)


def _cut(own: _Own, hair: str, woman: bool) -> str:
    """The cut that `short` means for this person."""
    cut = own.one_of(("pixie", "bob", "pixie")) if woman else own.one_of(("short", "side"))
    return cut if hair == "short" else hair


def _turns(own: _Own, hair_colour: str, age: int) -> bool:
    """Whether one strand of dark hair has gone grey; more often with the years."""
    dark = hair_colour in ("black", "dark", "brown", "chestnut")
    return own.share() < min(0.6, max(0.0, (age - 36) / 40)) and dark


class _Own:
    """Draws that depend on an id and on their place in the order alone."""

    def __init__(self, id: str) -> None:
        self._id = id
        self._drawn = 0

    def share(self) -> float:
        """In [0, 1)."""
        self._drawn += 1
        digest = blake2s(f"{self._id}/{self._drawn}".encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") / 2**32

    def near(self, middle: float, spread: float) -> float:
        """Around the middle, more often close to it than far."""
        return middle + spread * (self.share() + self.share() - 1.0)

    def one_of(self, words: Sequence[Word]) -> Word:
        return words[int(self.share() * len(words))]
