"""What a server complains of never holds it up, whether or not anybody reads it."""

from __future__ import annotations

import asyncio
import logging
import os
import time

import pytest

from game.workshop import complaints
from game.workshop.complaints import said_aside


def test_a_full_pipe_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    reads, writes = os.pipe()
    monkeypatch.setattr(complaints, "_ERRORS", writes)
    monkeypatch.setattr(complaints, "_LAST_WORDS", 0.05)
    begun = time.monotonic()
    with said_aside():
        for k in range(500):
            logging.getLogger("uvicorn.error").error("%d %s", k, "x" * 2000)
    assert time.monotonic() - begun < 10
    assert os.read(reads, 3) == b"0 x"
    os.close(reads)  # whoever writes hears of it
    os.close(writes)


def test_complaints_are_said_and_requests_that_were_cut_off_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads, writes = os.pipe()
    monkeypatch.setattr(complaints, "_ERRORS", writes)
    with said_aside():
        try:
            raise asyncio.CancelledError
        except asyncio.CancelledError:
            logging.getLogger("uvicorn.error").exception("cut off")
        logging.getLogger("asyncio").error("something is wrong")
        logging.getLogger("asyncio").warning("nothing of importance")
    assert os.read(reads, 1000) == b"something is wrong\n"
    os.close(reads)
    os.close(writes)
