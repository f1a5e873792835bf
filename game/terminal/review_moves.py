"""The course of a game as text: what each moment was worth, and move by move what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from rich.table import Table
from rich.text import Text

from game.review.model import Cause, Move, Review, Said, TrustMove
from game.review.words import (
    amount,
    change,
    cost,
    label,
    lost,
    place,
    signed,
    stretches,
    trust_state,
    turn_label,
)
from game.session.words import ui as shared
from game.session.writing import aside, inside, listed, named, quoted
from game.terminal.review_parts import narrow, style_of, text, ui
from game.terminal.screen import Screen

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ROWS, _ROWS_SHORT = 5, 3  # of the graph, where there is room and where there is not
_WIDEST_CELL = 4
_LEFT = 9  # at most, for the names left of the strips
_IN = 6  # cells that the details of a move are set in
_APART = "   "  # between the signs of the legend
_OTHERS = 3  # ways besides the best that are named
_AS_GOOD = ("only", "great", "best")  # labels of what could hardly be bettered
_MOST = 100  # of a score
_SMALL = 0.005  # of trust


# --- what each moment was worth -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the strip: before a move, or the end."""

    turn: int  # 0 away from the table
    name: str  # under it, where turns are not numbered
    worth: float
    trust: tuple[float | None, ...]  # by buyer
    moment: str  # number of the moment that begins here


def strip(screen: Screen, review: Review) -> None:
    """The worth by turn as bars, the trust below it, and where the moments lie."""
    s = screen
    s.rule(ui("worth"))
    if not review.moves:
        s.text(ui("worth_none"))
        return
    buyers = _buyers(review)
    columns = _columns(review, tuple(buyers))
    names = [text("trust") if len(buyers) < 2 else name.split()[0] for name in buyers.values()]
    left = min(_LEFT, max(map(len, [*names, text("turns"), text("moment_row"), "100"])))
    room = s.width - left - 1
    cell = max(1, min(_WIDEST_CELL, room // len(columns)))
    low, step = _scale([column.worth for column in columns], _ROWS_SHORT if s.short else _ROWS)
    many = room // cell
    for first in range(0, len(columns), many):
        if first:
            s.blank()
        part = columns[first : first + many]
        _graph(s, part, low, step, cell, left)
        for b, name in enumerate(names):
            bars = [_bar(column.trust[b], 0.0, 1.0) for column in part]
            _row(s, name[:left], bars, cell, left, "gold")
        _row(s, text("moment_row"), [c.moment or " " for c in part], cell, left, "problem", False)
        _numbers(s, part, cell, left)
    s.text(_in_words(columns, review), "muted")
    s.text(text("strip_why"), "muted")


def _buyers(review: Review) -> dict[str, str]:
    """Those whose trust is told, by id."""
    return {t.buyer: t.name for move in review.moves for t in move.trust}


def _columns(review: Review, buyers: Sequence[str]) -> list[_Column]:
    numbers = {m.move: str(k) for k, m in reversed(list(enumerate(review.moments, 1)))}
    trust: dict[str, float | None] = dict.fromkeys(buyers)
    found = []
    for move in review.moves:
        trust |= {t.buyer: t.before for t in move.trust}
        at = tuple(trust[b] for b in buyers)
        found.append(
            _Column(move.table_turn, ui("away"), move.before, at, numbers.get(move.index, ""))
        )
        trust |= {t.buyer: t.after for t in move.trust}
    name = text("strip_end" if review.ended else "strip_now")
    return [*found, _Column(0, name, review.score, tuple(trust[b] for b in buyers), "")]


def _scale(worths: Sequence[float], rows: int) -> tuple[float, float]:
    """Where the graph begins and what a row of it stands for, in whole fives."""
    low, high = min(worths), max(worths)
    step = 5
    while step * rows < high - step * floor(low / step):
        step += 5
    first = step * floor(low / step)
    return float(max(0, min(first, _MOST - step * rows))), float(step)


def _bar(value: float | None, low: float, high: float) -> str:
    """One cell, an eighth at least; blank where nothing is known."""
    if value is None:
        return " "
    share = min(1.0, max(0.0, (value - low) / (high - low)))
    return _EIGHTHS[max(1, round(8 * share))]


def _graph(
    screen: Screen, part: Sequence[_Column], low: float, step: float, cell: int, left: int
) -> None:
    for row in reversed(range(_ROWS_SHORT if screen.short else _ROWS)):
        bottom = low + step * row
        bars = []
        for column in part:
            eighths = round(8 * (column.worth - bottom) / step)
            bars.append(_EIGHTHS[min(8, max(0 if row else 1, eighths))])
        _row(screen, amount(bottom + step), bars, cell, left, "specific")


def _row(
    screen: Screen,
    name: str,
    cells: Sequence[str],
    cell: int,
    left: int,
    style: str,
    filling: bool = True,
) -> None:
    """A name and one sign a column; bars fill their cell but for a gap."""
    wide = max(1, cell - 1) if filling else 1
    line = Text(f"{name:>{left}} ", style="muted", no_wrap=True)
    line.append("".join((each * wide).ljust(cell) for each in cells).rstrip(), style=style)
    line.rstrip()
    screen.console.print(line, overflow="ignore")


def _numbers(screen: Screen, part: Sequence[_Column], cell: int, left: int) -> None:
    """The turns, as many as fit; what lies away from the table has a dash."""
    step = next(n for n in (1, 2, 5, 10) if n * cell > 2)
    line = [" "] * (len(part) * cell + 4)
    free = 0
    for k, column in enumerate(part):
        first = column.turn % step == 0 or (k == 0 and column.turn > 0)
        name = str(column.turn) if column.turn else column.name
        at = k * cell
        if at >= free and (first or not column.turn):
            line[at : at + len(name)] = name
            free = at + len(name) + (1 if column.turn else 0)
    shown = Text(f"{text('turns'):>{left}} " + "".join(line).rstrip(), style="muted", no_wrap=True)
    screen.console.print(shown, overflow="ignore", crop=True)


def _in_words(columns: Sequence[_Column], review: Review) -> str:
    """The same course in a sentence, for those who see no bars."""
    high = max(columns, key=lambda c: c.worth)
    low = min(columns, key=lambda c: c.worth)
    return text(
        "strip_line", start=amount(columns[0].worth), end=amount(columns[-1].worth),
        high=amount(high.worth), high_turn=_at(high), low=amount(low.worth), low_turn=_at(low),
    )  # fmt: skip


def _at(column: _Column) -> str:
    if column.turn:
        return text("at_turn", turn=column.turn)
    return text("at_away") if column.name == ui("away") else text("at_last")


# --- move by move ---------------------------------------------------------------------------------


def transcript(screen: Screen, review: Review, everything: bool, face_up: bool) -> None:
    """Every move in one line with its label; what came of it for the moments, or for all."""
    s = screen
    s.rule(ui("transcript"))
    if not review.moves:
        s.text(ui("transcript_none"))
        return
    _legend(s, review)
    if face_up:
        s.text(text("face_up_why"), "muted")
    key = {moment.move for moment in review.moments}
    several = len({said.name for move in review.moves for said in move.said if said.name}) > 1
    last = (text("lost"), text("face_up")) if face_up else (text("lost"),)
    _line(s, ("", "", text("did"), text("verdict"), *last), "muted")
    apart = False  # whether details came before
    for heading, moves in stretches(review.moves):
        if apart:
            s.blank()
            apart = False
        s.text(heading, "heading")
        for move in moves:
            if apart:
                s.blank()
            _one(s, move, face_up, move.index in key)
            apart = everything or move.index in key
            if apart:
                _details(s, review, move, several, everything)


def _legend(screen: Screen, review: Review) -> None:
    """What the signs mean that are used here, none of them apart from its word."""
    used = dict.fromkeys(x for move in review.moves for x in (move.label, *move.marks))
    line = ""
    for each in (f"{label(x)['sign']} {label(x)['word']}" for x in used):
        if line and len(line) + len(_APART) + len(each) > screen.width:
            screen.text(line, "muted")
            line = ""
        line += _APART + each if line else each
    screen.text(line, "muted")


def _one(screen: Screen, move: Move, face_up: bool, key: bool) -> None:
    """`6  ??  Put the price on the table      blunder      −17`."""
    kinds = (move.label, *move.marks)
    names = listed(label(x)["word"] for x in kinds)
    cells = [turn_label(move), label(kinds[-1])["sign"], move.action_label, names, lost(move.loss)]
    if face_up:
        cells.append("" if move.face_up is None else lost(move.face_up))
    _line(screen, tuple(cells), style_of(screen, kinds[-1], key), key)


def _line(screen: Screen, cells: tuple[str, ...], style: str, key: bool = False) -> None:
    slim = narrow(screen)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.width = screen.width
    grid.add_column(width=3, justify="right", style="muted", no_wrap=True)
    grid.add_column(width=2, style=style, no_wrap=True)
    grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis", style="bold" if key else "ink")
    if not slim:
        grid.add_column(width=20, style=style, no_wrap=True, overflow="ellipsis")
    for _ in cells[4:]:
        grid.add_column(width=7 if not slim else 5, justify="right", style=style, no_wrap=True)
    shown = cells if not slim else (*cells[:3], *cells[4:])
    grid.add_row(*(Text(cell) for cell in shown))
    screen.show(grid)


def _details(screen: Screen, review: Review, move: Move, several: bool, everything: bool) -> None:
    """What was said and thought, what moved, why, and what would have been better."""
    s = screen
    if move.own:
        s.text(named(ui("you"), move.own), "you", _IN)
    if move.event:
        s.text(move.event, "notice", _IN)
    for notice in move.notices:
        s.text(notice.text, "notice", _IN)
    for said in move.said:
        s.text(_spoken(said, several), "said", _IN)
    if move.told:
        told = next((fact.label for fact in review.facts if fact.id == move.told), move.told)
        s.text(named(ui("told_you"), told), "muted", _IN)
    if review.ended:
        if move.thought is not None:
            s.text(_thought(move.thought), "notice", _IN)
        for trust in move.trust:
            if abs(trust.after - trust.before) >= _SMALL:
                s.text(_trust(trust, len(move.trust) > 1), "gold", _IN)
    s.text(_worth(move), "muted", _IN)
    for cause in move.causes:
        s.item(" " * _IN + "·", _cause(cause))
    better = move.label not in _AS_GOOD and move.best.action != move.action
    if better:
        gain = signed(move.loss)
        stronger = named(ui("better"), ui("better_move", move=move.best.label))
        s.text(f"{stronger} {gain}", "key", _IN)
    if everything:
        _others(s, move, better)
        principle = next((p for p in review.principles if p.id == move.principle), None)
        if principle is not None:
            s.text(principle.text, "notice", _IN)
        gains = {"skill": signed(move.skill), "luck": signed(move.luck)}
        s.text(text("skill_luck", **gains), "muted", _IN)


def _spoken(said: Said, several: bool) -> str:
    words = quoted(said.text)
    return f"{said.name}  {words}" if several and said.name else words


def _thought(thought: Said) -> str:
    who = ui("thought", name=thought.name) if thought.name else ui("thought_nobody")
    return named(who, quoted(thought.text))


def _trust(trust: TrustMove, several: bool) -> str:
    name = shared("trust") if not several else ui("trust_of", name=trust.name)
    moved = ui("trust_moved", **{"from": place(trust.before), "to": place(trust.after)})
    beliefs = ui(
        "beliefs", value=change(trust.ability), count=change(trust.benevolence),
        total=change(trust.integrity),
    )  # fmt: skip
    return aside(f"{name} {moved}", f"{beliefs}; {inside(trust_state(trust.state))}")


def _worth(move: Move) -> str:
    """Before and after the choice, with the bounds that say it is an estimate."""
    return text(
        "worth", before=amount(move.before), low=amount(move.before_low),
        high=amount(move.before_high), after=amount(move.worth),
    )  # fmt: skip


def _cause(cause: Cause) -> str:
    """What it cost, or for a strong move the trust it brought."""
    if cost(cause.points) != "0":
        return named(cause.text, ui("cause_points", points=signed(-cause.points)))
    if abs(cause.trust) >= _SMALL:
        return named(cause.text, ui("cause_trust", value=change(cause.trust)))
    return cause.text


def _others(screen: Screen, move: Move, better: bool) -> None:
    """Other ways, the best of them first; `better`: the best one was named already."""
    told = (move.action, move.best.action) if better else (move.action,)
    others = [option for option in move.options if option.action not in told]
    for option in others[:_OTHERS]:
        line = text("other", move=option.label, value=cost(option.loss))
        screen.text(line, "muted", _IN)
    left = len(others) - _OTHERS
    if left > 0:
        screen.text(text("others_left", count=left), "muted", _IN)
