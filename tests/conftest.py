"""What holds for all tests: the same examples each time, and an interrupt that is heard."""

from __future__ import annotations

import gc
import os
import signal

from hypothesis import settings

# a failure is everybody's failure
settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")

# everybody reads English, whatever the computer they are at speaks
os.environ["LC_ALL"] = "C.UTF-8"

# Whoever is started in the background ignores Ctrl-C, and so would every process it starts: the
# tests that interrupt a command would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Hundreds of thousands of objects live from the first test to the last. To look through them over
# and over took a tenth of the time of all tests.
gc.set_threshold(20_000, 20, 50)


def pytest_collection_finish() -> None:
    gc.freeze()
