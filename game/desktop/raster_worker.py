"""The process that turns SVG into pixels. It imports no window and ends with its parent."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
from io import BytesIO
from typing import TYPE_CHECKING, Final

from game.looks import drawings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

HEAD = struct.Struct("<III")  # number of the request, width, height; 0 by 0: it failed
ORDER: Final = (
    "BGRA"  # of the bytes of a pixel, as in a window: laid on it many times faster than others
)
_NICE = 5  # where there is one processor for both, the window goes first


def render(svg: str, width: int, height: int, fonts: list[str]) -> tuple[int, int, bytes]:
    """Bytes in `ORDER` of a picture that fits into width by height px, and its size.

    Raises ValueError for a text that is no SVG.
    """
    import pygame
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, height=height, font_files=fonts,
        skip_system_fonts=bool(fonts), sans_serif_family="Hanken Grotesk",
        serif_family="Source Serif Pro", font_family="Hanken Grotesk",
    )  # fmt: skip
    picture = pygame.image.load(BytesIO(bytes(png)), "picture.png")
    size = picture.get_size()
    return size[0], size[1], pygame.image.tobytes(picture, ORDER)


def serve(pipe: Connection, fonts: list[str]) -> None:
    """Answer requests `(number, picture, width, height, files of more fonts)` until the other end
    is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window's process decides when to end
    with contextlib.suppress(AttributeError, OSError):  # not everywhere
        os.nice(_NICE)
    drawings.warm()
    while True:
        try:
            number, source, width, height, more = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            svg = drawings.svg_of(source)
            wide, high, data = render(svg, width, height, [*fonts, *more])
        except Exception:  # whatever is wrong with a picture must not end the others
            wide, high, data = 0, 0, b""
        try:
            pipe.send_bytes(HEAD.pack(number, wide, high) + data)
        except OSError:
            return
