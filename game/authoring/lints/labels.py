"""Labels that are said to the buyer's face and speak of him as of somebody who is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.authoring.subject import Subject
from game.scenario.diagnostics import Diagnostic
from game.scenario.tree import Path

# At the beginning of a label there is nobody yet whom these words could mean but the buyer. Within
# one, as in “the mill and its owner”, there often is, so nothing is said of it.
_ABSENT = re.compile(r"(his|her|their)\s+\S", re.I)


def absent(subject: Subject) -> Iterator[Diagnostic]:
    """L028: a label in English that begins with his, her or their."""
    scenario = subject.scenario
    if scenario.lang.partition("-")[0] != "en":
        return
    labels: list[tuple[Path, str]] = [
        ((section, id, "label"), part.label)
        for section in ("topics", "issues", "demands")
        for id, part in getattr(scenario, section).items()
    ]
    labels += [(("blocks", id), text) for id, text in scenario.blocks.items()]
    for path, label in labels:
        found = _ABSENT.match(label)
        if found is None:
            continue
        rest = label[found.end(1) :].strip()
        yield subject.complaint(
            "L028",
            f"this is said to the buyer, of whom “{found[1]}” speaks as of somebody absent",
            path,
            expected="a label that fits into what one says to the person it is about",
            fix=f"write “the {rest[:60]}”",
        )
