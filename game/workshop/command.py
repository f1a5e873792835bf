"""The command line of the workshop; nothing heavy is imported before it runs."""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

from game.analysis.arguments import seed, whole


def host_arguments(parser: argparse.ArgumentParser) -> None:
    """What `longlunch host` takes."""
    parser.add_argument(
        "scenarios", nargs="*", metavar="SCENARIO",
        help="ids, files, packs or folders; without one the last session goes on, or seoul begins",
    )  # fmt: skip
    parser.add_argument(
        "--mode", choices=("parallel", "round", "pairs"),
        help="how it is played; default: parallel, without phones round; can be changed on the "
        "console",
    )  # fmt: skip
    parser.add_argument(
        "--no-phones", action="store_true", help="count hands; open nothing to the network"
    )
    parser.add_argument("--new", action="store_true", help="do not go on with an unfinished one")
    parser.add_argument("--title", default="", help="of the session; default: the scenario's")
    parser.add_argument("--seed", type=seed, default=1, help="the same chance at every table")
    parser.add_argument("--no-window", action="store_true", help="do not open the console")
    parser.add_argument("--port", type=_port, help="default: 8765, or the next that is free")
    parser.add_argument("--bind", default="", metavar="ADDRESS", help="default: every address")
    parser.add_argument(
        "--address", type=_address, metavar="NAME",
        help="what phones are told, such as the name in a certificate; default: the likeliest",
    )  # fmt: skip
    parser.add_argument("--store", default="", metavar="URL", help="sqlite:///FILE or a server's")
    parser.add_argument(
        "--keep-until", type=_day, metavar="DAY", help="the session is erased after it: 2027-03-09"
    )
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="a certificate, with its chain"
    )
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its key, if it is not inside")
    parser.add_argument("--json", action="store_true", help="the announcement as one JSON object")
    # for programs that start a server, such as the desktop game
    parser.add_argument("--attended", action="store_true", help=argparse.SUPPRESS)


def host(args: argparse.Namespace) -> int:
    """Serve a workshop session on this network until it is stopped."""
    from game.workshop.certificate import try_certificate
    from game.workshop.early import early
    from game.workshop.options import Options

    options = Options(
        scenarios=tuple(args.scenarios), port=args.port, bind=args.bind,
        keep_until=args.keep_until,
        address=args.address or "", window=not args.no_window, store=args.store,
        certificate=args.tls_cert, key=args.tls_key, new=args.new, title=args.title,
        seed=args.seed, mode=args.mode, phones=not args.no_phones, as_json=args.json,
        attended=args.attended,
    )  # fmt: skip
    try_certificate(options.certificate, options.key)
    door = early(options)
    from game.workshop.run import host as serve  # takes most of the time until it answers

    return serve(options, door)


def bots_arguments(parser: argparse.ArgumentParser) -> None:
    """What `longlunch bots` takes."""
    parser.add_argument("number", type=int, metavar="N", help="how many people, 1 to 1000")
    parser.add_argument(
        "where", metavar="WHERE",
        help="the code on the wall, for port 8765 of this machine, or http://ADDRESS:PORT/j/CODE",
    )  # fmt: skip
    parser.add_argument(
        "--think", type=float, default=3.0, metavar="SECONDS",
        help="mean time before a move; default: 3",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, help="of everything they do; default: 1")
    parser.add_argument(
        "--policy", nargs="+", default=[], metavar="P",
        help="sellers they take turns to be; default: four shipped ones",
    )  # fmt: skip
    parser.add_argument(
        "--poll", type=float, default=0.0, metavar="SHARE",
        help="share, 0 to 1, whose browser has no streams",
    )  # fmt: skip
    parser.add_argument("--seconds", type=float, default=0.0, help="leave after so long")
    parser.add_argument(
        "--until", choices=("over", "played"), default="over",
        help="stay until the session is over (default), or until every game is",
    )  # fmt: skip
    parser.add_argument(
        "--lan", action="store_true", help="the server is another machine of this network"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def bots(args: argparse.Namespace) -> int:
    """Fill a workshop session with simulated people, for a rehearsal or a demo."""
    from game.workshop.bots.fill import Options, run
    from game.workshop.bots.people import SELLERS

    return run(
        Options(
            number=args.number, where=args.where, think=args.think, seed=args.seed,
            policies=tuple(args.policy) or SELLERS, polls=args.poll, seconds=args.seconds,
            until=args.until, lan=args.lan, as_json=args.json,
        )
    )  # fmt: skip


def sessions_arguments(parser: argparse.ArgumentParser) -> None:
    """What `longlunch sessions` takes."""
    parser.add_argument("--store", default="", metavar="URL", help="as with host")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    export = acts.add_parser("export", help="write everything of a session into a zip")
    export.add_argument("session", metavar="SESSION", help="its id, or the beginning of it")
    export.add_argument("file", type=Path, metavar="FILE", help="a .zip file")
    export.add_argument("--no-worth", action="store_true", help="do not weigh the moves first")
    keep = acts.add_parser("keep", help="set the day after which a session is erased")
    keep.add_argument("session", metavar="SESSION")
    keep.add_argument("day", metavar="DAY", help="such as 2027-03-09, or always")
    erase = acts.add_parser("erase", help="erase a session, or one person from it")
    erase.add_argument("session", nargs="?", default="", metavar="SESSION")
    erase.add_argument("--person", default="", metavar="P", help="only this one's name and answers")
    erase.add_argument("--due", action="store_true", help="every session that is past its day")
    erase.add_argument("--yes", action="store_true", help="without being asked")


def sessions(args: argparse.Namespace) -> int:
    """What is kept of workshops: list it, take it away, keep it for a while, erase it."""
    from game.workshop.sessions import run

    return run(args)


def _day(text: str) -> float:
    """The end of a day to come, in seconds since 1970."""
    from game.workshop.debrief.routes import end_of_day

    try:
        end = end_of_day(text, time.time())
    except ValueError:
        end = None
    if end is None:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is no day to come, as in 2027-03-09")
    return end


def _port(text: str) -> int:
    port = whole(text)
    if not 0 <= port < 1 << 16:
        raise argparse.ArgumentTypeError("a port lies between 0 and 65535; 0 takes any")
    return port


def _address(text: str) -> str:
    if not re.fullmatch(r"[\w.:-]{1,200}", text):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a name or an address alone")
    return text
