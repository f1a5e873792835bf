"""Every proof of the workshop at full size: `python -m tests.workshop.proofs.full`.

Takes about half an hour and most of two processors, on the loopback alone. Each proof ends with a
verdict; the exit status is 1 if one does not hold.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.workshop.proofs import large, larger, starved

Verdict = tuple[bool, str]
_HERE = Path(__file__).parent


def small(_: argparse.Namespace, __: Path) -> Verdict:
    """All of them as in the suite, with the tests that show that they can fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_HERE)]
    done = subprocess.run([*command, "-m", "long or not long"], capture_output=True, text=True)
    return done.returncode == 0, (done.stdout.strip().splitlines() or ["no test ran"])[-1]


PROOFS: dict[str, Callable[[argparse.Namespace, Path], Verdict]] = {
    "kills": large.kills,
    "copies": large.copies,
    "away": larger.away,
    "deaf": large.deaf,
    "floods": large.floods,
    "disk": starved.disk,
    "strangers": larger.strangers,
    "names": larger.names,
    "hidden": larger.hidden,
    "bombs": large.bombs,
    "end": larger.end,
    "evening": large.evening,
    "small": small,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.workshop.proofs.full")
    parser.add_argument("proofs", nargs="*", metavar="PROOF", help=f"of {', '.join(PROOFS)}")
    parser.add_argument("--people", type=int, default=200, help="who play")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--think", type=float, default=3.0, help="seconds before a move")
    parser.add_argument("--healthy", type=int, default=499, help="beside one that does not read")
    parser.add_argument("--rounds", type=int, default=200, help="words to all of them")
    parser.add_argument("--pairs", type=int, default=8, help="games with and without harm")
    parser.add_argument("--phones", type=int, default=1000, help="of an evening")
    parser.add_argument("--returns", type=int, default=20_000, help="of sleeping phones")
    parser.add_argument(
        "--away", type=float, nargs="*", default=[5.0, 300.0], help="seconds that phones are away"
    )
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    unknown = set(chosen.proofs) - set(PROOFS)
    if unknown:
        parser.error(f"no such proof: {', '.join(sorted(unknown))}")
    failed = 0
    for name in chosen.proofs or PROOFS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                holds, found = PROOFS[name](chosen, Path(folder))
            except Exception as problem:  # a proof that breaks is one that does not hold
                holds, found = False, f"{type(problem).__name__}: {problem}"
        failed += not holds
        what = " ".join((PROOFS[name].__doc__ or "").split())
        verdict = "HOLDS" if holds else "FAILS"
        print(f"{verdict}  {what}\n       {found} ({time.monotonic() - begun:.0f} s)", flush=True)
    print(f"{len(chosen.proofs or PROOFS) - failed} hold, {failed} fail")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
