"""The command line of the workshop; nothing heavy is imported before it runs."""

from __future__ import annotations

import argparse
from pathlib import Path


def host_arguments(parser: argparse.ArgumentParser) -> None:
    """What `longlunch host` takes."""
    parser.add_argument(
        "scenarios", nargs="*", metavar="SCENARIO", help="ids or files; one is usual"
    )
    parser.add_argument("--port", type=int, default=8765, help="default: 8765; 0 for any")
    parser.add_argument("--bind", default="", metavar="ADDRESS", help="default: every address")
    parser.add_argument("--no-window", action="store_true", help="do not open the console")
    parser.add_argument("--store", default="", metavar="URL", help="sqlite:///FILE or a server's")
    parser.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="a certificate, with its chain"
    )
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its key, if it is not inside")
    parser.add_argument("--title", default="", help="of the session; default: the scenario's")
    parser.add_argument("--seed", type=int, default=1, help="the same chance at every table")
    parser.add_argument("--new", action="store_true", help="do not go on with an unfinished one")


def host(args: argparse.Namespace) -> int:
    """Serve a workshop session on this network until it is stopped."""
    from game.workshop.run import Options
    from game.workshop.run import host as serve

    return serve(
        Options(
            scenarios=tuple(args.scenarios), port=args.port, bind=args.bind,
            window=not args.no_window, store=args.store, certificate=args.tls_cert,
            key=args.tls_key, new=args.new, title=args.title, seed=args.seed,
        )
    )  # fmt: skip
