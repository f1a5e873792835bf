"""The people of the shipped scenarios, and six more for authors,
each with features of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.figures.portrait_face import Face, face_of


@dataclass(frozen=True, slots=True)
class _Words:
    """What a scenario says of somebody: only who answers to it is drawn as that person."""

    hair: str
    hair_colour: str
    skin: str
    age: int
    dress: str
    glasses: bool = False
    beard: bool = False
    pronoun: str = "they"


def _person(id: str, words: _Words, **features: object) -> tuple[str, tuple[_Words, Face]]:
    face = face_of(
        id, words.hair, words.hair_colour, words.skin, words.age, words.dress, words.glasses,
        words.beard, words.pronoun,
    )  # fmt: skip
    return id, (words, replace(face, **features))  # type: ignore[arg-type]


_PEOPLE: dict[str, tuple[_Words, Face]] = dict(
    (
        _person(
            "kang", _Words("short", "grey", "light", 63, "suit", True, False, "he"),
            hair="short", skin=0.26, undertone=0.5, shape="long", frame=0.62, build=0.45,
            nose_width=0.48, nose_length=0.55, bridge=0.45, eyes="hooded", eye_colour="dark",
            brows=0.62, brow_arch=0.35, lips=0.4, mouth=0.5, ears=0.75, glasses="half", colour=0,
            prop="cup", detail="none", mole=0, wrinkles=0.55, freckles=False, eye_size=0.45,
        ),
        _person(
            "ogawa", _Words("short", "black", "light", 46, "overall", False, False, "she"),
            hair="bob", skin=0.22, undertone=0.35, shape="oval", frame=0.3, build=0.3,
            nose_width=0.35, nose_length=0.35, bridge=0.35, eyes="single", eye_colour="dark",
            brows=0.4, brow_arch=0.4, lips=0.5, mouth=0.42, ears=0.4, colour=1, prop="caliper",
            detail="earplugs", earrings="none", lipstick=0.1, streak=False, mole=2, wrinkles=0.4,
            freckles=False, eye_size=0.55,
        ),
        _person(
            "dale", _Words("curly", "black", "dark", 50, "overall", True, False, "she"),
            skin=0.79, undertone=0.35, shape="heart", frame=0.42, build=0.58, nose_width=0.72,
            nose_length=0.45, bridge=0.45, eyes="almond", eye_colour="dark", brows=0.5,
            brow_arch=0.62, lips=0.78, mouth=0.62, ears=0.4, glasses="round", colour=0, prop="keys",
            earrings="hoop", lipstick=0.25, streak=True, mole=0, wrinkles=0.45, detail="badge",
            eye_size=0.6,
        ),
        _person(
            "ostrowski", _Words("short", "grey", "light", 59, "suit", True, False, "he"),
            hair="receding", skin=0.13, undertone=-0.4, shape="square", frame=0.78, build=0.66,
            nose_width=0.55, nose_length=0.78, bridge=0.8, eyes="deep", eye_colour="grey",
            brows=0.8, brow_arch=0.28, lips=0.28, mouth=0.5, ears=0.65, glasses="square", colour=1,
            prop="ruler", detail="none", mole=0, wrinkles=0.65, freckles=False, eye_size=0.4,
        ),
        _person(
            "terhorst", _Words("short", "grey", "light", 58, "cardigan", True, False, "she"),
            hair="bob", hair_colour="silver", skin=0.1, undertone=-0.3, shape="long", frame=0.46,
            build=0.5, nose_width=0.45, nose_length=0.7, bridge=0.75, eyes="deep",
            eye_colour="blue", brows=0.3, brow_arch=0.5, lips=0.35, mouth=0.6, ears=0.5,
            glasses="oval", colour=2, prop="papers", earrings="stud", lipstick=0.15, mole=0,
            wrinkles=0.6, freckles=True, streak=False, eye_size=0.5, detail="none",
        ),
        _person(
            "maillard", _Words("short", "grey", "light", 55, "suit", True, False, "she"),
            hair="pixie", hair_colour="grey", skin=0.2, undertone=0.1, shape="heart", frame=0.3,
            build=0.34, nose_width=0.4, nose_length=0.6, bridge=0.7, eyes="almond",
            eye_colour="green", brows=0.45, brow_arch=0.85, lips=0.5, mouth=0.55, ears=0.4,
            glasses="wire", colour=4, prop="notebook", earrings="drop", lipstick=0.75, mole=1,
            wrinkles=0.5, freckles=False, streak=False, eye_size=0.6, detail="none",
        ),
        _person(
            "kurian", _Words("tied", "black", "brown", 37, "blouse", False, False, "she"),
            skin=0.6, undertone=0.4, shape="oval", frame=0.3, build=0.4, nose_width=0.5,
            nose_length=0.55, bridge=0.6, eyes="round", eye_colour="dark", brows=0.62,
            brow_arch=0.7, lips=0.66, mouth=0.55, ears=0.45, colour=0, prop="mug",
            earrings="stud", lipstick=0.4, mole=0, wrinkles=0.4, streak=False, detail="chain",
            eye_size=0.7,
        ),
        _person(
            "dalgleish", _Words("short", "grey", "light", 62, "overall", True, False, "he"),
            hair="bald", hair_colour="white", skin=0.12, undertone=-0.7, shape="round", frame=0.8,
            build=0.85, nose_width=0.75, nose_length=0.6, bridge=0.5, eyes="round",
            eye_colour="blue", brows=0.85, brow_arch=0.45, lips=0.4, mouth=0.6, ears=0.8,
            glasses="half", colour=3, prop="mug", detail="pencil", mole=0, wrinkles=0.6,
            freckles=False, beard="moustache", eye_size=0.45,
        ),
        _person(
            "okafor", _Words("cropped", "salt", "deep", 57, "jacket", False, True, "he"),
            skin=0.9, undertone=-0.1, shape="broad", frame=0.7, build=0.7, nose_width=0.66,
            nose_length=0.5, bridge=0.55, eyes="almond", eye_colour="dark", brows=0.6, lips=0.68,
            beard="short", colour=5, prop="papers", mole=0, detail="none",
        ),
        _person(
            "lindqvist", _Words("side", "blond", "fair", 34, "knit", False, False, "he"),
            skin=0.06, undertone=-0.2, shape="oval", frame=0.6, build=0.42, nose_width=0.42,
            nose_length=0.6, bridge=0.62, eyes="hooded", eye_colour="green", brows=0.5, lips=0.5,
            beard="stubble", colour=1, prop="tablet", mole=3, freckles=True, detail="none",
        ),
        _person(
            "rahmani", _Words("long", "dark", "olive", 41, "jacket", False, False, "she"),
            skin=0.36, undertone=0.3, shape="oval", frame=0.34, build=0.4, nose_width=0.5,
            nose_length=0.72, bridge=0.85, eyes="almond", eye_colour="hazel", brows=0.75,
            brow_arch=0.6, lips=0.6, headwear="headscarf", colour=4, prop="glass", lipstick=0.45,
            earrings="none", mole=0, streak=False, detail="none",
        ),
        _person(
            "tavares", _Words("wavy", "brown", "tan", 29, "chef", False, False, "they"),
            skin=0.48, undertone=0.2, shape="heart", frame=0.48, build=0.45, nose_width=0.52,
            nose_length=0.45, bridge=0.5, eyes="round", eye_colour="brown", brows=0.58, lips=0.6,
            colour=2, prop="bread", earrings="stud", mole=4, detail="none", streak=False,
        ),
        _person(
            "mbeki", _Words("afro", "salt", "dark", 68, "uniform", True, False, "she"),
            skin=0.74, undertone=0.5, shape="round", frame=0.4, build=0.66, nose_width=0.62,
            nose_length=0.5, bridge=0.4, eyes="hooded", eye_colour="brown", brows=0.4, lips=0.6,
            glasses="square", colour=3, prop="phone", earrings="drop", lipstick=0.3, mole=0,
            detail="none",
        ),
        _person(
            "castillo", _Words("braid", "black", "tan", 77, "apron", False, False, "she"),
            skin=0.53, undertone=0.3, shape="square", frame=0.42, build=0.55, nose_width=0.58,
            nose_length=0.6, bridge=0.66, eyes="deep", eye_colour="dark", brows=0.35, lips=0.42,
            grey=0.62, colour=5, prop="plant", earrings="hoop", lipstick=0.0, mole=0,
            wrinkles=0.8, detail="none", streak=False,
        ),
    )
)  # fmt: skip

PEOPLE: dict[str, Face] = {id: face for id, (_, face) in _PEOPLE.items()}


def face_in(
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
    """The person drawn for a buyer's id and `portrait:`.

    Somebody of ours if id and words are theirs, else a face for these words.
    """
    words = _Words(hair, hair_colour, skin, age, dress, glasses, beard, pronoun)
    known = _PEOPLE.get(id)
    if known is not None and known[0] == words:
        return known[1]
    return face_of(id, hair, hair_colour, skin, age, dress, glasses, beard, pronoun)
