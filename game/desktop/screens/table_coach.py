"""The coach weighs a move in a process of its own: that takes longer than a frame.

A thread reads the answers. A coach that fails stays silent; the game goes on without him.
"""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from game.session.transcript import Transcript


class Coach:
    """Asks for the word on the last move of a game; only the newest question is answered.

    `on_word(id)` is called from another thread with the word's id, "" where there is none.
    """

    def __init__(self, on_word: Callable[[str], object]) -> None:
        self._on_word = on_word
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._asked = 0

    def ask(self, transcript: Transcript) -> None:
        """Have the last move of a game weighed."""
        if self._pipe is None and not self._begin():
            return
        assert self._pipe is not None
        self._asked += 1
        raw = json.dumps(transcript.as_json(), ensure_ascii=False).encode()
        try:
            self._pipe.send((self._asked, raw))
        except OSError:
            self.close()

    def _read(self, pipe: Connection) -> None:
        while True:
            try:
                number, word = pipe.recv()
            except (EOFError, OSError):
                return
            if number == self._asked:
                self._on_word(word)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(1.0)
        if self._pipe is not None:
            self._pipe.close()
        self._pipe = self._process = None

    def _begin(self) -> bool:
        # spawn: the only way of starting that is the same and safe on every system
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs,), daemon=True, name="longlunch-coach"
        )
        try:
            self._process.start()
        except OSError:
            ours.close()
            self._process = None
            return False
        finally:
            theirs.close()
        self._pipe = ours
        threading.Thread(target=self._read, args=(ours,), daemon=True, name="coach").start()
        return True


def serve(pipe: Connection) -> None:
    """The process: (number, transcript) in, (number, id of a word or "") out, until the end."""
    import signal

    from game.review.coach import coach_word
    from game.session.game import Game
    from game.session.transcript import read_transcript

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window ends it by closing the pipe
    while True:
        try:
            number, raw = pipe.recv()
            while pipe.poll():  # only the newest question is still wanted
                number, raw = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            word = coach_word(Game.resume(read_transcript(raw))) or ""
        except Exception:  # a word that cannot be found must not end the game
            word = ""
        try:
            pipe.send((number, word))
        except OSError:
            return
