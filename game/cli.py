"""The commands, each a few lines. A face is imported only when its command runs."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from game import arguments

if TYPE_CHECKING:
    from game.scenario.diagnostics import LongLunchError

_PROGRAM = "longlunch"
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

Command = Callable[[argparse.Namespace], int]


# --- play and replay ------------------------------------------------------------------------


def play(args: argparse.Namespace) -> int:
    """Play a scenario in a window, or with --text in the terminal; without one, choose."""
    from game.terminal import commands

    new = (args.seed, args.d, args.help_level, args.blind or None, args.coach or None)
    if args.resume is not None and any(x is not None for x in new):
        raise _usage(
            "--seed, --d, --blind, --help-level and --coach belong to a new game",
            "with --resume they stay as they were",
            "leave them out, or leave out --resume",
        )
    if args.coach and args.help_level == "exam":
        raise _usage("nobody coaches in an exam", "--coach in guided or plain play", "leave it out")
    if (args.try_at is not None and args.resume is None) or (args.fresh and args.try_at is None):
        raise _usage(
            "a try needs a saved game and a turn of it",
            "--resume FILE --try TURN, and perhaps --fresh",
            "name both",
        )
    options: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("scenario", "seed", "d", "blind", "help_level", "save", "resume", "coach")
    }
    if not (args.text or args.try_at is not None or _piped()):
        status = _in_a_window(options)
        if status is not None:
            return status
    return commands.play(**options, try_at=args.try_at, fresh=args.fresh)


def _piped() -> bool:
    """Whether moves come from a pipe or a file, or what is shown goes into one."""
    return any(_is_pipe_or_file(stream) for stream in (sys.stdin, sys.stdout))


def _is_pipe_or_file(stream: TextIO | None) -> bool:
    if stream is None:
        return False  # started from a menu
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):
        return True  # no stream of the system at all
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _in_a_window(options: dict[str, Any]) -> int | None:
    """Play in a window; None where there can be none, which is told in a line."""
    from game.desktop.main import NoDisplay, main
    from game.desktop.words import say

    try:
        return main(**options)
    except NoDisplay as problem:
        if sys.stderr is not None:
            print(say("app.no_display", value=problem.why), file=sys.stderr, flush=True)
        return None


def replay(args: argparse.Namespace) -> int:
    """Play a transcript back."""
    from game.terminal import commands

    return commands.replay(args.file)


def review(args: argparse.Namespace) -> int:
    """Say what each move of a saved game was worth, what was luck, and what to do next."""
    from game.terminal.review import review as face

    return face(
        args.file,
        as_json=args.json,
        html=args.html,
        face_up=args.face_up,
        everything=args.all,
        save=args.save,
    )


# --- the trainee ----------------------------------------------------------------------------


def profile(args: argparse.Namespace) -> int:
    """Show what you did so far and what to try again today; take it away, or erase it."""
    from game.terminal import profile as face

    if args.json and args.act is not None:
        raise face.json_alone()
    if args.act == "export":
        return face.export(args.file)
    if args.act == "erase":
        return face.erase(saves=args.saves, sure=args.yes)
    if args.act == "set-aside":
        return face.set_aside()
    return face.show(as_json=args.json)


def again(args: argparse.Namespace) -> int:
    """Try a moment again that a review has kept: the most urgent that is due, or a named one."""
    from game.terminal.again import again as face

    return face(args.moment, fresh=args.fresh, listed=args.list, today=args.today)


# --- authoring ------------------------------------------------------------------------------


def check(args: argparse.Namespace) -> int:
    """Find mistakes in scenarios, voices and folders of them."""
    from game.authoring.check import run

    return run(args)


def new(args: argparse.Namespace) -> int:
    """Ask a few questions, or take flags, and write a scenario that plays."""
    from game.authoring.new import run

    return run(args)


def schema(args: argparse.Namespace) -> int:
    """Print the JSON Schema by which an editor completes and explains a scenario or a voice."""
    from game.authoring.schema import run

    return run(args)


def preview(args: argparse.Namespace) -> int:
    """Play a scenario beside its file, begun anywhere in it; it is read again when it changes."""
    from game.authoring.preview.command import run

    return run(args)


def balance(args: argparse.Namespace) -> int:
    """Let a panel of sellers play a scenario: whether it teaches, and what an edit changed."""
    from game.authoring.balance import run

    return run(args)


def pack(args: argparse.Namespace) -> int:
    """Check a pack's folder and make one file of it, the same bytes on every machine."""
    from game.authoring.pack import run

    return run(args)


def machine(args: argparse.Namespace) -> int:
    """Draw the trust-state machine of a scenario, with the ways that its games go."""
    from game.authoring.machine import run

    return run(args)


# --- many games -----------------------------------------------------------------------------


def simulate(args: argparse.Namespace) -> int:
    """Let one seller play a scenario many times: endings, means and percentiles."""
    from game.analysis.simulate import run

    return run(args)


def claims(args: argparse.Namespace) -> int:
    """Test the statements about behaviour that the model is held to."""
    from game.analysis.claim_report import run

    return run(args)


# --- tests for people ------------------------------------------------------------------------


def test(args: argparse.Namespace) -> int:
    """Take a test for people, or score answers to one: self, judgment, or a file of your own."""
    from game.terminal.questionnaire import run

    return run(args)


# --- translations ---------------------------------------------------------------------------


def strings(args: argparse.Namespace) -> int:
    """Write words out for translators, take translations in, and say what is missing."""
    from game.authoring import strings as face

    if args.act == "export":
        return face.export(args.what, args.into, args.output)
    if args.act == "import":
        return face.bring_in(args.files, args.folder)
    return face.status(args.what, args.into, args.complete, args.json)


# --- the workshop ----------------------------------------------------------------------------


def host(args: argparse.Namespace) -> int:
    """Serve a workshop session on this network until it is stopped."""
    from game.workshop.command import host as serve

    return serve(args)


# --- pictures of the interface ---------------------------------------------------------------


def shots(args: argparse.Namespace) -> int:
    """Write every screen of the desktop in every state as PNG, and say what does not fit."""
    from game.desktop.shots import run

    return run(args.folder, args.only, as_json=args.json)


# --- the table of commands ------------------------------------------------------------------

# name: (what it does, its arguments, the function)
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Command]] = {
    "play": ("play a scenario", arguments.play, play),
    "replay": ("play a saved game back", arguments.replay, replay),
    "review": ("what each move of a saved game was worth", arguments.review, review),
    "profile": ("what you did so far, and what to try again", arguments.profile, profile),
    "again": ("try a moment again that is due", arguments.again, again),
    "check": ("find mistakes in scenarios and voices", arguments.check, check),
    "new": ("begin a scenario", arguments.new, new),
    "schema": ("the JSON Schema of scenarios or voices", arguments.schema, schema),
    "preview": ("play a scenario beside its file as you write", arguments.preview, preview),
    "balance": ("what a panel of sellers makes of a scenario", arguments.balance, balance),
    "pack": ("make one file of a folder of scenarios", arguments.pack, pack),
    "machine": ("the trust-state machine, and which ways are gone", arguments.machine, machine),
    "claims": ("test the statements the model is held to", arguments.claims, claims),
    "simulate": ("let a seller play a scenario many times", arguments.simulate, simulate),
    "test": ("take a test for people, or score one", arguments.test, test),
    "strings": ("translate the interface and scenarios", arguments.strings, strings),
    "host": ("run a workshop: phones, a console, a stage", arguments.host, host),
    "shots": ("pictures of every screen, and what does not fit", arguments.shots, shots),
}


# Those that show words to whoever plays; what authors and analysts read is in English.
_WORDY = ("play", "replay", "review", "profile", "again", "test", "shots")


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
        _speak(getattr(args, "lang", None))
        status = run(args)
    except SystemExit:  # how rich takes leave of a reader who has gone
        raise BrokenPipeError from None
    finally:
        language.use(language.SOURCE)
    if sys.stdout is not None:
        sys.stdout.flush()  # what cannot be written is to be heard of here, not after the end
    return status


def _speak(tag: str | None) -> None:
    """Show everything in the language asked for, or in that of the environment if it is there."""
    from game.scenario import language
    from game.scenario.diagnostics import did_you_mean, listing

    if tag is None:
        language.use(language.preferred(os.environ))
        return
    found = language.nearest(tag)
    if found is None:
        known = language.available()
        raise _usage(
            f"there are no words in the language “{tag[:40]}”", "one of " + listing(known),
            did_you_mean(tag, known, "name one of these"),
        )  # fmt: skip
    language.use(found, asked=True)


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
