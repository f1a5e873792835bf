"""A process behind all others is there before it imports what it works with."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from pathlib import Path

import pytest

from game.workshop.priority import Behind

_WORK = """
import os
AT_IMPORT = os.getpriority(os.PRIO_PROCESS, 0)

def work(pipe):
    pipe.send(AT_IMPORT)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority instead")
def test_it_steps_back_before_it_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "costly_work.py").write_text(_WORK)
    monkeypatch.syspath_prepend(tmp_path)
    costly = importlib.import_module("costly_work")
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=Behind(costly.work), args=(theirs,))
    process.start()
    try:
        assert ours.poll(30)
        assert ours.recv() == 19
    finally:
        process.join(10)
