"""Playing the scenarios of `check --deep` one after the other, with somebody watching."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from game.analysis.measured import SEED, Progress
from game.authoring.deep import Deep, deepened, silent_voices
from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic


class DeepRun:
    """Plays scenarios when called, and keeps what was measured in `deeps`."""

    def __init__(self, seed: int = SEED, jobs: int | None = None) -> None:
        self.seed, self.jobs = seed, jobs
        self.deeps: list[Deep] = []

    def __call__(self, subjects: Sequence[Subject]) -> Iterable[Diagnostic]:
        """What playing the scenarios shows."""
        for subject in subjects:
            with _watched(subject.scenario.scenario) as progress:
                self.deeps.append(deepened(subject, self.seed, self.jobs, progress))
        return [
            *(finding for deep in self.deeps for finding in deep.findings),
            *silent_voices(self.deeps),
        ]


@contextmanager
def _watched(name: str) -> Iterator[Progress | None]:
    """A bar on stderr where somebody is watching."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"playing {name}", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
