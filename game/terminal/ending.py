"""The end: the letter, the three parts of the score, and what moved trust."""

from __future__ import annotations

from collections.abc import Callable

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from game.core.vocabulary import Ending
from game.session.causes import TrustChange, trust_changes
from game.session.endings import ending_name, ending_title
from game.session.game import Game
from game.session.words import ui
from game.session.writing import named, numeral, quoted, sentence, written
from game.terminal.brief import sureness
from game.terminal.catalogue import text
from game.terminal.screen import Screen

_SMALL = 0.005


def ending(screen: Screen, game: Game, between: Callable[[], None] = lambda: None) -> None:
    """Everything that is shown once a game is over; `between` is called between its pages."""
    s = screen
    result = game.outcome()
    s.blank()
    s.rule(ending_title(game))
    s.text(ui(f"ending_{ending_name(game)}_line"))
    if int(result.ending[0]) == Ending.WALKAWAY:
        _why(s, game)
    total = int(game.rules.calendar.deals)
    if total > 1 and int(result.deals[0]) > 0:
        s.text(text("deals", count=int(result.deals[0]), total=total), "muted")
    letter = game.letter()
    if letter is not None:
        s.blank()
        s.show(
            Panel(
                Text(letter.text), title=ui("review_letter"), title_align="left",
                border_style="muted", padding=(1, 3), width=s.width,
            )
        )  # fmt: skip
    between()
    _score(s, game)
    _bonus(s, game)
    _who(s, game)
    between()
    _changes(s, game)


def _why(screen: Screen, game: Game) -> None:
    """What made somebody leave, where one thing did."""
    view = game.final_view()
    ends = game.rules.machine.ends[view["true_trust_state"][:, 0]].tolist()
    for b, left in enumerate(ends):
        if left:
            spent = float(view["patience"][b][0]) <= 0
            screen.text(text("why_patience" if spent else "why_damage"))
            return


def _score(screen: Screen, game: Game) -> None:
    result = game.outcome()
    screen.blank()
    grid = Table(box=None, padding=(0, 2, 0, 0), show_header=False, show_edge=False)
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column()
    grid.add_column(justify="right")
    parts = (
        ("review_your_deal", result.seller_utility, game.rules.score[0]),
        ("review_their_deal", result.buyer_utility, game.rules.score[1]),
        ("review_relationship", result.relationship, game.rules.score[2]),
    )
    for id, value, share in parts:
        worth = float(value[0])
        grid.add_row(
            Text(ui(id)), Text(numeral(100 * worth)),
            Text(text("weighs_share", count=round(100 * share)), style="muted"),
            Text(numeral(100 * worth * share, 1)),
        )  # fmt: skip
    total = Text(numeral(float(result.score[0]), 1), style="key")
    grid.add_row(Text(text("score"), style="key"), Text(""), Text(""), total)
    screen.show(grid)
    for id in ("score_deal", "score_theirs", "score_future"):
        screen.text(text(id), "muted")
    if game.undone:
        screen.text(text("practice", count=game.undone), "muted")
    if game.hints:
        screen.text(text("hints", count=game.hints), "muted")
    if game.coached:
        screen.text(ui("coach_count", count=game.coached), "muted")


def _bonus(screen: Screen, game: Game) -> None:
    you, result = game.scenario.you, game.outcome()
    if not you.bonus:
        return
    paid = int(result.deals[0]) > 0
    screen.blank()
    screen.text(ui("boss_beside"), "heading")
    line = ui("boss_paid", value=you.bonus) if paid else ui("boss_unpaid")
    screen.text(line.replace("..", "."))
    screen.text(named(ui("review_relationship"), numeral(100 * float(result.relationship[0]))))


def _who(screen: Screen, game: Game) -> None:
    """Where each buyer really stood, beside the player's own mark."""
    view = game.final_view()
    screen.blank()
    for b, (id, person) in enumerate(game.scenario.buyers.items()):
        place = float(view["true_diffuseness"][b][0])
        mark = game.reads.get(id)
        line = text("stood", value=numeral(place, 2))
        if mark is not None:
            line += "; " + text("you_marked", value=numeral(mark[0], 2), count=sureness(mark[1]))
        screen.text(ui("review_they_were", name=person.name), "heading")
        screen.show(_continuum(place, mark[0] if mark else None, screen.width))
        screen.text(line)
        needs = list(person.needs.values())
        need = int(view["true_need"][b][0])
        if need < len(needs) and needs[need].label:
            screen.text(sentence(named(ui("review_need_was"), needs[need].label)))


def _continuum(place: float, mark: float | None, width: int) -> Text:
    """`Specific ────●────x── Diffuse`; the dot is the person, the cross your mark."""
    left, right = ui("read_specific"), ui("read_diffuse")
    cells = max(20, min(48, width - len(left) - len(right) - 4))
    line = ["─"] * cells
    if mark is not None:
        line[round(mark * (cells - 1))] = "x"
    line[round(place * (cells - 1))] = "●"
    out = Text(left + " ", style="specific")
    out.append("".join(line), style="ink")
    out.append(" " + right, style="diffuse")
    return out


def _changes(screen: Screen, game: Game) -> None:
    """A compact table of every change of trust, each with the thought behind it."""
    screen.blank()
    screen.rule(text("change_title"))
    thoughts = {t.turn.entry: t.thought for t in game.truths()}
    several = len(game.scenario.buyers) > 1
    for change in trust_changes(game):
        if abs(change.after - change.before) >= _SMALL or change.addressed:
            _change(screen, game, change, several)
        thought = thoughts.get(change.turn.entry)
        if thought is not None and change.addressed:
            screen.text(quoted(thought.text), "notice", 6)


def _change(screen: Screen, game: Game, change: TrustChange, several: bool) -> None:
    """`1.03  Ask about their history      .24 +.06  What the move itself showed`."""
    where = f"{change.turn.meeting}.{change.turn.number:02d}" if change.turn.number else "  · "
    did = change.turn.label
    if several:
        did = named(game.scenario.buyers[change.buyer].name.split()[0], did)
    delta = change.after - change.before
    why = "; ".join(ui(f"cause_{c}") for c in change.causes)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.width = screen.width
    grid.add_column(width=4, style="muted")
    grid.add_column(ratio=5, no_wrap=True, overflow="ellipsis")
    grid.add_column(width=9, justify="right", no_wrap=True)
    grid.add_column(ratio=5, style="muted", overflow="fold")
    style = "gold" if delta >= _SMALL else "problem" if delta <= -_SMALL else "muted"
    moved = written(f"{delta:+.2f}".replace("0.", ".")) if abs(delta) >= _SMALL else "  ="
    step = Text(written(f"{change.after:.2f}".lstrip("0")) + f" {moved}", style=style)
    grid.add_row(Text(where), Text(did), step, Text(why))
    screen.show(grid)
