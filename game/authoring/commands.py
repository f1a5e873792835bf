"""What the commands of authors take from the command line; light, since every start reads it."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.analysis.arguments import seed, whole


def balance_arguments(parser: argparse.ArgumentParser) -> None:
    """`longlunch balance`."""
    parser.add_argument("scenario", help="id of a shipped scenario, a file, or a pack's scenario")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write the whole as a page")
    parser.add_argument(
        "--compare", metavar="OTHER",
        help="say what an edit changed: another file or id, or a git revision of this one",
    )  # fmt: skip
    parser.add_argument("--runs", type=whole, default=2_000, help="games a seller; default: 2000")
    parser.add_argument(
        "--optimal", type=whole, default=200, metavar="N",
        help="games of the reference that looks ahead; default: 200, 0 leaves it out",
    )  # fmt: skip
    parser.add_argument("--jobs", type=whole, help="processes; default: as many as pay")
    _for_many_games(parser)


def preview_arguments(parser: argparse.ArgumentParser) -> None:
    """`longlunch preview`."""
    parser.add_argument("scenario", help="id of a shipped scenario, a file, or a pack's scenario")
    parser.add_argument("--meeting", type=whole, default=0, metavar="N", help="begin in this one")
    parser.add_argument("--turn", type=whole, default=0, metavar="N", help="before this turn of it")
    parser.add_argument("--state", default="", help="with a buyer in this state of trust")
    parser.add_argument("--seed", type=seed, default=1, help="the first chance to be tried")
    parser.add_argument("--d", type=float, metavar="D", help="fix the buyers' diffuseness, 0 to 1")
    parser.add_argument("--text", action="store_true", help="in the terminal")


def pack_arguments(parser: argparse.ArgumentParser) -> None:
    """`longlunch pack`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="with pack.yaml at its top")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="default: ID.lunchpack.zip, here"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def machine_arguments(parser: argparse.ArgumentParser) -> None:
    """`longlunch machine`."""
    parser.add_argument("scenario", help="id of a shipped scenario, a file, or a pack's scenario")
    parser.add_argument("--svg", type=Path, metavar="OUT", help="write it as a drawing")
    parser.add_argument(
        "--policy", nargs="+", metavar="P", help="sellers who play; default: the panel of balance"
    )
    parser.add_argument("--buyer", metavar="B", help="count this one alone, by his id")
    parser.add_argument("--runs", type=whole, default=2_000, help="games a seller; default: 2000")
    _for_many_games(parser, mermaid=True)


def _for_many_games(parser: argparse.ArgumentParser, mermaid: bool = False) -> None:
    parser.add_argument("--seed", type=seed, default=1, help="run i has this seed + i")
    parser.add_argument(
        "--set", dest="settings", action="append", default=[], metavar="KEY=VALUE",
        help="change the scenario first: buyer.patience=0.5 sets a mean; repeatable",
    )  # fmt: skip
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object on stdout")
    if mermaid:
        form.add_argument("--mermaid", action="store_true", help="a diagram for Mermaid on stdout")
