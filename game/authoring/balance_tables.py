"""The tables of a balance's page: every number of its figures, row by row, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from game.analysis.balance import Balance
from game.analysis.findings import percent, place, points
from game.analysis.packages import Settlement
from game.analysis.panel import PANEL, READER
from game.analysis.trust_ways import TrustWay
from game.authoring.balance_pictures import ENDINGS, contrasts, known_moves, page_word
from game.authoring.balance_words import full, hundredths, short, signed, word
from game.scenario.word_places import spoken

NONE = "–"
COLUMNS: tuple[str, ...] = (
    "score", "seller_utility", "buyer_utility", "relationship", "agreement", "turns", "trust",
    "facts",
)  # fmt: skip
_TURNS = 8  # columns of the table of trust, beside the start

Rows = list[list[str]]


def rows_of(found: Balance) -> dict[str, Any]:
    """Columns and rows of every table but those of trust and of the moves that are met."""
    seller = word("ui", "seller")
    skill = [page_word(id) for id in ("column_difference", "column_between", "column_ahead")]
    deals = ("column_signed", "column_yours", "column_theirs", "column_left", "column_usual")
    return {
        "seller_columns": [seller, *(short(name) for name in COLUMNS)],
        "seller_rows": [
            [cell.seller, *(number(found, cell.seller, name) for name in COLUMNS)]
            for cell in found.own
        ],
        "column_means": [(short(name), full(name)) for name in COLUMNS],
        "who": [(name, word("sellers", name)) for name in PANEL],
        "ending_columns": [seller, *(word("endings", name) for name in ENDINGS)],
        "ending_rows": [
            [cell.seller, *(percent(cell.endings[name]) for name in ENDINGS)] for cell in found.own
        ],
        "skill_columns": ["", *skill],
        "skill_rows": [
            [label, signed(c.mean), _between(c.low, c.high), percent(c.ahead)]
            for label, c in contrasts(found)
        ],
        "band_columns": [seller, *(place(band.d) for band in found.bands)],
        "band_rows": _bands(found),
        "deal_columns": [seller, *(page_word(id) for id in deals)],
        "deal_rows": [_deal(found, one) for one in found.packages.settlements],
        "frontier_columns": [
            *found.packages.issues,
            *(page_word(id) for id in ("column_yours", "column_theirs", "column_suits")),
        ],
        "frontier_rows": _frontier(found),
        "move_columns": _move_columns(),
        "move_rows": [
            [m.verb, _gain(m.gain), *(_gain(gain) for gain, *_ in m.cells)]
            for m in known_moves(found)
        ],
        "fact_columns": met_columns("column_fact"),
        "fact_rows": _met(
            found, found.facts, [c.counted.facts for c in found.own], found.everywhere.facts
        ),
        "line_columns": [
            page_word("column_voice"), page_word("column_lines"), page_word("column_heard"), *PANEL
        ],
        "line_rows": [
            [
                voice.voice, str(voice.lines), str(voice.lines - len(voice.unheard)),
                *(str(voice.by_seller[name]) for name in PANEL),
            ]
            for voice in found.voices
        ],
    }  # fmt: skip


def number(found: Balance, seller: str, column: str) -> str:
    """A mean of the scenario's own buyers as it is read."""
    cell = found.cell(seller)
    if column == "agreement":
        return percent(cell.endings["agreement"]).removesuffix(" %")
    mean = cell.measures[column].mean
    if column == "score":
        return points(mean)
    return f"{mean:.1f}" if column in ("turns", "facts") else hundredths(mean)


def _between(low: float, high: float) -> str:
    return page_word("between", low=signed(low), high=signed(high))


def _gain(value: float | None) -> str:
    return NONE if value is None else signed(value)


# --- bands and trust ------------------------------------------------------------------------------


def _bands(found: Balance) -> Rows:
    rows = []
    for k, seller in enumerate(PANEL):
        row = [seller]
        for band in found.bands:
            sign = "●" if band.best == seller else "○" if band.recital == seller else ""
            row.append(f"{sign}{points(band.cells[k].measures['score'].mean)}")
        rows.append(row)
    rows.append(
        [page_word("reading_row", reader=READER), *(_sure(b.reading) for b in found.bands)]
    )  # fmt: skip
    rows.append([page_word("lead_row"), *(_sure(b.lead) for b in found.bands)])
    return rows


def _sure(contrast: Any) -> str:
    """A difference; one that may be chance stands in brackets."""
    text = signed(contrast.mean)
    return text if contrast.sure else f"({text})"


def trust_table(found: Balance, buyer: int) -> tuple[list[str], Rows]:
    """Columns and rows: mean trust at the start and after some turns, the last one among them."""
    longest = max(c.trust.mean.shape[1] for c in found.own if c.trust is not None) - 1
    step = max(1, -(-longest // _TURNS))
    turns = sorted({0, *range(step, longest, step), longest})
    columns = [page_word("column_turn", value=t) if t else page_word("column_start") for t in turns]
    rows = []
    for cell in found.own:
        assert cell.trust is not None
        mean = cell.trust.mean[buyer]
        rows.append([cell.seller, *(place(mean[min(t, len(mean) - 1)]) for t in turns)])
    return [word("ui", "seller"), *columns], rows


# --- the machine ----------------------------------------------------------------------------------


def way_columns() -> list[str]:
    ids = ("column_way", "column_when", "column_games", "column_times")
    return [*(word("machine", id) for id in ids), *PANEL]


def way_rows(ways: Sequence[TrustWay]) -> Rows:
    """Every way with its condition and how often it is gone, by all and by each seller."""
    return [
        [
            f"{w.source} → {w.target}", w.when, percent(w.share) if w.share else NONE,
            f"{w.times:.2f}" if w.share else NONE, *(_share(w.by_seller[s]) for s in PANEL),
        ]
        for w in ways
    ]  # fmt: skip


# --- packages -------------------------------------------------------------------------------------


def _deal(found: Balance, one: Settlement) -> list[str]:
    if one.own is None or one.theirs is None or one.left is None or one.usual is None:
        return [one.seller, percent(one.signed), *[NONE] * 4]
    package = ", ".join(map(spoken, found.packages.packages[one.usual].options))
    share = percent(one.usual_share or 0.0)
    return [
        one.seller, percent(one.signed), place(one.own), place(one.theirs), place(one.left),
        f"{package} ({share})",
    ]  # fmt: skip


def _frontier(found: Balance) -> Rows:
    frontier = [p for p in found.packages.packages if p.frontier]
    frontier.sort(key=lambda p: -p.seller)
    return [
        [*map(spoken, p.options), place(p.seller), place(p.buyer), "✓" if p.suits else NONE]
        for p in frontier
    ]


# --- moves and coverage ---------------------------------------------------------------------------


def _move_columns() -> list[str]:
    kinds = [page_word(id) for id in ("specific", "middling", "diffuse")]
    cells = [
        page_word("column_cell", name=kind, value=page_word(when))
        for kind in kinds
        for when in ("early", "late")
    ]
    return [page_word("column_move"), page_word("column_all"), *cells]


def met_columns(first: str) -> list[str]:
    """A table of what is met: sellers as written, then all of them in any band."""
    return [page_word(first), *PANEL, page_word("column_any")]


def met_moves(found: Balance) -> Rows:
    """Moves that somebody plays."""
    every = found.everywhere.verbs
    rows = _met(found, found.verbs, [c.counted.verbs for c in found.own], every)
    return [row for row, games in zip(rows, every, strict=True) if games]


def _met(found: Balance, names: Iterable[str], columns: list[Any], every: Any) -> Rows:
    """Shares of the games, by seller as written and over everything, for each of some names."""
    games = [cell.counted.games for cell in found.own]
    rows = []
    for k, name in enumerate(names):
        shares = [column[k] / n for column, n in zip(columns, games, strict=True)]
        rows.append([name, *(_share(s) for s in (*shares, every[k] / found.everywhere.games))])
    return rows


def _share(value: float) -> str:
    return percent(value) if value else NONE
