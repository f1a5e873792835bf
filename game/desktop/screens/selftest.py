"""The self-test: twelve situations, one after the other, then your place on the continuum."""

from __future__ import annotations

from datetime import date

from game.desktop.input import Command
from game.desktop.layout import Column, Flow, Grid, Row, Spacer
from game.desktop.screen import Screen
from game.desktop.screens.home_line import LineOfPeople
from game.desktop.text import BODY, BUTTON, HEADING, HERO, LABEL, NOTICE, SMALL, SPOKEN, TITLE
from game.desktop.theme import MARGIN
from game.desktop.widget import Widget
from game.desktop.widgets import (
    Button,
    Card,
    Divider,
    Label,
    ProgressBar,
    ScrollArea,
    dialog,
    head_row,
)
from game.desktop.words import say
from game.review import profile_files as files
from game.review.profile import Profile
from game.review.questionnaire import SelfResult, score_self
from game.review.questionnaire_files import shipped_self_test
from game.review.questionnaire_models import SCALE
from game.scenario.diagnostics import LongLunchError
from game.session.writing import numeral

_WIDE = 980.0  # px of what is read
_KEYS = tuple(Command(str(number)) for number in range(1, SCALE + 1))


class SelfTestScreen(Screen):
    """Begins with what it is about; `today` is the day that the result is kept under."""

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self.test = shipped_self_test()
        self.title = self.test.title
        self.ids = list(self.test.items)
        self.answers: list[int | None] = [None] * len(self.ids)
        self.at = -1  # the item shown; -1 before the first, beyond the last the result
        self.result: SelfResult | None = None
        self._today = today
        self._kept = ""

    # --- building ---------------------------------------------------------------------------

    def build(self) -> Widget:
        self.page = Column(grow=1, shrink=True, gap=14)
        self._turn()
        return Column(self.page, padding=(2 * MARGIN, MARGIN))

    def opened(self) -> None:
        self.focus(self._first)

    def _turn(self) -> None:
        """Show the page that belongs to `at`."""
        if self.at < 0:
            parts, self._first = self._intro()
        elif self.result is not None:
            parts, self._first = self._result(self.result)
        else:
            parts, self._first = self._item()
        self.page.replace_children(*parts)
        if self.page.attached:
            self.page.root.focus(self._first)

    def _intro(self) -> tuple[list[Widget], Widget]:
        begin = Button(self.words("begin"), self._begin, kind="filled", name="begin")
        leave = Button(self.words("leave"), self._leave, kind="pill", name="leave")
        text = Column(
            Spacer(),
            LineOfPeople(),
            Label(self.test.title, HERO, max_width=_WIDE),
            Label(self.test.intro or "", SPOKEN, max_width=_WIDE),
            Label(self.words("how"), BODY.but(colour="muted"), max_width=_WIDE),
            Flow(begin),
            Spacer(),
            gap=18,
            padding=(0, 0, 8, 0),
        )
        return [head_row(Spacer(), leave), ScrollArea(text, grow=1)], begin

    def _item(self) -> tuple[list[Widget], Widget]:
        item = self.test.items[self.ids[self.at]]
        count = self.words("progress", count=self.at + 1, total=len(self.ids))
        head = head_row(
            Label(f"{count}  {item.title}", LABEL),
            *([Button(self.words("before"), self._before, kind="quiet", name="before")]
              if self.at else []),
            Button(self.words("leave"), self._leave, kind="pill", name="leave"),
        )  # fmt: skip
        bar = ProgressBar(self.at / len(self.ids), height=6)
        ways: list[Widget] = [
            Card(
                Label(self.words(letter), LABEL),
                Label(text, SPOKEN.but(size=19)),
                gap=6,
                padding=20,
            )
            for letter, text in (("a", item.a), ("b", item.b))
        ]
        pair: Widget = Column(*ways, gap=12)
        if not self.ui.narrow:
            pair = Grid(*ways, gap=16)
        steps = [self._step(number) for number in range(1, SCALE + 1)]
        answers = Flow(*steps, gap=8) if self.ui.narrow else Grid(*steps, tracks=SCALE, gap=8)
        body = Column(
            Label(item.situation, SPOKEN.but(size=24), max_width=_WIDE),
            pair,
            gap=24,
            padding=(4, 28, 8, 12),
        )
        given = self.answers[self.at]
        foot = Column(Label(self.words("question"), LABEL), answers, gap=10)
        first = steps[given - 1 if given else 0]
        return [head, bar, ScrollArea(body), foot, Spacer()], first

    def _step(self, number: int) -> Button:
        chosen = self.answers[self.at] == number
        return Button(
            self.test.scale[number - 1], lambda: self._answer(number),
            kind="filled" if chosen else "plain", hotkey=_KEYS[number - 1], show_key=True,
            name=f"answer {number}", style=BUTTON,
        )  # fmt: skip

    def _result(self, result: SelfResult) -> tuple[list[Widget], Widget]:
        band, spread = self.test.bands[result.band], self.test.spreads[result.spread_band]
        line = LineOfPeople(you=(result.d, self.words("you")))
        value = self.words("place", value=numeral(result.d, 2))
        said: list[Widget] = [
            line,
            Label(band.name, TITLE),
            Label(value, SMALL),
            Label(band.reading, SPOKEN, max_width=_WIDE),
            Label(spread.reading, BODY, max_width=_WIDE),
        ]
        if result.one_answer and self.test.one_answer:
            said.append(Label(self.test.one_answer, NOTICE, max_width=_WIDE))
        if self.test.limits:
            said.append(Label(self.test.limits, BODY.but(colour="muted"), max_width=_WIDE))
        said += [Divider(), Label(self.words("each"), LABEL)]
        for one in result.items:
            title = self.test.items[one.id].title
            answer = self.test.scale[one.answer - 1]
            said.append(
                Row(
                    Label(title, BODY, grow=1),
                    Label(self.words("each_one", value=answer, count=one.answer), SMALL),
                    gap=12,
                    max_width=_WIDE,
                )
            )
        done = Button(self.words("done"), self.app.pop, kind="filled", name="done")
        again = Button(self.words("again"), self._again, name="again")
        head = head_row(Label(self.words("result"), LABEL), again, done)
        page = ScrollArea(Column(*said, gap=12, padding=(4, 4, 8, 16)), grow=1)
        return [head, page, Label(self._kept, HEADING.but(size=13, colour="muted"))], done

    # --- what happens -----------------------------------------------------------------------

    def words(self, id: str, **values: object) -> str:
        return say(f"selftest.{id}", **values)

    def _begin(self) -> None:
        self.at = 0
        self._turn()

    def _answer(self, number: int) -> None:
        self.answers[self.at] = number
        self.at += 1
        given = [answer for answer in self.answers if answer is not None]
        if self.at >= len(self.ids) and len(given) == len(self.ids):
            self.result = score_self(given)
            self._keep(self.result)
        else:
            self._turn()

    def _keep(self, result: SelfResult) -> None:
        """Put it into the profile, then show it; that this cannot be is told, and costs only the
        keeping."""
        today, test = self._today or date.today(), self.test.test

        def write() -> LongLunchError | None:
            try:
                profile = Profile.load(files.data_dir())
                found = {"d": round(result.d, 4), "spread": round(result.spread, 4)}
                profile.add_test(today, test, "all", found)
                profile.save()
            except LongLunchError as problem:
                return problem
            return None

        def told(problem: LongLunchError | None) -> None:
            if problem is None:
                self._kept = self.words("kept")
            else:
                self._kept = self.words("not_kept", value=problem.diagnostics[0].message)
            self._turn()

        self.app.saving.do(write, told)

    def _before(self) -> None:
        if self.at > 0:
            self.at -= 1
            self._turn()

    def _again(self) -> None:
        self.answers = [None] * len(self.ids)
        self.result, self.at = None, 0
        self._turn()

    def _leave(self) -> None:
        if self.result is not None or not any(self.answers):
            self.app.pop()
            return
        self.open(
            dialog(
                self.words("leave_title"),
                self.words("leave_text"),
                [(self.words("leave_go"), self.app.pop), (self.words("leave_stay"), None)],
            )
        )

    def retold(self) -> None:
        self.test = shipped_self_test()
        self.title = self.test.title
        self.rebuild()
        self.focus(self._first)

    def restyled(self) -> None:
        self._turn()

    def on_command(self, command: Command) -> bool:
        if command is Command.REWIND and self.result is None:
            self._before()
            return True
        if command is Command.BACK:
            if self.result is None and self.at > 0:
                self._before()
            else:
                self._leave()
            return True
        return super().on_command(command)
