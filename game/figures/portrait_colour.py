"""Colours of a person: mixed in OKLab, so that equal steps look equal on every skin."""

from __future__ import annotations

from dataclasses import dataclass

Lab = tuple[float, float, float]


def mix(one: str, other: str, share: float) -> str:
    """Between two `#rrggbb` colours: share 0 is the first, 1 the other."""
    share = min(1.0, max(0.0, share))
    a, b = _lab(one), _lab(other)
    return _hex((_at(a[0], b[0], share), _at(a[1], b[1], share), _at(a[2], b[2], share)))


def lightness(colour: str) -> float:
    """As it is seen: 0 black, 1 white."""
    return _lab(colour)[0]


def shaded(colour: str, by: float) -> str:
    """Away from the window: darker by a share of the lightness, and a little warmer."""
    light, a, b = _lab(colour)
    return _hex((light * (1.0 - by), a * (1.0 + 0.6 * by) + 0.03 * by, b * (1.0 - 0.1 * by)))


def lit(colour: str, by: float) -> str:
    """Towards the window: lighter, and a little yellower."""
    light, a, b = _lab(colour)
    return _hex((light + (1.0 - light) * by, a * (1.0 - 0.4 * by), b + 0.02 * by))


def _at(one: float, other: float, share: float) -> float:
    return one + (other - one) * share


def _lab(colour: str) -> Lab:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122 * red + 0.5363 * green + 0.0515 * blue) ** (1 / 3)
    middle = (0.2119 * red + 0.6807 * green + 0.1074 * blue) ** (1 / 3)
    short = (0.0883 * red + 0.2817 * green + 0.6300 * blue) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


def _hex(lab: Lab) -> str:
    long = (lab[0] + 0.3963 * lab[1] + 0.2158 * lab[2]) ** 3
    middle = (lab[0] - 0.1056 * lab[1] - 0.0639 * lab[2]) ** 3
    short = (lab[0] - 0.0895 * lab[1] - 1.2915 * lab[2]) ** 3
    parts = (
        4.0767 * long - 3.3077 * middle + 0.2310 * short,
        -1.2684 * long + 2.6098 * middle - 0.3413 * short,
        -0.0042 * long - 0.7034 * middle + 1.7076 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(part)):02X}" for part in parts)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * float(value ** (1 / 2.4)) - 0.055
    return min(1.0, max(0.0, curved))


# From the lightest to the darkest; a skin's depth (0 to 1) lies anywhere between two of them.
_SKINS = (
    "#F6DAC5", "#F0C8A9", "#E6B68F", "#D6A077", "#BE8559", "#9F6841", "#7E4F32", "#5F3A28",
    "#492C22",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skin:
    """The tones of a skin under light from the window, and the lips'."""

    base: str
    light: str
    shade: str
    deep: str  # lines and what lies in shadow twice
    blush: str
    lip: str
    lip_low: str
    white: str  # of the eye


def skin_of(depth: float, undertone: float, made_up: float) -> Skin:
    """Depth 0 light to 1 dark; undertone -1 rosy to 1 golden; made_up 0 to 1 for the lips."""
    steps = len(_SKINS) - 1
    place = min(1.0, max(0.0, depth)) * steps
    index = min(int(place), steps - 1)
    base = mix(_SKINS[index], _SKINS[index + 1], place - index)
    base = mix(base, "#D98A78" if undertone < 0 else "#CC9A4E", 0.10 * abs(undertone))
    red = "#A8443F" if depth < 0.55 else "#7A2F36"
    lip = mix(shaded(base, 0.14), red, 0.34 + 0.2 * made_up)
    return Skin(
        base=base,
        light=lit(base, 0.16),
        shade=shaded(base, 0.105 + 0.03 * depth),
        deep=shaded(base, 0.34 - 0.02 * depth),
        blush=mix(base, "#D0604C" if depth < 0.5 else "#A8443A", 0.45),
        lip=lip,
        lip_low=mix(lip, base, 0.34 - 0.1 * made_up),
        white=mix("#FBF5EB", base, 0.10),
    )


HAIR_COLOURS = {
    "black": "#26232B", "dark": "#33272A", "brown": "#5B3D2B", "chestnut": "#70402A",
    "auburn": "#83422B", "red": "#A9532D", "blond": "#C79A58", "fair": "#D8B981",
    "grey": "#7F8086", "silver": "#A9ABB0", "white": "#DAD7D0", "salt": "#5C5B62",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hair:
    base: str
    light: str
    shade: str
    strand: str  # a fine line in the lit part
    brow: str


def hair_of(colour: str, grey: float) -> Hair:
    """A colour word of HAIR_COLOURS, and how much of it has turned grey (0 to 1)."""
    base = mix(HAIR_COLOURS[colour], "#A3A3A8", 0.75 * grey)
    brow = mix(
        mix(HAIR_COLOURS[colour], "#8B8A90", 0.6 * grey),
        "#3A3438",
        0.55 if lightness(base) > 0.55 else 0.2,
    )
    return Hair(
        base=base,
        light=lit(base, 0.13),
        shade=shaded(base, 0.17),
        strand=lit(base, 0.27),
        brow=brow,
    )
