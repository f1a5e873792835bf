"""The command line: reads it, runs one command, and makes one block of whatever goes wrong."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from game.commands import COMMANDS, Command

if TYPE_CHECKING:
    from game.scenario.diagnostics import LongLunchError

# Before numpy is imported, here or in a process that is started: some of its builds begin threads
# for linear algebra, of which there is none here: a quarter of the time of a short command.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

_PROGRAM = "longlunch"
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

# Those that show words to whoever plays; what authors and analysts read is in English.
_WORDY = ("play", "replay", "review", "profile", "again", "test", "host", "shots")


class Parser(argparse.ArgumentParser):
    """A parser whose complaints look like all others; abbreviations would tie later options."""

    def __init__(self, **words: Any) -> None:
        super().__init__(allow_abbrev=False, **words)

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as :class:`LongLunchError` (U001, status 2)."""
        from game.scenario.diagnostics import did_you_mean

        word = re.search(r"(?:arguments: |choice: ')(-*[\w-]+)", message)
        commands = self.prog == _PROGRAM
        known = list(COMMANDS) if commands else list(self._option_string_actions)
        if "invalid choice" in message:
            known = [str(c) for action in self._actions for c in action.choices or ()]
        near = did_you_mean(word[1], known) if word is not None else ""
        form = " ".join(self.format_usage().removeprefix("usage: ").split())
        raise _usage(message, form, near or f"{self.prog} --help says what there is")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is left over here, where the command's own options are known."""
        found, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return found, left


def parser() -> argparse.ArgumentParser:
    """The command line. Parsing raises :class:`LongLunchError` (U001), which ends with status 2."""
    from game import __version__

    top = Parser(
        prog=_PROGRAM, description="A negotiation role-play simulator. Trust sets the price."
    )
    top.add_argument("--version", action="version", version=f"longlunch {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, (what, takes, function) in COMMANDS.items():
        sub = commands.add_parser(name, help=what, description=function.__doc__)
        takes(sub)
        if name in _WORDY:
            sub.add_argument("--lang", metavar="TAG", help="the language of what is shown: en, de")
        sub.set_defaults(run=function)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        from game.scenario.diagnostics import LongLunchError

        try:
            return _run(argv)
        except LongLunchError as refused:
            _complain(refused)
            return refused.exit_status
        except BrokenPipeError:
            _drop_output()  # nobody reads on, and that is no fault
            return DONE
        except OSError as problem:
            _drop_output()
            _complain(_unwritten(problem))
            return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] not in COMMANDS and not words[0].startswith("-"):
        from game.scenario.sources import is_pack

        if is_pack(words[0]):
            words.insert(0, "play")  # as systems open a file: with its path alone
    args = parser().parse_args(words)
    if args.command is None:
        args = parser().parse_args(["play"])
    run: Command = args.run
    from game.scenario import language

    try:
        _speak(getattr(args, "lang", None), args)
        status = run(args)
    except SystemExit:  # how rich takes leave of a reader who has gone
        raise BrokenPipeError from None
    finally:
        language.use(language.SOURCE)
    if sys.stdout is not None:
        sys.stdout.flush()  # what cannot be written is to be heard of here, not after the end
    return status


def _speak(tag: str | None, args: argparse.Namespace) -> None:
    """Show everything in the language asked for, or in that of the environment if it is there.

    A language that the interface lacks may be asked for where the table that is named has words in
    it: who translates a scenario sees them at the table, and the interface around them in English.
    """
    from game.scenario import language
    from game.scenario.diagnostics import did_you_mean, listing

    if tag is None:
        language.use(language.preferred(os.environ))
        return
    found = language.nearest(tag)
    if found is None and language.is_language(tag) and _has_words(args, tag):
        found = tag
    if found is None:
        known = language.available()
        raise _usage(
            f"there are no words in the language “{tag[:40]}”",
            "one of " + listing(known) + ", or a language that the scenario is translated into",
            did_you_mean(tag, known, "name one of these"),
        )  # fmt: skip
    language.use(found, asked=True)


def _has_words(args: argparse.Namespace, tag: str) -> bool:
    """Whether a scenario or a saved game of the command line is told in a language."""
    from game.scenario.diagnostics import LongLunchError
    from game.scenario.load import load_scenario
    from game.scenario.sources import tables
    from game.scenario.translated import language_of
    from game.session.embedded import playable
    from game.session.transcript import load_transcript

    scenario, game = getattr(args, "scenario", None), getattr(args, "resume", None)
    game = getattr(args, "file", game)
    with contextlib.suppress(LongLunchError):  # the command itself says what is wrong with it
        if scenario is not None:
            loaded = [load_scenario(source) for source in tables(scenario).values()]
        else:
            loaded = [] if game is None else [playable(load_transcript(game), str(game))]
        return any(language_of(one, tag) == tag for one in loaded)
    return False


def _usage(message: str, expected: str, fix: str) -> Exception:
    from game.analysis.settings import usage

    return usage(message, expected, fix)


def _unwritten(problem: OSError) -> LongLunchError:
    from game.scenario.diagnostics import Diagnostic, LongLunchError

    found = Diagnostic(
        "W001",
        f"not everything could be written: {problem.strerror or problem}",
        file=str(problem.filename or "standard output"),
        expected="a place that can be written to",
        fix="make room there, or write to another place",
    )
    return LongLunchError([found])


def _complain(refused: LongLunchError) -> None:
    from game.scenario.diagnostics import render

    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(render(refused.diagnostics), end="", file=sys.stderr, flush=True)


def _drop_output() -> None:
    """Send what is still unwritten nowhere, so that the interpreter does not try once more."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())
