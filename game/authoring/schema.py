"""The command `longlunch schema`: print or write the JSON Schema of a kind of file."""

from __future__ import annotations

from argparse import Namespace

from game.authoring.writing import write_over
from game.scenario.schema import schema_text


def run(args: Namespace) -> int:
    """Run it; returns the exit status. ``args`` has kind and output."""
    text = schema_text(args.kind)
    if args.output is None:
        print(text, end="")
    else:
        write_over(args.output, text)
    return 0
