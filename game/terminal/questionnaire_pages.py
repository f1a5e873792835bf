"""What answers to a test came to, as pages of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.table import Table
from rich.text import Text

from game.review.questionnaire import Gain, JudgmentResult, SelfResult
from game.review.questionnaire_models import SCALE, JudgmentTest, SelfTest
from game.review.questionnaire_words import word
from game.review.words import cited
from game.session.writing import aside, listed, numeral
from game.terminal.screen import Screen

_APART = "   "  # between two steps of a scale
_NARROW = 60  # columns; below, the topics are left out beside the titles


def self_page(
    screen: Screen, test: SelfTest, result: SelfResult, goes_on: Callable[[], bool]
) -> None:
    """The place, its reading, and every answer on its own line."""
    screen.rule(word("result_self"))
    screen.show(_continuum(result.d, screen.width))
    screen.text(word("place", value=numeral(result.d, 2)) + " " + word("poles"), "muted")
    screen.blank()
    if result.one_answer and test.one_answer:
        screen.text(test.one_answer)
    else:
        band, spread = test.bands[result.band], test.spreads[result.spread_band]
        screen.text(band.name, "heading")
        screen.text(band.reading)
        screen.blank()
        screen.text(spread.name, "heading")
        screen.text(spread.reading)
        screen.text(word("spread", value=numeral(result.spread, 2)), "muted")
    screen.blank()
    screen.text(test.limits or "", "muted")
    if not goes_on():
        return
    screen.blank()
    screen.rule(word("each_answer"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_row(Text(""), _ends(SCALE + (SCALE - 1) * len(_APART)))
    for one in result.items:
        title = test.items[one.id].title
        grid.add_row(Text(title), Text(_marked(one.score, SCALE, "·", _APART), style="key"))
    screen.show(grid)


def _ends(width: int) -> Text:
    """`Specific  Diffuse`, the poles at both ends of a width."""
    left, right = word("pole_specific"), word("pole_diffuse")
    out = Text(left, style="specific")
    out.append(" " * max(1, width - len(left) - len(right)))
    out.append(right, style="diffuse")
    return out


def _marked(value: float, cells: int, line: str, gap: str) -> str:
    """`· · ● · ·`: a value in [0, 1] on a line of cells."""
    marks = [line] * cells
    marks[round(value * (cells - 1))] = "●"
    return gap.join(marks)


def _continuum(value: float, width: int) -> Text:
    """`Specific ────●──── Diffuse`."""
    left, right = word("pole_specific"), word("pole_diffuse")
    cells = max(5, min(48, width - len(left) - len(right) - 4))
    out = Text(left + " ", style="specific")
    out.append(_marked(value, cells, "─", ""), style="ink")
    out.append(" " + right, style="diffuse")
    return out


def judgment_page(screen: Screen, test: JudgmentTest, result: JudgmentResult) -> None:
    """The points, all together and item by item."""
    half = word(f"form_{result.form}")
    screen.rule(listed(x for x in (word("result_judgment"), half) if x))
    screen.text(
        word(
            "points", points=result.points, most=result.most, share=numeral(100 * result.share),
            value=numeral(result.blind),
        )
    )  # fmt: skip
    screen.blank()
    grid = Table.grid(padding=(0, 2, 0, 0))
    for number, one in enumerate(result.items, 1):
        row = [Text(f"{number:>2}", style="muted"), Text(test.items[one.id].title)]
        if screen.width >= _NARROW:
            row.append(Text(test.topics[one.topic], style="muted"))
        earned = word("item_points", points=one.points, most=one.most)
        grid.add_row(*row, Text(earned, style="key" if one.points == one.most else "ink"))
    screen.show(grid)
    screen.blank()
    screen.text(test.limits or "", "muted")


def gain_page(screen: Screen, test: JudgmentTest, change: Gain) -> None:
    """Both halves beside each other, by topic."""
    screen.blank()
    screen.rule(word("result_gain"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column(justify="right")
    names = (word("gain_topic"), word("gain_before"), word("gain_after"))
    grid.add_row(*(Text(name, style="muted") for name in names))
    for one in change.topics:
        grid.add_row(Text(test.topics[one.topic]), Text(str(one.before)), Text(str(one.after)))
    sums = (sum(one.before for one in change.topics), sum(one.after for one in change.topics))
    total = (word("gain_total"), *map(str, sums))
    grid.add_row(*(Text(cell, style="key") for cell in total))
    screen.show(grid)
    screen.blank()
    id = "gain_up" if change.points > 0 else "gain_down" if change.points < 0 else "gain_same"
    screen.text(word(id, share=numeral(abs(100 * change.share))))
    screen.text(word("gain_noise", value=numeral(change.noise)), "muted")


def reasons(
    screen: Screen,
    test: JudgmentTest,
    halves: Sequence[JudgmentResult],
    goes_on: Callable[[], bool],
) -> None:
    """Item by item: what was chosen, what earns most, why and by whom; `goes_on` between them."""
    first = True
    for result in halves:
        for number, one in enumerate(result.items, 1):
            if not first and not goes_on():
                return
            item, options = test.items[one.id], list(test.items[one.id].options.values())
            half = word(f"form_{result.form}") if len(halves) > 1 else ""
            screen.blank()
            if first:
                screen.rule(word("reasons"))
            first = False
            head = word("progress", count=number, total=len(result.items))
            screen.text(f"{head}  " + listed(x for x in (item.title, half) if x), "heading")
            screen.text(item.situation, "muted")
            screen.blank()
            earned = word("item_points", points=one.points, most=one.most)
            screen.pair(word("you_chose"), aside(options[one.answer - 1].does, earned), 11)
            if one.points < one.most:
                screen.pair(word("best_was"), options[one.best - 1].does, 11)
            if item.why:
                screen.pair(word("why"), item.why, 11)
            if item.sources:
                screen.pair(word("sources"), listed(map(cited, item.sources)), 11, "muted")
