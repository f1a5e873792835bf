"""The commands, each a few lines. A face is imported only when its command runs."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Callable
from typing import Any, TextIO

from game import arguments

Command = Callable[[argparse.Namespace], int]


# --- play and replay ------------------------------------------------------------------------


def play(args: argparse.Namespace) -> int:
    """Play a scenario in a window, or with --text in the terminal; without one, choose."""
    from game.analysis.settings import usage
    from game.terminal import commands

    new = (args.seed, args.d, args.help_level, args.blind or None, args.coach or None)
    if args.resume is not None and any(x is not None for x in new):
        raise usage(
            "--seed, --d, --blind, --help-level and --coach belong to a new game",
            "with --resume they stay as they were",
            "leave them out, or leave out --resume",
        )
    if args.coach and args.help_level == "exam":
        raise usage("nobody coaches in an exam", "--coach in guided or plain play", "leave it out")
    if (args.try_at is not None and args.resume is None) or (args.fresh and args.try_at is None):
        raise usage(
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
    """Whether moves come from a pipe or a file, or somebody sends what is shown into one.

    A menu or a file manager gives a program no terminal; where its output goes then says nothing.
    """
    if sys.stdin is None or _is_pipe_or_file(sys.stdin):
        return sys.stdin is not None
    return sys.stdin.isatty() and _is_pipe_or_file(sys.stdout)


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
        _readable(options)
        if sys.stderr is not None:
            print(say("app.no_display", value=problem.why), file=sys.stderr, flush=True)
        return None


def _readable(options: dict[str, Any]) -> None:
    """Raise what keeps a game from being played at all: then that is all there is to say."""
    from game.scenario.load import load_scenario
    from game.scenario.sources import tables
    from game.session.transcript import load_transcript

    if options["resume"] is not None:
        load_transcript(options["resume"])
    elif options["scenario"] is not None and len(known := tables(options["scenario"])) == 1:
        load_scenario(*known.values())


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
    if not (args.deep or args.watch):
        import gc

        gc.disable()  # it is over before rubbish could matter, and a tenth sooner so
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


def sessions(args: argparse.Namespace) -> int:
    """What is kept of workshops: list it, take it away, keep it for a while, erase it."""
    from game.workshop.command import sessions as face

    return face(args)


def bots(args: argparse.Namespace) -> int:
    """Fill a workshop session with simulated people, for a rehearsal or a demo."""
    from game.workshop.command import bots as fill

    return fill(args)


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
    "sessions": ("workshops that are kept: take away, erase", arguments.sessions, sessions),
    "bots": ("fill a workshop with simulated people", arguments.bots, bots),
    "shots": ("pictures of every screen, and what does not fit", arguments.shots, shots),
}
