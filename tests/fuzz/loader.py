"""Fuzzing the loader: `python -m tests.fuzz.loader --seconds 600`.

The seconds are of the processor, so that a busy machine finds as much. Inputs that reach new lines
of the program are kept and changed again (atheris, libFuzzer). Each is one file of a pack, or a
whole zip. It has to load or be refused in words, in little time and memory; what loads is linted,
compiled and played for some turns. Whatever goes wrong is written to a file, once a kind, and
`python -m tests.fuzz.loader FILE` shows it again. Exit status: 0 nothing found, 1 something, 2
atheris is not there (`pip install -e ".[fuzz]"`).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import ModuleType

from tests.fuzz.inputs import Input, kept, seeds
from tests.fuzz.mutate import MOST, mutated

_MEMORY = 1500  # MB of the whole process, all caches and what watches the lines included
_HANGS = 60  # seconds of the clock after which an input counts as one that never ends


def main() -> int:
    args = _arguments()
    if args.files:
        return _again(args.files)
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install -e '.[fuzz]'", file=sys.stderr)
        return 2
    quiet = contextlib.redirect_stderr(io.StringIO())  # a line for every module
    with (
        quiet,
        atheris.instrument_imports(
            include=["game", "polib", "zipfile"], enable_loader_override=False
        ),
    ):
        from tests.fuzz import target
    with tempfile.TemporaryDirectory() as place:
        _Hunt(args, atheris, target).run(args.corpus or Path(place))
    return 1  # not reached: the hunt leaves by itself


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.loader", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="inputs to look at again")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="of the processor's time; default: 60"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the changes; default: 1")
    parser.add_argument("--corpus", type=Path, help="keep what reaches new lines in this folder")
    parser.add_argument(
        "--found", type=Path, default=Path("fuzz-found"), help="where harmful inputs are written"
    )
    parser.add_argument("--verbose", action="store_true", help="every input that is kept")
    return parser.parse_args()


def _again(files: list[Path]) -> int:
    """Show what single inputs do."""
    from tests.fuzz.target import attempt

    status = 0
    for path in files:
        raw = path.read_bytes()
        try:
            attempt(raw)
            print(f"{path}: {Input.of(raw).kind}, nothing wrong")
        except Exception:
            print(f"{path}: {Input.of(raw).kind}\n{traceback.format_exc()}")
            status = 1
    return status


class _Hunt:
    """One run; ends the process itself, since the library never comes back."""

    def __init__(self, args: argparse.Namespace, atheris: ModuleType, target: ModuleType) -> None:
        self.args, self.atheris, self.target = args, atheris, target
        self.counts = target.Counts()
        self.found: dict[str, str] = {}
        self.slowest = 0.0
        self.began = time.process_time()

    def run(self, corpus: Path) -> None:
        corpus.mkdir(parents=True, exist_ok=True)
        for one in seeds():
            _write(corpus, one.raw())
        for path in kept():
            _write(corpus, path.read_bytes())
        self.atheris.Setup(
            [
                sys.argv[0], str(corpus), f"-seed={self.args.seed}", f"-max_len={MOST + 1}",
                f"-rss_limit_mb={_MEMORY}", f"-timeout={_HANGS}", "-report_slow_units=60",
                f"-artifact_prefix={self.args.found}/", "-len_control=0",
                f"-verbosity={int(self.args.verbose)}",
            ],
            self.one,
            custom_mutator=self.mutator,
            internal_libfuzzer=True,
        )  # fmt: skip
        self.args.found.mkdir(parents=True, exist_ok=True)
        self.atheris.Fuzz()

    def mutator(self, raw: bytes, most: int, seed: int) -> bytes:
        return mutated(raw, most, seed, self.atheris.Mutate)

    def one(self, raw: bytes) -> None:
        if time.process_time() - self.began > self.args.seconds:
            self.leave()
        start = time.process_time()
        try:
            self.target.attempt(raw, self.counts)
        except Exception as problem:
            self.keep(raw, problem)
        self.slowest = max(self.slowest, time.process_time() - start)

    def keep(self, raw: bytes, problem: Exception) -> None:
        """Write down an input that does harm of a new kind."""
        frames = traceback.extract_tb(problem.__traceback__)
        places = [f"{Path(f.filename).name}:{f.lineno}" for f in frames]
        kind = f"{type(problem).__name__} {' '.join(places[-2:])}"
        if kind in self.found:
            return
        path = _write(self.args.found, raw)
        self.found[kind] = str(path)
        print(f"\nFOUND {kind}\n  {path}", file=sys.stderr)
        print("".join(traceback.format_exception(problem)[-6:]), file=sys.stderr, flush=True)

    def leave(self) -> None:
        refused, played = self.counts.refused, self.counts.played
        spent = time.process_time() - self.began
        print(
            f"\n{refused + played} inputs in {spent:.0f} s of the processor: {refused} refused,"
            f" {played} played, {len(self.found)} kinds of harm; the slowest took"
            f" {self.slowest:.2f} s",
            file=sys.stderr,
            flush=True,
        )
        for kind, path in self.found.items():
            print(f"  {kind}: python -m tests.fuzz.loader {path}", file=sys.stderr, flush=True)
        os._exit(1 if self.found else 0)


def _write(folder: Path, raw: bytes) -> Path:
    path = (
        folder
        / f"{Input.of(raw).kind.replace('/', '-')}-{hashlib.sha256(raw).hexdigest()[:12]}.bin"
    )
    path.write_bytes(raw)
    return path


if __name__ == "__main__":
    sys.exit(main())
