"""A simulated person: comes in by the code as a phone would, follows the page, thinks, presses.

What they do follows from their seed and from what their page shows, never from more than that. A
seller's policy gives the order of verbs they try; now and then they stray from it, as people do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from game.policies.notation import UNLIMITED, PolicyError, Step, parse_policy
from game.policies.shelf import shipped_policies
from game.workshop.bots.http import Browser, Place, Unreachable
from game.workshop.bots.page import Button, Form, Page, lines_of, read
from game.workshop.words import say

SELLERS = ("rapport", "direct", "steady", "checklist")
_STRAYS = 0.25  # how often a person does something else than their policy says
_READS = 0.3  # how often they mark their read before a move
_TRIES = 60  # how often a form is sent before it is given up
_ALERT = re.compile(r'role="alert"[^>]*>([^<]+)<')
_PRESSES = ("/act/move", "/act/vote")


@dataclass(slots=True)
class Counts:
    """What a crowd did; `seconds` are the times of answers to moves and votes."""

    joined: int = 0
    moves: int = 0
    votes: int = 0
    others: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    retried: int = 0
    lost: int = 0
    seconds: list[float] = field(default_factory=list)
    kept: list[tuple[str, int, str]] = field(default_factory=list)  # table, ply, action


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person plays. `think` is the mean time before a move, in seconds."""

    think: float = 3.0
    policy: str = "rapport"
    polls: bool = False  # asks again and again instead of following a stream
    reads: bool = True


class Person:
    """One simulated person. :meth:`live` runs until the session is over or they are removed."""

    def __init__(
        self, place: Place, code: str, name: str, seed: int, habits: Habits, counts: Counts
    ) -> None:  # fmt: skip
        self.browser = Browser(place, "en")
        self.code, self.name, self.habits, self.counts = code, name, habits, counts
        self.page = Page()
        self.played = False  # has seen the end of a game
        self._chance = random.Random(seed)
        self._steps = steps_of(habits.policy)
        self._spent: Counter[Step] = Counter()
        self._done: set[tuple[object, ...]] = set()
        self._changed = asyncio.Event()
        self._over = False

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do here."""
        return self._over or self.page.gone

    async def live(self) -> None:
        """Come in, play, and stay until it is over."""
        await self.come_in()
        follow = asyncio.create_task(self._poll() if self.habits.polls else self._follow())
        try:
            while not self.over:
                await self._changed.wait()
                self._changed.clear()
                await self._act()
        finally:
            follow.cancel()
            with contextlib.suppress(asyncio.CancelledError, Unreachable):
                await follow
            self.browser.close()

    async def come_in(self) -> None:
        """Join by the code, with the page's own form."""
        for tries in range(_TRIES):
            with contextlib.suppress(Unreachable):
                front = await self.browser.get(f"/j/{self.code}")
                form = next((f for f in read(front.text)[0] if f.action == "/join"), None)
                if form is None:
                    raise ConnectionRefusedError(front.status)
                fields = form.fields | {"code": self.code, "name": self.name}
                answer = await self.browser.post("/join", fields, scripted=False)
                if answer.status == 303:
                    self.counts.joined += 1
                    return
                if answer.status != 503:
                    why = _ALERT.search(answer.text)
                    raise ConnectionRefusedError(unescape(why[1]) if why else answer.status)
            await self._wait(0.3 * (tries + 1))
        raise ConnectionRefusedError(say("refused.lost"))

    # --- following --------------------------------------------------------------------------

    def _hear(self, event: bytes) -> None:
        if self.page.event(event):
            self._changed.set()

    async def _follow(self) -> None:
        while not self.over:
            with contextlib.suppress(Unreachable):
                lost = await self.browser.follow("/live/phone" + self.page.query, self._hear)
                await lost
            if not self.over:
                self.counts.lost += 1
                await self._wait(0.2 + 0.5 * self._chance.random())

    async def _poll(self) -> None:
        while not self.over:
            with contextlib.suppress(Unreachable):
                answer = await self.browser.get("/poll/phone" + self.page.query)
                if answer.status == 200 and self.page.take(lines_of(answer.body)):
                    self._changed.set()
            await self._wait(1.0 + self._chance.random())

    async def _wait(self, most: float) -> None:
        await asyncio.sleep(min(3.0, most))

    # --- acting -----------------------------------------------------------------------------

    async def _act(self) -> None:
        """Press what there is to press, one thing after another, each after some thought."""
        while not self.over:
            self._over = self.page.says(say("phone.over"))
            self.played = self.played or self.page.says(say("phone.ended"))
            form = next((f for f in self.page.forms() if self._to_do(f)), None)
            if form is None:
                return
            await asyncio.sleep(self.habits.think * self._chance.uniform(0.4, 1.6))
            # The page may have changed meanwhile: only what still stands there can be pressed.
            standing = [f for f in self.page.forms() if self._to_do(f)]
            same = next((f for f in standing if _named(f) == _named(form)), None)
            if same is not None:
                self._done.add(_named(same))
                await self._press(same)

    def _to_do(self, form: Form) -> bool:
        if not form.action.startswith("/act/") or not form.buttons or _named(form) in self._done:
            return False
        composing = any(button.value == "compose" for button in form.buttons)
        return not composing and (form.action != "/act/read" or self.habits.reads)

    async def _press(self, form: Form) -> None:
        if form.action == "/act/read" and self._chance.random() > _READS:
            return
        button = self._choose(form)
        fields = dict(form.fields)
        for name, values in form.choices.items():
            fields[name] = self._chance.choice(values)
        fields |= {name: say("bots.writes") for name in form.writes}
        fields |= {name: f"{self._chance.random():.2f}" for name in form.scales}
        if button.name:
            fields[button.name] = button.value
        await self.send(form.action, fields)

    async def send(self, action: str, fields: dict[str, str]) -> bool:
        """Send a form until it is answered; whether it was granted."""
        begun = time.perf_counter()
        for tries in range(_TRIES):
            with contextlib.suppress(Unreachable):
                answer = await self.browser.post(action, fields)
                if answer.status != 503:
                    self._count(action, fields, answer.status, answer.text, begun)
                    return answer.status == 200
            self.counts.retried += 1
            begun = time.perf_counter()
            await self._wait(0.3 * (tries + 1))
        return False

    def _count(
        self, action: str, fields: dict[str, str], status: int, text: str, begun: float
    ) -> None:
        counts = self.counts
        if action in _PRESSES:
            counts.seconds.append(time.perf_counter() - begun)
        if status != 200:
            with contextlib.suppress(ValueError):
                text = str(json.loads(text).get("wrong", text))
            counts.refused[text[:120]] += 1
        elif action == "/act/move":
            counts.moves += 1
            counts.kept.append((fields["table"], int(fields["ply"]), fields["action"]))
        elif action == "/act/vote":
            counts.votes += 1
        else:
            counts.others += 1

    def _choose(self, form: Form) -> Button:
        named = [b for b in form.buttons if b.name] or form.buttons
        buttons = [b for b in named if b.value != "part"] or named
        if form.action not in _PRESSES or self._chance.random() < _STRAYS:
            return self._chance.choice(buttons)
        for step in self._steps:
            if step.count == UNLIMITED or self._spent[step] < step.count:
                found = [b for b in buttons if _does(step, b.value)]
                if found:
                    self._spent[step] += 1
                    return self._chance.choice(found)
        return self._chance.choice(buttons)


def steps_of(policy: str) -> list[Step]:
    """The steps of a seller that need no more than the page: those without a condition.

    Raises :class:`PolicyError`.
    """
    if policy == "random":
        return []
    return [step for step in parse_policy(policy, shipped_policies()) if step.when is None]


def _does(step: Step, action: str) -> bool:
    verb = action.partition("@")[0]
    return verb == step.action if ":" in step.action else verb.partition(":")[0] == step.verb


def _named(form: Form) -> tuple[object, ...]:
    """What makes a form the same as one seen before: what it is about, not what is typed in."""
    hidden = {k: v for k, v in form.fields.items() if k not in form.writes}
    return form.action, *sorted(hidden.items())


def people(
    place: Place, code: str, number: int, seed: int, think: float, policies: Sequence[str],
    polls: float, counts: Counts,
) -> list[Person]:  # fmt: skip
    """So many people of one crowd; `polls` is the share in [0, 1] that asks without a stream."""
    chance, names = random.Random(seed), say("bots.names").split(", ")
    found = []
    for k in range(number):
        again = k // len(names)
        name = names[k % len(names)] + (f" {again + 1}" if again else "")
        habits = Habits(think, policies[k % len(policies)], chance.random() < polls)
        found.append(Person(place, code, name, chance.getrandbits(32), habits, counts))
    return found


__all__ = ["SELLERS", "Counts", "Habits", "Person", "PolicyError", "people", "steps_of"]
