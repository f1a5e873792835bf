"""What each command takes from the command line."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from game.analysis.arguments import seed, share, whole

_HELP_LEVELS = ("guided", "plain", "exam")


def play(parser: argparse.ArgumentParser) -> None:
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


def replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .lunch.json file")


def review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .lunch.json file")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write it as a page")
    parser.add_argument("--face-up", action="store_true", help="also with the others' cards open")
    parser.add_argument("--all", action="store_true", help="the details of every move")
    parser.add_argument(
        "--no-save", dest="save", action="store_false", help="leave your profile out of it"
    )


def profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    export = acts.add_parser("export", help="write everything that is kept about you into a zip")
    export.add_argument("file", type=Path, metavar="FILE", help="a new .zip file")
    erase = acts.add_parser("erase", help="remove everything that is kept about you")
    erase.add_argument("--saves", action="store_true", help="saved games too")
    erase.add_argument("--yes", action="store_true", help="without being asked")
    acts.add_parser("set-aside", help="keep a profile that cannot be read under another name")


def again(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("moment", nargs="?", metavar="MOMENT", help="its name, or the beginning")
    parser.add_argument("--fresh", action="store_true", help="with fresh luck")
    parser.add_argument("--list", action="store_true", help="show every moment, play none")
    parser.add_argument("--today", type=_day, help=argparse.SUPPRESS)  # to try out the days


def check(parser: argparse.ArgumentParser) -> None:
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


def new(parser: argparse.ArgumentParser) -> None:
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


def schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind", nargs="?", choices=("scenario", "voice", "pack"), default="scenario"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there")


def preview(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import preview_arguments

    preview_arguments(parser)


def balance(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import balance_arguments

    balance_arguments(parser)


def pack(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import pack_arguments

    pack_arguments(parser)


def machine(parser: argparse.ArgumentParser) -> None:
    from game.authoring.commands import machine_arguments

    machine_arguments(parser)


def simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", help="a shipped id, a file, a pack, or PACK:ID")
    parser.add_argument("--policy", required=True, help="a shipped seller, a variant, or steps")
    parser.add_argument("--runs", type=whole, help="default: 10000, for optimal 200")
    parser.add_argument("--seed", type=seed, default=1, help="run i has this seed + i")
    parser.add_argument(
        "--set", dest="settings", action="append", default=[], metavar="KEY=VALUE",
        help="change the scenario first: buyer.diffuseness=0.9 sets a mean; repeatable",
    )  # fmt: skip
    parser.add_argument("--jobs", type=whole, help="processes; default: as many as pay")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def claims(parser: argparse.ArgumentParser) -> None:
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


def test(parser: argparse.ArgumentParser) -> None:
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


def strings(parser: argparse.ArgumentParser) -> None:
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


def host(parser: argparse.ArgumentParser) -> None:
    from game.workshop.command import host_arguments

    host_arguments(parser)


def sessions(parser: argparse.ArgumentParser) -> None:
    from game.workshop.command import sessions_arguments

    sessions_arguments(parser)


def bots(parser: argparse.ArgumentParser) -> None:
    from game.workshop.command import bots_arguments

    bots_arguments(parser)


def shots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME",
        help="these states; 'sheet-*' means several, 'table-*.dark-*' those in a look",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a day, as in 2026-03-09") from None
