"""What lies around the rules: loading, a whole command, the unit suite, and a yardstick."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.timing import as_installed, median_seconds, two_cores
from game.scenario.compile import compile_rules
from game.scenario.library import shipped
from game.scenario.load import load_scenario

LINES = 1_000
_NEGMAS_STEPS = 20


def long_scenario(lines: int = LINES) -> str:
    """A shipped scenario, made longer with scripted plays until it has so many lines."""
    path = max(shipped().values(), key=lambda p: p.read_text(encoding="utf-8").count("\n"))
    text = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if not any(line.startswith("plays:") for line in text):
        text.append("plays:")
    else:  # the new ones go where the others are
        at = next(i for i, line in enumerate(text) if line.startswith("plays:"))
        end = next(
            (i for i in range(at + 1, len(text)) if text[i][:1] not in (" ", "#", "")), len(text)
        )
        text = text[:at] + text[end:] + text[at:end]
    number = 0
    while len(text) < lines:
        text += [f"  long_{number}:", f"    seed: {number}", "    moves:"]
        text += ["      - greet", "      - set_agenda", "      - wait", "      - part"]
        number += 1
    return "\n".join(text) + "\n"


def load_seconds() -> tuple[float, float]:
    """Seconds to load and validate a scenario of `LINES` lines, and to compile it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long-one.yaml"
        path.write_text(long_scenario(), encoding="utf-8")
        load = median_seconds(lambda: load_scenario(path), repeats=9)
        loaded = load_scenario(path)
    compiling = median_seconds(
        lambda: compile_rules(loaded.scenario, loaded.machine, loaded.moves), repeats=9
    )
    return load, compiling


def check_seconds() -> float:
    """Seconds of a whole `longlunch check` process of a scenario of `LINES` lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long-one.yaml"
        path.write_text(long_scenario(), encoding="utf-8")
        command = [sys.executable, "-m", "game.cli", "check", str(path)]
        return median_seconds(
            lambda: subprocess.run(command, check=True, capture_output=True, env=as_installed()),
            repeats=5,
        )


def command_seconds(scenario: str) -> float:
    """Seconds of a whole `longlunch simulate` process of 10,000 runs."""
    command = [
        sys.executable, "-m", "game.cli", "simulate", scenario,
        "--policy", "adaptive", "--runs", "10000", "--seed", "1", "--json",
    ]  # fmt: skip
    root = Path(__file__).resolve().parents[1]
    return median_seconds(
        lambda: subprocess.run(
            command, check=True, capture_output=True, cwd=root, env=as_installed()
        ),
        repeats=3,
    )


def deep_seconds(scenario: str) -> float:
    """Seconds of a whole `longlunch check --deep` process on two cores."""
    command = [
        sys.executable, "-m", "game.cli", "check", scenario, "--deep", "--jobs", "2", "--json",
    ]  # fmt: skip
    root = Path(__file__).resolve().parents[1]
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd=root,
        env=as_installed(),
        preexec_fn=two_cores if os.name == "posix" else None,
    )
    return time.perf_counter() - start


def suite_seconds(report: Path) -> float:
    """Seconds of a test run, from its junit report."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    return sum(float(suite.get("time", "0")) for suite in suites)


def negmas_per_second() -> float | None:
    """Bilateral negotiations a second with NegMAS, 20 rounds, two issues; None without it."""
    try:
        from negmas import (  # type: ignore[import-not-found]
            LinearAdditiveUtilityFunction,
            SAOMechanism,
            TimeBasedConcedingNegotiator,
            make_issue,
        )
    except ImportError:
        return None
    issues = [make_issue(5, "price"), make_issue(3, "delivery")]

    def utility(weight: float, falls: bool) -> object:
        price = {i: (4 - i) / 4 if falls else i / 4 for i in range(5)}
        delivery = {i: (2 - i) / 2 if falls else i / 2 for i in range(3)}
        return LinearAdditiveUtilityFunction(
            values=[price, delivery], weights=[weight, 1 - weight], issues=issues
        )

    def negotiate() -> object:
        session = SAOMechanism(issues=issues, n_steps=_NEGMAS_STEPS)
        session.add(TimeBasedConcedingNegotiator(name="seller", ufun=utility(0.8, True)))
        session.add(TimeBasedConcedingNegotiator(name="buyer", ufun=utility(0.4, False)))
        return session.run()

    return 1 / median_seconds(negotiate, least=1.0, repeats=20)
