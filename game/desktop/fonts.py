"""Font files, found through the packages that they are installed with, and opened once a size."""

from __future__ import annotations

import importlib.util
import io
from functools import cache
from itertools import islice
from pathlib import Path

import pygame

from game.desktop.system_fonts import SCRIPTS, faces, files_for, script_of
from game.scenario import language

_HANKEN, _SERIF = "font_hanken_grotesk", "font_source_serif_pro"
FALLBACK = "fallback"  # the small font that comes with pygame
FACES: dict[str, tuple[str, str]] = {
    # Scaled down, the regular weight comes out thin; the medium one reads as regular does in print.
    "sans": (_HANKEN, "HankenGrotesk-Medium.otf"),
    "sans-light": (_HANKEN, "HankenGrotesk-Regular.otf"),
    "sans-semi": (_HANKEN, "HankenGrotesk-SemiBold.otf"),
    "sans-bold": (_HANKEN, "HankenGrotesk-Bold.otf"),
    "sans-italic": (_HANKEN, "HankenGrotesk-MediumItalic.otf"),
    "sans-bold-italic": (_HANKEN, "HankenGrotesk-BoldItalic.otf"),
    "serif": (_SERIF, "SourceSerifPro-Regular.otf"),
    "serif-semi": (_SERIF, "SourceSerifPro-Semibold.otf"),
    "serif-bold": (_SERIF, "SourceSerifPro-Bold.otf"),
    "serif-italic": (_SERIF, "SourceSerifPro-It.otf"),
    "serif-bold-italic": (_SERIF, "SourceSerifPro-BoldIt.otf"),
}
BOLD = {
    "sans": "sans-bold",
    "sans-light": "sans-bold",
    "sans-semi": "sans-bold",
    "sans-italic": "sans-bold-italic",
    "serif": "serif-bold",
    "serif-semi": "serif-bold",
    "serif-italic": "serif-bold-italic",
}
ITALIC = {
    "sans": "sans-italic",
    "sans-light": "sans-italic",
    "sans-semi": "sans-bold-italic",
    "sans-bold": "sans-bold-italic",
    "serif": "serif-italic",
    "serif-semi": "serif-bold-italic",
    "serif-bold": "serif-bold-italic",
}
_FILE, _RIGHT = "file:", "right:"  # in front of faces that are no faces of ours
_PROBE = 32  # px; the size at which a font is asked which letters it has
_NOWHERE = "\uffff"  # a code point that no font has a letter for
_MOST = 256  # fonts that are open at once: a window that is drawn larger asks for ever new sizes


@cache
def _bytes_of(face: str) -> bytes | None:
    """The file of a face, read once: a font opened by its path keeps it open, in every size."""
    path = path_of(face)
    return None if path is None else path.read_bytes()


@cache
def path_of(face: str) -> Path | None:
    """The file of a face; None if its package is not installed. KeyError for an unknown face."""
    package, name = FACES[face]
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        path = Path(folder) / "files" / name
        if path.is_file():
            return path
    return None


def files(text: str = "") -> list[str]:
    """All font files that are there, for whoever draws text into a picture."""
    own = [str(path) for face in FACES if (path := path_of(face)) is not None]
    return [*own, *files_for(text)]


def _opened(face: str, px: int) -> pygame.font.Font:
    if face.startswith(_FILE):  # of the computer: some are too large to be kept in memory
        return pygame.font.Font(face.removeprefix(_FILE), px)
    data = None if face == FALLBACK else _bytes_of(face)
    return pygame.font.Font(None if data is None else io.BytesIO(data), px)


class Fonts:
    """Opened fonts. pygame.font must be initialised; sizes are px."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], pygame.font.Font] = {}
        self._missing: dict[str, object] = {}
        self._has: dict[tuple[str, str], bool] = {}

    def font(self, face: str, px: int) -> pygame.font.Font:
        """A face in a size. One from :func:`turned` sets its words from the right."""
        key = (face, px)
        found = self._open.get(key)
        if found is None:
            mark, script, plain = face.rpartition("|")[0], "", face.rpartition("|")[2]
            if len(self._open) >= _MOST:
                for oldest in list(islice(self._open, _MOST // 2)):
                    del self._open[oldest]
            found = self._open[key] = _opened(plain, px)
            if mark:
                script = mark.removeprefix(_RIGHT)
                found.set_direction(pygame.DIRECTION_RTL)
                if script:
                    found.set_script(script)
        return found

    def has(self, face: str, letter: str) -> bool:
        """Whether a face has a letter of its own for a character."""
        key = (face, letter)
        known = self._has.get(key)
        if known is None:
            font = self.font(face, _PROBE)
            if face not in self._missing:
                self._missing[face] = font.metrics(_NOWHERE)
            known = self._has[key] = font.metrics(letter) not in ([None], self._missing[face])
        return known

    def face_for(self, face: str, letter: str) -> str:
        """The face itself, the first other that has the letter, or the face and its box."""
        if letter.isascii() or self.has(face, letter):
            return face
        bold = "bold" in face or "semi" in face
        other = "serif" if face.startswith("sans") else "sans"
        names = [(other + "-bold") if bold else other]
        script = script_of(letter)
        if script:
            found = faces(script, face.startswith("serif"), bold, language.current())
            names += [f"{_FILE}{path}" for path in found]
        return next((name for name in (*names, FALLBACK) if self.has(name, letter)), face)


def is_turned(face: str) -> bool:
    """Whether a face sets its words from the right."""
    return face.startswith(_RIGHT)


def turned(face: str, text: str) -> str:
    """The face that sets such words from the right, shaped as their script asks for."""
    script = next((SCRIPTS[s] for s in map(script_of, text) if s in SCRIPTS), "")
    return f"{_RIGHT}{script}|{face}"
