"""The transcript of a review: every move in a line, and below the chosen one what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

from game.desktop.canvas import Canvas
from game.desktop.layout import Column, Flow, Row
from game.desktop.screens.review_marks import Pill, marks_of, pill, tone
from game.desktop.text import BODY, LABEL, NOTICE, SMALL, SPOKEN, Paragraph, Run, TextStyle
from game.desktop.theme import PILL
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets import Button, Card, Label, RichText, ScrollArea
from game.desktop.widgets.buttons import Pressable
from game.desktop.words import say
from game.review.model import Cause, Move, Review, Said, TrustMove
from game.review.pictures import fact_label
from game.review.words import (
    amount,
    better_moves,
    change,
    cost,
    moved,
    place,
    signed,
    stretches,
    trust_state,
    turn_label,
    word,
)
from game.session.writing import listed, quoted

QUIET = SMALL
HEARD = SPOKEN.but(size=17.0)
THOUGHT = NOTICE.but(size=16.0)
_SEEN = NOTICE.but(size=15.5, colour="muted")
_SMALL_BUTTON = TextStyle("sans-bold", 12.5, leading=1.3)
_ROW = TextStyle("sans", 14.5, leading=1.3)
_PAD, _NUMBER, _GAP, _OVER = 9.0, 28.0, 6.0, 4.5
_LEAST_WORDS = 0.45  # of a row; pills that leave less stand below the words
_SMALL = 0.005  # of trust


def ui(id: str, **values: object) -> str:
    """A text that every view of a review shares."""
    return word("ui", id, **values)


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be asked for in the transcript; moves by their place in it, from 0."""

    select: Callable[[int], object]
    options: Callable[[], object]  # of the chosen move
    copy: Callable[[], object]
    try_again: Callable[[], object]


class MoveRow(Pressable):
    """One move: its turn, what was done, and its pills."""

    role = "move"
    radius = 8.0

    def __init__(self, move: Move, on_press: Callable[[], object]) -> None:
        super().__init__(on_press)
        self.move, self.chosen = move, False

    @property
    def accessible_name(self) -> str:
        return say("review.at_table", turn=turn_label(self.move), move=self.move.action_label)

    @property
    def state_text(self) -> str:
        return listed(words for _, words in marks_of(self.move))

    def take(self, move: Move, chosen: bool) -> None:
        """Show a finer number, or whether it is the chosen one."""
        if chosen != self.chosen or marks_of(move) != marks_of(self.move):
            self.relayout()
            self.invalidate()
        self.move, self.chosen = move, chosen

    def _parts(self, width: float) -> tuple[Paragraph, list[Pill], bool]:
        """What was done, the pills, and whether these stand below it."""
        text = self.root.ui.text
        pills = [pill(text, kind, words) for kind, words in marks_of(self.move)]
        taken = sum(each.width + _GAP for each in pills)
        room = width - 2 * _PAD - _NUMBER * text.text_scale
        below = room - taken < _LEAST_WORDS * room
        style = _ROW.bold if self.chosen else _ROW
        done = text.layout(
            self.move.action_label, max(30.0, room if below else room - taken), style=style, most=3
        )
        return done, pills, below

    def measure(self, width: float) -> Size:
        done, pills, below = self._parts(width)
        high = max(each.height for each in pills)
        return width, (done.height + high + _GAP if below else max(done.height, high)) + 2 * _OVER

    def draw(self, canvas: Canvas) -> None:
        r, text = self.rect, self.root.ui.text
        if self.chosen or self.hovered or self.down:
            fill = "pressed" if self.down else "track" if self.chosen else "hover"
            canvas.card(r, fill, "ink" if canvas.palette.heavy and self.chosen else None, 8)
        done, pills, below = self._parts(r.width)
        top = r.top + _OVER if below else r.centery - done.height / 2
        number = text.layout(turn_label(self.move), _NUMBER * text.text_scale, style=QUIET)
        canvas.words(number, r.left + _PAD, top + (done.lines[0].height - number.height) / 2)
        left = r.left + _PAD + _NUMBER * text.text_scale
        canvas.words(done, left, top)
        taken = sum(each.width for each in pills) + _GAP * (len(pills) - 1)
        x = left if below else r.right - _PAD - taken
        for each in pills:
            y = top + done.height + _GAP if below else r.centery - each.height / 2
            each.draw(canvas, x, y, "track" if self.chosen else "card")
            x += each.width + _GAP


class Detail(Column):
    """What was said and thought at a move, what moved, why, and what would have been better."""

    def __init__(self, actions: Actions, **options: Unpack[Options]) -> None:
        super().__init__(gap=7, padding=(_PAD + 28, 4, 10, 12), **options)
        self.actions = actions
        self.kind = ""

    def show(self, review: Review, move: Move, may_try: bool) -> None:
        self.kind = move.label
        several = len({t.buyer for m in review.moves for t in m.trust}) > 1
        self.replace_children(
            *_talk(review, move, several),
            *(RichText(trust_runs(trust, several)) for trust in move.trust if _moved(trust)),
            self._buttons(move, may_try),
            Label(worth_line(move), QUIET),
            *_why(review, move),
        )
        self.invalidate()

    def _buttons(self, move: Move, may_try: bool) -> Widget:
        row = Flow(gap=8)
        for option in better_moves(move)[:1]:
            gained = signed(move.loss - option.loss)
            words = f"{say('review.better', move=option.label)}  {gained}"
            better = Button(words, self.actions.options, kind="filled", style=_SMALL_BUTTON)
            better.radius = PILL
            row.add(better)
        row.add(
            Button(
                say("review.try_here"), self.actions.try_again, kind="pill", style=_SMALL_BUTTON,
                name="try here", enabled=may_try,
            )
        )  # fmt: skip
        if len(move.options) > 1:
            words = ui("options", count=len(move.options))
            row.add(Button(words, self.actions.options, kind="quiet", style=_SMALL_BUTTON))
        row.add(
            Button(
                say("review.copy_move"), self.actions.copy, kind="quiet", style=_SMALL_BUTTON,
                name="copy this move",
            )
        )  # fmt: skip
        return row

    def draw(self, canvas: Canvas) -> None:
        bar = self.rect.copy()
        bar.update(self.rect.left + _PAD + 12, self.rect.top + 4, 3, self.rect.height - 12)
        canvas.fill(bar, tone(self.kind))


class Transcript(Card):
    """The moves in order under their meetings; one of them is chosen and lies open."""

    def __init__(self, actions: Actions, head: Widget, **options: Unpack[Options]) -> None:
        self.rows: list[MoveRow] = []
        self._entries: list[str] | None = None  # of the moves that stand there
        self.detail = Detail(actions)
        self.list = Column(gap=1)
        self.scroll = ScrollArea(self.list, grow=1)
        head.grow = 1.0
        title = Row(head, padding=(6, 0, 0, 0))
        super().__init__(title, self.scroll, gap=6, padding=(10, 10, 10, 8), **options)
        self.actions = actions

    def show(self, review: Review, index: int, may_try: bool) -> None:
        """Show a review, or a finer one of the same moves."""
        entries = [move.entry for move in review.moves]
        if entries != self._entries:
            self._entries = entries
            self._fill(review)
        for k, (row, move) in enumerate(zip(self.rows, review.moves, strict=True)):
            row.take(move, k == index)
        if not self.rows:
            return
        self.detail.show(review, review.moves[index], may_try)
        order = self.list.children
        if self.detail not in order:
            self.list.add(self.detail)
        order.remove(self.detail)  # it changes its place and stays: nothing loses the focus
        order.insert(order.index(self.rows[index]) + 1, self.detail)
        self.list.relayout()
        self.scroll.invalidate()

    def _fill(self, review: Review) -> None:
        self.rows = [
            MoveRow(move, lambda k=k: self.actions.select(k))  # type: ignore[misc]
            for k, move in enumerate(review.moves)
        ]
        several = len(stretches(review.moves)) > 1
        widgets: list[Widget] = []
        for heading, moves in stretches(review.moves):
            if several:
                widgets.append(Row(Label(heading, LABEL), padding=(_PAD, 8, 0, 3)))
            first = moves[0].index - review.moves[0].index
            widgets += self.rows[first : first + len(moves)]
        if not self.rows:
            widgets.append(Label(ui("transcript_none"), BODY))
        self.list.replace_children(*widgets)

    def reveal(self, index: int) -> None:
        """Bring a move and what came of it into view, the move before it too if there is room."""
        if not self.rows:
            return
        self.root.layout()
        row, view = self.rows[index], self.scroll.rect
        above = self.rows[max(0, index - 1)].rect
        top = above.top if row.rect.top - above.bottom < above.height else row.rect.top
        if row.rect.top < view.top or self.detail.rect.bottom > view.bottom:
            self.scroll.scroll_to(self.scroll.offset + top - view.top)


# --- the words of a move --------------------------------------------------------------------------


def _talk(review: Review, move: Move, several: bool) -> list[Widget]:
    """What was done, seen, said, thought and told."""
    found: list[Widget] = []
    if move.own:
        found.append(named(ui("you"), move.own, BODY))
    if move.event:
        found.append(named(ui("happened"), move.event, BODY))
    for notice in move.notices:
        who = ui("noticed_of", name=notice.name) if several and notice.name else ui("noticed")
        found.append(named(who, notice.text, _SEEN))
    for said in move.said:
        found.append(_heard(said, several))
    if move.thought is not None:
        name = move.thought.name
        who = ui("thought", name=name) if name else ui("thought_nobody")
        found.append(named(who, move.thought.text, THOUGHT))
    if move.told:
        about = ui("told_about", value=fact_label(review, move.told))
        found.append(named(ui("told_you"), about, BODY))
    return found


def named(who: str, text: str, style: TextStyle) -> RichText:
    """`You noticed:` in small letters, then the words."""
    return RichText([Run(f"{who}: ", QUIET), Run(text, style)])


def _heard(said: Said, several: bool) -> RichText:
    runs = [Run(quoted(said.text), HEARD)]
    if several:
        who = ui("said", name=said.name) if said.name else ui("said_nobody")
        runs.insert(0, Run(f"{who}: ", QUIET))
    return RichText(runs)


def _moved(trust: TrustMove) -> bool:
    return abs(trust.after - trust.before) >= _SMALL


def trust_runs(trust: TrustMove, several: bool) -> list[Run]:
    """Trust before and after, the beliefs' changes and the state."""
    head = ui("trust_of", name=trust.name) if several else ui("trust")
    moved = ui("trust_moved", **{"from": place(trust.before), "to": place(trust.after)})
    beliefs = ui(
        "beliefs", value=change(trust.ability), count=change(trust.benevolence),
        total=change(trust.integrity),
    )  # fmt: skip
    state = ui("trust_state", value=trust_state(trust.state))
    bold = QUIET.but(face="sans-bold", colour="ink")
    return [Run(f"{head} {moved}", bold), Run(f" · {beliefs} · {state}", QUIET)]


def worth_line(move: Move) -> str:
    """Worth before and after, and what was lost against the best."""
    values = {"from": amount(move.before), "to": amount(move.worth), "value": signed(move.luck)}
    said = [ui("worth_line", **values)]
    if move.label == "only":
        said.append(ui("loss_only"))
    elif cost(move.loss) != "0":
        said.append(ui("loss_line", points=cost(move.loss), low=cost(move.loss_low)))
    else:
        said.append(ui("loss_none"))
    if move.face_up is not None:
        said.append(ui("face_up", points=cost(move.face_up)))
    return " ".join(said)


def cause_line(cause: Cause) -> str:
    """A cause with the points and the trust that it cost or brought."""
    said = [cause.text]
    if cost(cause.points) != "0":
        said.append(ui("cause_points", points=signed(-cause.points)))
    if moved(cause.trust):
        said.append(ui("cause_trust", value=change(cause.trust)))
    return " · ".join(said)


def _why(review: Review, move: Move) -> list[Widget]:
    found: list[Widget] = []
    if move.causes:
        found.append(Label(ui("why"), LABEL))
        found += [Label(f"–  {cause_line(cause)}", BODY.but(size=14.0)) for cause in move.causes]
    principle = next((p for p in review.principles if p.id == move.principle), None)
    if principle is not None:
        found.append(Label(principle.text, NOTICE.but(size=15.5)))
    return found


def move_text(review: Review, move: Move) -> str:
    """A move as plain text, for the clipboard."""
    several = len({t.buyer for m in review.moves for t in m.trust}) > 1
    lines = [
        f"{turn_label(move)}  {move.action_label}  " + listed(words for _, words in marks_of(move))
    ]
    lines += ["".join(run.text for run in part.runs()) for part in _talk(review, move, several)
              if isinstance(part, RichText)]  # fmt: skip
    lines += ["".join(run.text for run in trust_runs(t, several)) for t in move.trust if _moved(t)]
    lines.append(worth_line(move))
    lines += [cause_line(cause) for cause in move.causes]
    return "\n".join(lines)
