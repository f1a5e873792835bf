"""The outcome in bars: your deal, their deal, the relationship."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from game.figures.checks import frame, within
from game.figures.rows import BAR, SIZE, rows_of
from game.figures.svg import Canvas
from game.figures.theme import Theme


class Share(StrEnum):
    YOURS = "yours"
    THEIRS = "theirs"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True, slots=True)
class OutcomeBar:
    """`value` is 0 to 1; `text` is the value as it is read."""

    share: Share
    label: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    title: str
    desc: str
    bars: tuple[OutcomeBar, ...]

    def __post_init__(self) -> None:
        for bar in self.bars:
            within("value", bar.value, 0.0, 1.0)


def outcome_bars(
    data: Outcome, theme: Theme, width: float, height: float, scale: float = 1.0
) -> str:
    """The bars as SVG, `width` px wide and at least `height` px high; `scale` is the text's."""
    frame(width, height, scale)
    canvas = Canvas(theme)
    rows = rows_of([b.label for b in data.bars], [b.text for b in data.bars], width, SIZE * scale)
    colours = {
        Share.YOURS: theme.specific,
        Share.THEIRS: theme.gold,
        Share.RELATIONSHIP: theme.good,
    }
    spare = max(0.0, height - sum(rows.heights)) / max(1, len(data.bars))
    y = 0.0
    for i, bar in enumerate(data.bars):
        middle = rows.draw(canvas, i, y + spare / 2, width)
        rows.track(canvas, middle, BAR / 2)
        wide = bar.value * (rows.right - rows.left)
        if wide > 0:
            canvas.add(
                "rect", x=rows.left, y=middle - BAR / 2, width=wide, height=BAR,
                rx=min(BAR, wide) / 2, fill=colours[bar.share],
            )  # fmt: skip
        y += rows.heights[i] + spare
    return canvas.document(width, max(height, y), data.title, data.desc)
