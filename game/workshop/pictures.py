"""Pictures of the people at a table, each at an address that says all that is in it.

What an address says, the place, the hour, the faces, is what everybody at that table sees; nothing
hidden can be in it. Whoever sees the same is shown the same picture, which is drawn once.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from game import __version__
from game.figures.portrait_expression import Expression, Gaze, Posture
from game.figures.setting import KINDS
from game.looks.people import Look, Looks, Sitter
from game.looks.scene import Scene, scene_of, scene_svg
from game.scenario.model import Scenario
from game.session.game import Game
from game.session.table import Stand
from game.workshop.room.state import Room

_NARROW, _WIDE = (400.0, 432.0), (640.0, 400.0)  # px: of one person, of several
_MOST_SEED = 99
_MOST_PEOPLE = 8
_ADDRESS = re.compile(r"(\d{1,3})/([a-z_]+)-(\d{1,2})-(\d{1,2})/([a-z0-9_.~-]{1,400})\Z")

# People blink, each at times of their own, where nobody has asked for stillness. The moments are
# steps, not ways: between them a browser has nothing to draw.
BLINK = (
    "@media (prefers-reduced-motion:no-preference){"
    ".open{animation:open 11s step-end infinite}.shut{animation:shut 11s step-end infinite}"
    ".b1{animation-delay:-4.3s}.b2{animation-delay:-7.9s}.b3{animation-delay:-2.1s}"
    "@keyframes open{0%,28.3%,71.2%,74.3%{opacity:1}27%,70%,73.2%{opacity:0}}"
    "@keyframes shut{0%,28.3%,71.2%,74.3%{opacity:0}27%,70%,73.2%{opacity:1}}}"
)
_DIGEST = base64.b64encode(hashlib.sha256(BLINK.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; frame-ancestors 'none'"

_painter = ThreadPoolExecutor(1, "pictures")  # one: drawing must not crowd out the moves


@dataclass(frozen=True, slots=True)
class Plate:
    """A person as a name plate says it."""

    id: str
    name: str
    role: str
    speaks: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a scene is to be fetched, its size in px, and who is in it."""

    address: str
    width: int
    height: int
    plates: tuple[Plate, ...]


def picture_of(game: Game, place: int, at: Stand, speaker: str) -> Picture:
    """The scene at a table now; `place` counts the session's scenarios from 0."""
    scene = scene_of(game, at, Looks(game))
    wide, high = _size(scene)
    plates = tuple(Plate(s.id, s.name, s.role, s.id == speaker) for s in scene.sitters)
    return Picture(_written(place, scene, speaker), int(wide), int(high), plates)


def _size(scene: Scene) -> tuple[float, float]:
    return _NARROW if len(scene.sitters) < 2 else _WIDE


def _written(place: int, scene: Scene, speaker: str) -> str:
    people = "~".join(_person(s.id, s.look, s.id == speaker) for s in scene.sitters)
    half = round(2 * scene.hour) % 48
    spot = f"{scene.kind}-{min(scene.seed, _MOST_SEED)}-{half}"
    return f"/scene/{place}/{spot}/{people or '-'}.svg?v={__version__}"


def _person(id: str, look: Look, speaks: bool) -> str:
    gaze = look.gaze.value if look.gaze is not None else "any"
    said = ".speaks" if speaks else ""
    return f"{id}.{look.expression.value}.{look.posture.value}.{gaze}{said}"


def read_address(text: str, scenarios: list[Scenario]) -> Scene | None:
    """The scene of an address (without `/scene/` and `.svg`); None for one that is none of ours."""
    found = _ADDRESS.match(text)
    if found is None:
        return None
    place, kind, seed, half, people = found.groups()
    if int(place) >= len(scenarios) or kind not in KINDS or int(half) >= 48:
        return None
    names = [] if people == "-" else people.split("~")
    try:
        sitters = [_sitter(name, scenarios[int(place)]) for name in names[:_MOST_PEOPLE]]
    except (KeyError, ValueError):
        return None
    ids = [sitter.id for sitter, _ in sitters]
    if len(set(ids)) != len(ids):
        return None
    speaker = next((sitter.id for sitter, speaks in sitters if speaks), "")
    return Scene(kind, int(half) / 2, tuple(s for s, _ in sitters), speaker, int(seed))


def _sitter(text: str, scenario: Scenario) -> tuple[Sitter, bool]:
    id, expression, posture, gaze, *said = text.split(".")
    buyer = scenario.buyers[id]
    look = Look(Expression(expression), Posture(posture), None if gaze == "any" else Gaze(gaze))
    sitter = Sitter(id, buyer.name, buyer.role, buyer.portrait, look, buyer.pronoun)
    return sitter, said == ["speaks"]


@lru_cache(maxsize=400)  # about 6 MB
def _drawn(scene: Scene) -> bytes:
    return gzip.compress(scene_svg(scene, *_size(scene), BLINK).encode(), 6, mtime=0)


async def answer(request: Request, room: Room) -> Response:
    """The picture at an address; it never changes, so browsers keep it."""
    text = request.path_params["scene"].removesuffix(".svg")
    scene = read_address(text, [desk.scenario for desk in room.desks])
    if scene is None:
        return Response(status_code=404)
    packed = await asyncio.get_running_loop().run_in_executor(_painter, _drawn, scene)
    headers = {
        "cache-control": "private, max-age=31536000, immutable", "vary": "accept-encoding",
        "content-security-policy": _POLICY,
    }  # fmt: skip
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            packed, media_type="image/svg+xml", headers={**headers, "content-encoding": "gzip"}
        )
    return Response(gzip.decompress(packed), media_type="image/svg+xml", headers=headers)
