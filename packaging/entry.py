"""What the folder's program runs: the same command line as everywhere else."""

from __future__ import annotations

import multiprocessing
import os
import sys


def main() -> int:
    # Reviews, figures and simulations run in processes of their own, which start this program anew.
    multiprocessing.freeze_support()
    # A browser or a voice that is started from here must find the system's libraries, not ours.
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        elif getattr(sys, "frozen", False):
            os.environ.pop(name, None)
    from game.cli import main as longlunch

    return longlunch()


if __name__ == "__main__":
    sys.exit(main())
