"""The light of an hour: sky, land, room and lamps, continuous from early morning to night."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import pi, sin

Rgb = tuple[float, float, float]

FIRST, LAST = 5.0, 22.0  # hours; earlier and later ones look like these
_RISE, _SET = 6.2, 19.4  # hours of the sun, in a season of nowhere

# hour: sky above, sky at the horizon, land against it, light in the room, lamps (0 off, 1 on)
_KEYS: tuple[tuple[float, str, str, str, Rgb, float], ...] = (
    (5.0, "#16203F", "#3A4672", "#182040", (0.56, 0.51, 0.54), 1.0),
    (6.0, "#3C548C", "#E0A183", "#454A6C", (0.68, 0.63, 0.65), 0.9),
    (7.0, "#7DA4CA", "#F9CD9B", "#8A8090", (0.88, 0.85, 0.84), 0.5),
    (8.5, "#8FBAD6", "#F4E5C4", "#8F9CA8", (0.99, 0.97, 0.94), 0.06),
    (10.0, "#86B9DB", "#E4EFEA", "#879FB0", (1.0, 1.0, 0.98), 0.0),
    (13.0, "#7AB1DA", "#DAECF0", "#829DB2", (1.0, 1.0, 1.0), 0.0),
    (15.5, "#84B2D0", "#F3EACB", "#8F9DA6", (1.0, 0.985, 0.95), 0.0),
    (17.0, "#8FA8C2", "#FBD393", "#9C8A8C", (0.97, 0.92, 0.86), 0.2),
    (18.3, "#9388AC", "#FCA96B", "#8E5E6A", (0.86, 0.78, 0.74), 0.6),
    (19.3, "#57568C", "#F07F57", "#5C3F5E", (0.72, 0.65, 0.63), 0.92),
    (20.3, "#26325F", "#A0607A", "#2C2C50", (0.61, 0.55, 0.55), 1.0),
    (22.0, "#101936", "#2C3A68", "#121934", (0.54, 0.49, 0.50), 1.0),
)
_HOURS = tuple(key[0] for key in _KEYS)


@dataclass(frozen=True, slots=True)
class Light:
    """Colours are `#rrggbb`; shares run from 0 to 1."""

    hour: float
    sky: str  # overhead
    horizon: str
    land: str  # what stands against the horizon
    room: Rgb  # what a colour of the room is multiplied with
    lamp: float
    altitude: float  # of the sun: 1 at noon, 0 at the horizon, negative below
    side: float  # of the sun: -1 in the morning on the left, 1 in the evening on the right

    @property
    def direct(self) -> float:
        """How strongly the sun comes in through a window: low, but not yet gone."""
        up = max(0.0, self.altitude)
        return min(1.0, 5.0 * up) * (1.0 - 0.72 * up)

    @property
    def slant(self) -> float:
        """The length of a shadow for a height of 1, to the right; at most 3."""
        return -self.side * min(3.0, 0.55 / max(0.15, self.altitude))

    @property
    def wash(self) -> tuple[str, float]:
        """Colour and opacity of the air between the viewer and the people at the table."""
        evening = max(0.0, min(1.0, (self.hour - 15.5) / 3.0))
        late = max(0.0, min(1.0, (self.hour - 18.8) / 1.8))
        early = max(0.0, min(1.0, (8.0 - self.hour) / 1.5))
        warm = evening * (1.0 - 0.45 * late)
        colour = mix(mix("#F2A65A", "#5A4038", late), "#5A5A84", early)
        return colour, 0.07 * warm + 0.06 * late + 0.06 * early

    def lit(self, colour: str) -> str:
        """A colour of the room, as it looks at this hour."""
        return hexed(
            tuple(c * t for c, t in zip(rgb(colour), self.room, strict=True))  # type: ignore[arg-type]
        )

    def distant(self, nearness: float) -> str:
        """The land at a distance: 0 is lost in the haze of the horizon, 1 stands before it."""
        return mix(self.horizon, self.land, nearness)


def light_at(hour: float) -> Light:
    """The light of an hour (0 to 24); what lies before 5 or after 22 is clipped."""
    hour = min(max(hour, FIRST), LAST)
    after = min(bisect_right(_HOURS, hour), len(_KEYS) - 1)
    one, two = _KEYS[after - 1], _KEYS[after]
    t = (hour - one[0]) / (two[0] - one[0])
    day = (hour - _RISE) / (_SET - _RISE)
    return Light(
        hour=hour,
        sky=mix(one[1], two[1], t),
        horizon=mix(one[2], two[2], t),
        land=mix(one[3], two[3], t),
        room=blend(one[4], two[4], t),
        lamp=one[5] + (two[5] - one[5]) * t,
        altitude=sin(pi * day) if -0.5 < day < 1.5 else -1.0,
        side=min(1.0, max(-1.0, 2.0 * day - 1.0)),
    )


def rgb(colour: str) -> Rgb:
    """`#rrggbb` as shares."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def hexed(colour: Rgb) -> str:
    """Shares as `#rrggbb`, clipped."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, c))):02X}" for c in colour)


def blend(one: Rgb, two: Rgb, t: float) -> Rgb:
    red, green, blue = (a + (b - a) * t for a, b in zip(one, two, strict=True))
    return red, green, blue


def mix(one: str, two: str, t: float) -> str:
    """A colour between two: the first at 0, the second at 1."""
    return hexed(blend(rgb(one), rgb(two), t))
