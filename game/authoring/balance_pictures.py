"""A balance's figures: what each is drawn from, in the numbers that its tables give.

Colours are the names of a page's variables unless a theme is given. A figure without anything to
show is "".
"""

from __future__ import annotations

from collections.abc import Sequence

from game.analysis.balance import Balance, MoveWorth
from game.analysis.balance_compare import Change
from game.analysis.contrast import Contrast
from game.analysis.findings import percent, place, points
from game.analysis.packages import PriceScale
from game.analysis.panel import PANEL, READER, REFERENCE, SKILL
from game.authoring.balance_words import signed, word
from game.figures.marks import LegendEntry, Sign
from game.figures.panels import Panel, Panels, panels
from game.figures.pareto import Deal, Pareto, Price, pareto
from game.figures.stacks import Fill, Layer, Stack, Stacks, stacks
from game.figures.theme import Theme
from game.figures.whiskers import Whisker, Whiskers, whiskers
from game.review.sheet import VARIABLES

ENDINGS = {
    "agreement": Fill.SOLID, "parted": Fill.HOLLOW, "deadline": Fill.UPRIGHT,
    "impasse": Fill.SLANTED, "walkaway": Fill.CROSSED,
}  # fmt: skip
_SCORES = ((0.0, "0"), (25.0, "25"), (50.0, "50"), (75.0, "75"), (100.0, "100"))
_TRUST = ((0.0, "0"), (0.25, ".25"), (0.5, ".5"), (0.75, ".75"), (1.0, "1"))
_LEAST_DEALS = 0.02  # share of the games below which a seller's deals have no middle

Size = tuple[float, float]


def page_word(id: str, **values: object) -> str:
    """A text of the page by its id."""
    return word("page", id, **values)


def endings_picture(found: Balance, size: Size, theme: Theme = VARIABLES) -> str:
    """A bar a seller, as the scenario draws its buyers."""
    data = Stacks(
        title=page_word("endings_title"),
        desc="; ".join(
            f"{cell.seller}: {word('endings', 'agreement')} {percent(cell.endings['agreement'])}"
            for cell in found.own
        ),
        layers=tuple(Layer(word("endings", name), fill) for name, fill in ENDINGS.items()),
        stacks=tuple(
            Stack(
                cell.seller,
                tuple(cell.endings[name] for name in ENDINGS),
                tuple(percent(cell.endings[name]) for name in ENDINGS),
            )
            for cell in found.own
        ),
    )
    return stacks(data, theme, *size)


def bands_picture(found: Balance, size: Size, theme: Theme = VARIABLES) -> str:
    """A plot a seller: mean scores over the bands, marked where the seller is the best."""
    data = Panels(
        title=page_word("bands_title"),
        desc=page_word(
            "bands_desc", low=place(found.bands[0].d), high=place(found.bands[-1].d)
        ),
        panels=tuple(
            Panel(
                label=seller,
                values=tuple(band.cells[k].measures["score"].mean for band in found.bands),
                dots=tuple(
                    i for i, band in enumerate(found.bands) if seller in (band.best, band.recital)
                ),
                note=page_word("own_note", score=points(found.score(seller))),
            )
            for k, seller in enumerate(PANEL)
        ),
        ticks=_SCORES,
        left=page_word("specific"),
        right=page_word("diffuse"),
        others=True,
        legend=(
            LegendEntry(Sign.LINE, page_word("legend_own")),
            LegendEntry(Sign.FAINT, page_word("legend_others")),
            LegendEntry(Sign.DOT, page_word("legend_best")),
        ),
    )  # fmt: skip
    return panels(data, theme, *size)


def trust_picture(found: Balance, buyer: int, size: Size, theme: Theme = VARIABLES) -> str:
    """A plot a seller: trust turn by turn of one buyer, and where eight games in ten lie."""
    longest = max(cell.trust.mean.shape[1] for cell in found.own if cell.trust is not None)
    drawn = []
    for cell in found.own:
        path = cell.trust
        assert path is not None, "the scenario's own buyers are followed turn by turn"
        held = [
            [*row, *[row[-1]] * (longest - len(row))]
            for row in (path.mean[buyer], path.low[buyer], path.high[buyer])
        ]
        mean, low, high = (tuple(min(max(float(v), 0.0), 1.0) for v in row) for row in held)
        drawn.append(Panel(cell.seller, mean, low, high, note=place(mean[-1])))
    name = found.people[buyer].name
    data = Panels(
        title=page_word("trust_title", name=name),
        desc=", ".join(f"{panel.label} {panel.note}" for panel in drawn),
        panels=tuple(drawn),
        ticks=_TRUST,
        left=page_word("turn_first"),
        right=page_word("turn_last", value=longest - 1),
        legend=(
            LegendEntry(Sign.LINE, page_word("legend_mean")),
            LegendEntry(Sign.BAND, page_word("legend_tenths")),
        ),
    )
    return panels(data, theme, *size)


# --- packages -------------------------------------------------------------------------------------


def packages_picture(found: Balance, size: Size, theme: Theme = VARIABLES) -> str:
    """Every package, the frontier with its prices, what suits both, and each seller's deals."""
    picture = found.packages
    at = picture.issues.index(picture.price.issue) if picture.price is not None else None
    middle = [s for s in picture.settlements if s.signed >= _LEAST_DEALS]
    data = Pareto(
        title=page_word("packages_title"),
        desc=page_word(
            "packages_desc", count=picture.suiting, total=len(picture.packages),
            a=place(picture.own_reservation), b=place(picture.their_reservation),
        ),
        across=_axis("own_axis", picture.price, own=True),
        upwards=_axis("their_axis", picture.price, own=False),
        packages=tuple((p.seller, p.buyer) for p in picture.packages if not p.frontier),
        frontier=tuple((p.seller, p.buyer) for p in picture.packages if p.frontier),
        own_reservation=picture.own_reservation,
        their_reservation=picture.their_reservation,
        spread=min(picture.spread, 1.0),
        deals=tuple(
            Deal(s.seller, s.own, s.theirs, PANEL.index(s.seller))
            for s in middle
            if s.own is not None and s.theirs is not None
        ),
        prices=tuple(
            Price(p.options[at], p.seller, p.buyer)
            for p in picture.packages
            if p.frontier and at is not None
        ),
        legend=(
            LegendEntry(Sign.SMALL, page_word("legend_package")),
            LegendEntry(
                Sign.FRONTIER, page_word("legend_frontier" if at is None else "legend_priced")
            ),
            LegendEntry(Sign.ZONE, page_word("legend_zone")),
        ),
    )  # fmt: skip
    return pareto(data, theme, *size)


def _axis(id: str, price: PriceScale | None, own: bool) -> str:
    """What an axis is, and what a tenth of it is in money."""
    tenth = None if price is None else price.own if own else price.theirs
    if price is None or tenth is None:
        return page_word(id)
    return page_word("axis_money", text=page_word(id), value=money(tenth), unit=price.unit)


def money(value: float) -> str:
    """An amount with as many places as say something: `1.1`, `230`, `0.04`."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


# --- differences ----------------------------------------------------------------------------------


def contrasts(found: Balance) -> list[tuple[str, Contrast]]:
    """The comparisons that say whether the table teaches, each with its words."""
    pairs = [
        (page_word("over", more=more, less=less), step)
        for less, more, step in zip(SKILL, SKILL[1:], found.skill, strict=False)
    ]
    pairs.append((page_word("over_bands", more=READER, less=found.recital), found.reading))
    pairs.append((page_word("over", more=READER, less=found.own_recital), found.own_reading))
    if found.headroom is not None:
        pairs.append((page_word("over", more=REFERENCE, less=SKILL[-1]), found.headroom))
    return pairs


def contrasts_picture(found: Balance, size: Size, theme: Theme = VARIABLES) -> str:
    rows = tuple(
        Whisker(label, c.mean, c.low, c.high, signed(c.mean)) for label, c in contrasts(found)
    )
    return whiskers(
        Whiskers(
            title=page_word("skill_title"),
            desc="; ".join(f"{row.label} {row.text}" for row in rows),
            rows=rows,
            left=page_word("less_points"),
            right=page_word("more_points"),
        ),
        theme,
        *size,
    )


def edit_picture(scores: Sequence[Change], size: Size, theme: Theme = VARIABLES) -> str:
    """The change of every seller's score; "" without any."""
    if not scores:
        return ""
    rows = tuple(
        Whisker(c.seller, c.contrast.mean, c.contrast.low, c.contrast.high, signed(c.contrast.mean))
        for c in scores
    )
    return whiskers(
        Whiskers(
            title=word("compare", "scores_title"),
            desc="; ".join(f"{row.label} {row.text}" for row in rows),
            rows=rows,
            left=word("compare", "less"),
            right=word("compare", "more_points"),
        ),
        theme,
        *size,
    )


def known_moves(found: Balance) -> list[MoveWorth]:
    """Moves of which something can be said, those worth most first."""
    known = [m for m in found.moves if m.gain is not None]
    return sorted(known, key=lambda m: (-(m.gain or 0.0), m.verb))


def moves_picture(
    found: Balance, moves: Sequence[MoveWorth], size: Size, theme: Theme = VARIABLES
) -> str:
    """What each of some moves is worth against waiting; "" without any."""
    rows = tuple(
        Whisker(m.verb, m.gain, m.low, m.high, signed(m.gain))
        for m in moves
        if m.gain is not None and m.low is not None and m.high is not None
    )
    if not rows:
        return ""
    return whiskers(
        Whiskers(
            title=page_word("moves_title"),
            desc=page_word("moves_desc", name=rows[0].label, other=rows[-1].label),
            rows=rows,
            left=page_word("less_than_waiting"),
            right=page_word("more_than_waiting"),
        ),
        theme,
        *size,
    )
