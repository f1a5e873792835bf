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
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from game.analysis.arguments import seed, share, whole

if TYPE_CHECKING:
    from game.scenario.diagnostics import LongLunchError

_PROGRAM = "longlunch"
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_HELP_LEVELS = ("guided", "plain", "exam")

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


def _play_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="?", help="a shipped id, a file, a pack, or PACK:ID")
    parser.add_argument("--text", action="store_true", help="play in the terminal")
    parser.add_argument("--seed", type=seed, help="the game's chance; shown and stored")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--d", type=share, help="fix the buyers' diffuseness, 0 to 1")
    who.add_argument("--blind", action="store_true", help="draw it uniformly")
    parser.add_argument("--help-level", choices=_HELP_LEVELS, default=None, help="default: plain")
    parser.add_argument("--save", type=Path, metavar="FILE", help="where the game is kept")
    parser.add_argument("--coach", action="store_true", help="hints, and a word at big moments")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with a saved game")
    parser.add_argument(
        "--try", dest="try_at", metavar="TURN", help="with --resume: this turn or entry once more"
    )
    parser.add_argument("--fresh", action="store_true", help="with --try: with fresh luck")


def replay(args: argparse.Namespace) -> int:
    """Play a transcript back."""
    from game.terminal import commands

    return commands.replay(args.file)


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .lunch.json file")


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


def _review_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .lunch.json file")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write it as a page")
    parser.add_argument("--face-up", action="store_true", help="also with the others' cards open")
    parser.add_argument("--all", action="store_true", help="the details of every move")
    parser.add_argument(
        "--no-save", dest="save", action="store_false", help="leave your profile out of it"
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


def _profile_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    export = acts.add_parser("export", help="write everything that is kept about you into a zip")
    export.add_argument("file", type=Path, metavar="FILE", help="a new .zip file")
    erase = acts.add_parser("erase", help="remove everything that is kept about you")
    erase.add_argument("--saves", action="store_true", help="saved games too")
    erase.add_argument("--yes", action="store_true", help="without being asked")
    acts.add_parser("set-aside", help="keep a profile that cannot be read under another name")


def again(args: argparse.Namespace) -> int:
    """Try a moment again that a review has kept: the most urgent that is due, or a named one."""
    from game.terminal.again import again as face

    return face(args.moment, fresh=args.fresh, listed=args.list, today=args.today)


def _again_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("moment", nargs="?", metavar="MOMENT", help="its name, or the beginning")
    parser.add_argument("--fresh", action="store_true", help="with fresh luck")
    parser.add_argument("--list", action="store_true", help="show every moment, play none")
    parser.add_argument("--today", type=_day, help=argparse.SUPPRESS)  # to try out the days


# --- authoring ------------------------------------------------------------------------------


def check(args: argparse.Namespace) -> int:
    """Find mistakes in scenarios, voices and folders of them."""
    from game.authoring.check import run

    return run(args)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, packs, ids")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text",
        help="for people (default), for programs, for a workflow of GitHub, for code scanners",
    )  # fmt: skip
    form.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--fix", action="store_true", help="mend what needs no choice of yours")
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show what would change")
    parser.add_argument("--diff", action="store_true", help="the same as --fix --dry-run")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    parser.add_argument(
        "--deep", action="store_true",
        help="also play: expectations, plays, moves, what is reached and heard (some seconds each)",
    )  # fmt: skip
    parser.add_argument("--seed", type=seed, default=90_000, help="with --deep: of its first game")
    parser.add_argument("--jobs", type=whole, help="with --deep: processes; all processors if none")


def new(args: argparse.Namespace) -> int:
    """Ask a few questions, or take flags, and write a scenario that plays."""
    from game.authoring.new import run

    return run(args)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="its id, such as corner-bakery")
    parser.add_argument("--bare", action="store_true", help="the thirty-line version")
    parser.add_argument("--yes", action="store_true", help="ask nothing, take what is offered")
    parser.add_argument("--folder", default=".", metavar="DIR", help="where; default: here")
    for name, shown, what in (
        ("title", "WORDS", "the title; default: made of the id"),
        ("selling", "WORDS", "what you sell"),
        ("name", "WORDS", "the buyer's name"),
        ("role", "WORDS", "what they are, and where"),
        ("pronoun", "WORD", "he, she or they"),
        ("diffuseness", "D", "0 business is business, 1 first the person, then the price"),
        ("sure", "WORD", "of that: well, met or guess"),
        ("currency", "CODE", "of the price, such as EUR"),
        ("price-from", "N", "the price you would like"),
        ("price-to", "N", "the lowest price"),
        ("issue", "WORDS", "what else has to be agreed"),
        ("options", "A,B,…", "its choices, from your best to theirs"),
        ("meetings", "N", "1 to 6"),
        ("turns", "N", "of each meeting, 1 to 60"),
    ):
        dest = "sd" if name == "sure" else name.replace("-", "_")
        parser.add_argument(f"--{name}", dest=dest, metavar=shown, help=what)


def schema(args: argparse.Namespace) -> int:
    """Print the JSON Schema by which an editor completes and explains a scenario or a voice."""
    from game.authoring.schema import run

    return run(args)


def _schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind", nargs="?", choices=("scenario", "voice", "pack"), default="scenario"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there")


def preview(args: argparse.Namespace) -> int:
    """Play a scenario beside its file, begun anywhere in it; it is read again when it changes."""
    from game.authoring.preview.command import run

    return run(args)


def _preview_arguments(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import preview_arguments

    preview_arguments(parser)


def balance(args: argparse.Namespace) -> int:
    """Let a panel of sellers play a scenario: whether it teaches, and what an edit changed."""
    from game.authoring.balance import run

    return run(args)


def _balance_arguments(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import balance_arguments

    balance_arguments(parser)


def pack(args: argparse.Namespace) -> int:
    """Check a pack's folder and make one file of it, the same bytes on every machine."""
    from game.authoring.pack import run

    return run(args)


def _pack_arguments(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import pack_arguments

    pack_arguments(parser)


def machine(args: argparse.Namespace) -> int:
    """Draw the trust-state machine of a scenario, with the ways that its games go."""
    from game.authoring.machine import run

    return run(args)


def _machine_arguments(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import machine_arguments

    machine_arguments(parser)


# --- many games -----------------------------------------------------------------------------


def simulate(args: argparse.Namespace) -> int:
    """Let one seller play a scenario many times: endings, means and percentiles."""
    from game.analysis.simulate import run

    return run(args)


def _simulate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", help="a shipped id, a file, a pack, or PACK:ID")
    parser.add_argument("--policy", required=True, help="a shipped seller, a variant, or steps")
    parser.add_argument("--runs", type=whole, default=10_000, help="default: 10000")
    parser.add_argument("--seed", type=seed, default=1, help="run i has this seed + i")
    parser.add_argument(
        "--set", dest="settings", action="append", default=[], metavar="KEY=VALUE",
        help="change the scenario first: buyer.diffuseness=0.9 sets a mean; repeatable",
    )  # fmt: skip
    parser.add_argument("--jobs", type=whole, help="processes; default: as many as pay")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def claims(args: argparse.Namespace) -> int:
    """Test the statements about behaviour that the model is held to."""
    from game.analysis.claim_report import run

    return run(args)


def _claims_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all shipped")
    parser.add_argument(
        "--scenario", action="append", default=[], metavar="S", help="in this one; repeatable"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="these claims")
    parser.add_argument("--quick", action="store_true", help="a tenth of the episodes, for a look")
    parser.add_argument(
        "--weights", type=whole, default=0, metavar="N", help="again under N draws of the weights"
    )
    parser.add_argument(
        "--check-known", type=Path, metavar="FILE", help="0 if just these fail, else 1"
    )
    parser.add_argument("--write-known", type=Path, metavar="FILE", help="write what fails")
    parser.add_argument("--jobs", type=whole, help="processes; default: one a processor")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


# --- tests for people ------------------------------------------------------------------------


def test(args: argparse.Namespace) -> int:
    """Take a test for people, or score answers to one: self, judgment, or a file of your own."""
    from game.terminal.questionnaire import run

    return run(args)


def _test_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "test", nargs="?", default="self", metavar="TEST",
        help="self (default), judgment, its halves before and after, or a YAML file",
    )  # fmt: skip
    parser.add_argument("--form", choices=("before", "after"), help="one half of a judgment test")
    parser.add_argument("--answers", metavar="3,1,…", help="score these, ask nothing")
    parser.add_argument(
        "--before", metavar="3,1,…", help="with the second half: the first one's answers"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


# --- translations ---------------------------------------------------------------------------


def strings(args: argparse.Namespace) -> int:
    """Write words out for translators, take translations in, and say what is missing."""
    from game.authoring import strings as face

    if args.act == "export":
        return face.export(args.what, args.into, args.output)
    if args.act == "import":
        return face.bring_in(args.files, args.folder)
    return face.status(args.what, args.into, args.complete, args.json)


def _strings_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    what = "“interface”, a scenario, or one file of words such as common/phrases"
    out = acts.add_parser("export", help="write PO catalogues to be filled in")
    out.add_argument("what", nargs="*", metavar="WHAT", help=f"{what}; default: interface")
    out.add_argument("--lang", dest="into", required=True, metavar="TAG", help="de, pt-BR, …")
    out.add_argument(
        "--output", type=Path, metavar="DIR", help="default: locale/ beside the scenarios"
    )
    back = acts.add_parser("import", help="check filled-in catalogues and put them in their place")
    back.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PO files")
    back.add_argument(
        "--folder", type=Path, metavar="DIR", help="the scenario's folder, if it is not shipped"
    )
    told = acts.add_parser("status", help="what is translated, doubtful and missing")
    told.add_argument("what", nargs="*", metavar="WHAT", help=f"{what}; default: all begun")
    told.add_argument("--lang", dest="into", metavar="TAG", help="default: every language")
    told.add_argument("--complete", action="store_true", help="end with 1 if anything is missing")
    told.add_argument("--json", action="store_true", help="one JSON object on stdout")


# --- the workshop ----------------------------------------------------------------------------


def host(args: argparse.Namespace) -> int:
    """Serve a workshop session on this network until it is stopped."""
    from game.workshop.command import host as serve

    return serve(args)


def _host_arguments(parser: argparse.ArgumentParser) -> None:
    from game.workshop.command import host_arguments

    host_arguments(parser)


# --- pictures of the interface ---------------------------------------------------------------


def shots(args: argparse.Namespace) -> int:
    """Write every screen of the desktop in every state as PNG, and say what does not fit."""
    from game.desktop.shots import run

    return run(args.folder, args.only, as_json=args.json)


def _shots_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME",
        help="these states; 'sheet-*' means several, 'table-*.dark-*' those in a look",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


# --- the table of commands ------------------------------------------------------------------

# name: (what it does, its arguments, the function)
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], Command]] = {
    "play": ("play a scenario", _play_arguments, play),
    "replay": ("play a saved game back", _replay_arguments, replay),
    "review": ("what each move of a saved game was worth", _review_arguments, review),
    "profile": ("what you did so far, and what to try again", _profile_arguments, profile),
    "again": ("try a moment again that is due", _again_arguments, again),
    "check": ("find mistakes in scenarios and voices", _check_arguments, check),
    "new": ("begin a scenario", _new_arguments, new),
    "schema": ("the JSON Schema of scenarios or voices", _schema_arguments, schema),
    "preview": ("play a scenario beside its file as you write", _preview_arguments, preview),
    "balance": ("what a panel of sellers makes of a scenario", _balance_arguments, balance),
    "pack": ("make one file of a folder of scenarios", _pack_arguments, pack),
    "machine": ("the trust-state machine, and which ways are gone", _machine_arguments, machine),
    "claims": ("test the statements the model is held to", _claims_arguments, claims),
    "simulate": ("let a seller play a scenario many times", _simulate_arguments, simulate),
    "test": ("take a test for people, or score one", _test_arguments, test),
    "strings": ("translate the interface and scenarios", _strings_arguments, strings),
    "host": ("run a workshop: phones, a console, a stage", _host_arguments, host),
    "shots": ("pictures of every screen, and what does not fit", _shots_arguments, shots),
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
    for name, (what, arguments, function) in COMMANDS.items():
        sub = commands.add_parser(name, help=what, description=function.__doc__)
        arguments(sub)
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a day, as in 2026-03-09") from None


if __name__ == "__main__":
    sys.exit(main())
