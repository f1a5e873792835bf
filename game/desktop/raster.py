"""Pictures from SVG without holding up the window: asked for here, rendered in a process.

The rasteriser holds the interpreter's lock, so a thread would stall the frames. A thread reads
the answers, because reading waits without the lock; surfaces are made by the drawing thread.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.desktop import fonts, raster_worker
from game.desktop.system_fonts import files_for
from game.looks.drawings import Source, svg_of

_CACHE_BYTES = 32 << 20
_MOST_STARTS = 4  # of the process, before pictures stay placeholders
_MOST_TRIES = 2  # of one picture; what ends the process twice is given up
_MOST_FLYING = 2  # requests in the process at a time; the others can still be cancelled
_LARGEST = 4096  # px

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Key = tuple[Source, int, int]


class Picture:
    """A picture that is asked for: `surface` once it is there, `failed` if it never will be."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.surface: pygame.Surface | None = None
        self.failed = False
        self.tries = 0
        self.unwanted = False
        self._waiting: list[Callable[[], object]] = []

    @property
    def done(self) -> bool:
        return self.failed or self.surface is not None

    def then(self, call: Callable[[], object]) -> None:
        """Call something in the drawing thread once it is done; at once if it is already."""
        if self.done:
            call()
        else:
            self._waiting.append(call)

    def cancel(self) -> None:
        """Nobody wants it any more; not made unless it is under way or asked for again."""
        self.unwanted = True

    def _settle(self, surface: pygame.Surface | None) -> None:
        self.surface, self.failed = surface, surface is None
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()


class Raster:
    """`request` gives a :class:`Picture`; `poll` takes in what has been rendered since.

    `inline` renders within `request`, for tests and pictures of screens. `wake` is called from
    another thread when an answer has come. One that is `held` keeps what it is asked for until
    `start`.
    """

    def __init__(
        self, inline: bool = False, wake: Callable[[], object] = lambda: None, held: bool = False
    ) -> None:
        self.inline, self.wake = inline, wake
        self.starts = 0
        self._ready: OrderedDict[Key, Picture] = OrderedDict()
        self._bytes = 0
        self._asked: dict[int, Picture] = {}
        self._by_key: dict[Key, Picture] = {}
        self._queue: deque[Picture] = deque()
        self._number = 0
        self._answers: queue.SimpleQueue[tuple[int, bytes | None]] = queue.SimpleQueue()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._reader: threading.Thread | None = None
        self._closed = False
        self._held = held

    # --- asking -----------------------------------------------------------------------------

    def request(self, source: Source, width: int, height: int) -> Picture:
        """A picture that fits into width by height physical px; the same one is made once."""
        key = source, max(1, min(width, _LARGEST)), max(1, min(height, _LARGEST))
        found = self._ready.get(key)
        if found is not None:
            self._ready.move_to_end(key)
            return found
        asked = self._by_key.get(key)
        if asked is not None:
            asked.unwanted = False
            return asked
        picture = Picture(key)
        if self.inline:
            self._render_here(picture)
        else:
            self._by_key[key] = picture
            self._queue.append(picture)
            self._send_on()
        return picture

    def start(self) -> None:
        """Begin the process, and have it render what waits."""
        self._held = False
        self._send_on()
        if not self.inline and self._pipe is None:
            self._begin()

    @property
    def busy(self) -> bool:
        """Whether answers are still to come."""
        return bool(self._asked or (self._queue and not self._held))

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def _render_here(self, picture: Picture) -> None:
        try:
            source, width, height = picture.key
            svg = svg_of(source)
            wide, high, data = raster_worker.render(svg, width, height, fonts.files(svg))
        except Exception:  # as in the process: a picture that cannot be made is a placeholder
            picture._settle(None)
            return
        self._keep(picture, _surface(wide, high, data))

    def _send_on(self) -> None:
        """Hand over what waits, as far as the process can take it."""
        while self._queue and not self._held and len(self._asked) < _MOST_FLYING:
            picture = self._queue.popleft()
            if picture.unwanted:
                self._by_key.pop(picture.key, None)
            else:
                self._send(picture)

    def _send(self, picture: Picture) -> None:
        self._number += 1
        picture.tries += 1
        self._asked[self._number] = picture
        if self._pipe is None and not self._begin():
            self._give_up()
            return
        assert self._pipe is not None
        with contextlib.suppress(OSError):  # the reader notices the end too, and asks again
            source = picture.key[0]
            more = files_for(source) if isinstance(source, str) else []
            self._pipe.send((self._number, *picture.key, more))

    # --- the process ------------------------------------------------------------------------

    def _begin(self) -> bool:
        if self._closed or self.starts >= _MOST_STARTS:
            return False
        import multiprocessing  # not before there is something on the screen

        self.starts += 1
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        try:
            self._process = context.Process(
                target=raster_worker.serve, args=(theirs, fonts.files()), daemon=True,
                name="longlunch-pictures",
            )  # fmt: skip
            self._process.start()
        except OSError:
            ours.close()
            theirs.close()
            self._process = None
            return False
        theirs.close()
        self._pipe = ours
        self._reader = threading.Thread(
            target=self._read, args=(ours, self.starts), daemon=True, name="pictures"
        )
        self._reader.start()
        return True

    def _read(self, pipe: Connection, start: int) -> None:
        while True:
            try:
                answer: bytes | None = pipe.recv_bytes()
            except (EOFError, OSError):
                answer = None
            self._answers.put((start, answer))
            self.wake()
            if answer is None:
                return

    # --- taking in --------------------------------------------------------------------------

    def poll(self) -> bool:
        """Take in the answers that have come, in the drawing thread; whether there were any."""
        some = False
        while True:
            try:
                start, answer = self._answers.get_nowait()
            except queue.Empty:
                return some
            some = True
            if answer is None:
                if start == self.starts and not self._closed:
                    self._ended()
                continue
            number, wide, high = raster_worker.HEAD.unpack_from(answer)
            picture = self._asked.pop(number, None)
            if picture is None:
                continue
            self._by_key.pop(picture.key, None)
            if wide and high:
                data = memoryview(answer)[raster_worker.HEAD.size :]
                self._keep(picture, _surface(wide, high, bytes(data)))
            else:
                picture._settle(None)
            self._send_on()

    def _ended(self) -> None:
        """The process is gone: ask again for what it owed, but not for ever."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        owed = list(self._asked.values())
        self._asked.clear()
        # Only the first can have ended it: requests are answered in order.
        for picture in owed[1:]:
            picture.tries -= 1
        for picture in reversed(owed):
            if picture.tries >= _MOST_TRIES:
                self._by_key.pop(picture.key, None)
                picture._settle(None)
            else:
                self._queue.appendleft(picture)
        self._send_on()

    def _give_up(self) -> None:
        """No process can be had: everything that is asked for stays a placeholder."""
        owed = [*self._asked.values(), *self._queue]
        self._asked.clear()
        self._queue.clear()
        self._by_key.clear()
        for picture in owed:
            picture._settle(None)

    def _keep(self, picture: Picture, surface: pygame.Surface) -> None:
        self._ready[picture.key] = picture
        self._bytes += surface.get_width() * surface.get_height() * 4
        while self._bytes > _CACHE_BYTES and len(self._ready) > 1:
            _, old = self._ready.popitem(last=False)
            if old.surface is not None:  # whoever still shows it keeps it alive
                self._bytes -= old.surface.get_width() * old.surface.get_height() * 4
        picture._settle(surface)

    def wait(self, seconds: float = 5.0) -> bool:
        """Wait until nothing is owed any more (tests, pictures of screens); False on time out."""
        while self._asked:  # whatever waits follows as soon as one of these is answered
            try:
                answer = self._answers.get(timeout=seconds)
            except queue.Empty:
                return False
            self._answers.put(answer)
            self.poll()
        return True

    def close(self) -> None:
        """End the process."""
        self._closed = True
        if self._process is not None:
            self._process.terminate()
            self._process.join(1.0)
            self._process = None
        if self._pipe is not None and self._reader is not None:
            # Not under the reader's hands: the end of the process ends its waiting too.
            self._reader.join(1.0)
            if not self._reader.is_alive():
                self._pipe.close()
            self._pipe = None


def _surface(width: int, height: int, data: bytes) -> pygame.Surface:
    return pygame.image.frombytes(data, (width, height), raster_worker.ORDER)
