"""Lines that are made once and sent to many, plain or as a part of a gzip stream.

Deflated data may be joined from blocks that were made apart, if each starts on a whole byte and
looks back at nothing before itself. So a part of a page is squeezed once for five hundred phones,
and each of their streams is made of the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # what a gzip stream begins with (RFC 1952, 2.3)
_QUICK = 1  # zlib's level: a part of a table of its own is squeezed for one phone
_SHORT = 150  # bytes that are not worth squeezing
_BLOCK = struct.Struct("<BHH")  # not squeezed: how long, and the same with all bits turned
_LONGEST = 0xFFFF  # bytes of such a block


class Piece:
    """A line, without its end, that is sent to many pages as a line of an event; or several that
    are sent together."""

    __slots__ = ("_squeezed", "event")

    def __init__(self, line: bytes) -> None:
        self.event = b"data: %b\n" % line
        self._squeezed = b""

    @property
    def line(self) -> bytes:
        """As it was given. Its own text has no ends of lines: it is JSON."""
        return self.event[6:-1].replace(b"\ndata: ", b"\n")

    @property
    def squeezed(self) -> bytes:
        """The line of an event as deflated blocks."""
        if not self._squeezed:
            self._squeezed = squeezed(self.event)
        return self._squeezed


def together(pieces: Sequence[Piece]) -> Piece:
    """Several pieces as one."""
    return pieces[0] if len(pieces) == 1 else Piece(b"\ndata: ".join([p.line for p in pieces]))


def squeezed(text: bytes) -> bytes:
    """Bytes as deflated blocks that end on a whole byte (RFC 1951, 3.2.4 for those that are kept
    as they are)."""
    if len(text) < _SHORT:
        return _BLOCK.pack(0, len(text), _LONGEST - len(text)) + text
    made = zlib.compressobj(_QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)
    return made.compress(text) + made.flush(zlib.Z_FULL_FLUSH)
