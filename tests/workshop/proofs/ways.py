"""A meeting in every way to run one, with everything that phones are sent before the reveal."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx
import numpy as np
from starlette.requests import Request

from game.scenario import language
from game.session.game import Game
from game.workshop.news import News
from game.workshop.pages import Parts
from game.workshop.room.tables import Table
from game.workshop.stream import Stream
from tests.workshop.proofs.hidden import leaks, with_other_truth
from tests.workshop.proofs.house import Heard, House, acted

Look = Callable[[str, bytes], None]
_LINK = re.compile(rb'(?:src|href|data-fetch)="(/[^"]+)"')
_LETTER = re.compile(r'<blockquote class="letter">.*?</blockquote>', re.DOTALL)
_PAIR = {"toronto": "toronto-second"}


@dataclass(frozen=True, slots=True)
class Way:
    """How a session is run. `ask`: what the room predicts; `lang`: the language of one phone."""

    ask: str = "read"
    lang: str = "en"
    pairs: bool = False
    plan: tuple[tuple[str, Any], ...] = ()


WAYS = {
    "parallel": Way(),
    "teams": Way("sign", plan=(("teams", 2),)),
    "together": Way("state", plan=(("together", True), ("seconds", 60))),
    "round": Way("best", plan=(("mode", "round"),)),
    "german": Way(lang="de"),
    "pairs": Way(pairs=True, plan=(("mode", "pairs"), ("short", 2))),
    "short": Way("sign", plan=(("short", 3), ("leaderboard", True))),
}


class Session:
    """A session that is run in one way: three who play, one of them late, and one who looks on."""

    def __init__(self, house: House, way: Way) -> None:
        self.house, self.way = house, way
        self.phones: dict[str, httpx.AsyncClient] = {}
        self.host = house.browser()
        self.found: list[str] = []
        self.bodies = 0
        self.rng = np.random.default_rng(3)

    async def run(self, moves: int) -> int:
        """Play so many moves; how many there were at the first table."""
        self.host = await self.house.console()
        for name in ("Ana", "Ben"):
            self.phones[name] = await self.house.join(name)
        self.phones["Eve"] = await self.house.join("Eve", observe="yes")
        self.phones["Ben"].headers["accept-language"] = self.way.lang
        await self.looked_at()
        await self.done("test", half="before", on="yes")
        await self.looked_at()
        await self.done("test", half="before", on="no")
        await self.done("start")
        self.phones["Late"] = await self.house.join("Late")
        for turn in range(moves):
            if not any(self.open(table) for table in self.tables):
                break
            await self.looked_at()
            if turn == 2:
                await self.asked()
            await self.played(turn)
        await self.done("stage", to="debrief")
        await self.looked_at()
        for phone in self.phones.values():
            assert (await phone.get("/report")).status_code == 303, "nothing was handed out"
        return self.house.live.room.tables["s1.1"].ply

    @property
    def tables(self) -> list[Table]:
        return self.house.live.room.tables_now()

    @staticmethod
    def open(table: Table) -> bool:
        return not table.game.ended

    async def done(self, what: str, **form: object) -> None:
        answer = await acted(self.host, f"/console/do/{what}", **form)
        assert answer.status_code in (200, 409), (what, answer.text)

    # --- looking ----------------------------------------------------------------------------

    async def looked_at(self) -> None:
        """Search everything that each phone may fetch now for what is hidden at any table."""
        for name, phone in self.phones.items():
            tag = self.way.lang if name == "Ben" else "en"
            games = [table.game for table in self.house.live.room.tables.values()]
            for body in await everything(self.house, name, phone):
                self.bodies += 1
                with language.speaking(tag):
                    self._search(name, body, games)
        self.found += [f"{part} is another" for part in changed(self.house, self.rng)]

    def _search(self, name: str, body: bytes, games: list[Game]) -> None:
        asked = any(q.kind == "state" for q in self.house.live.room.questions.values())
        for game in games:
            for leak in leaks(body, game):
                # A question about states names them all.
                if not (asked and leak.startswith("state ")):
                    self.found.append(f"{name}, move {len(game.turns)}: {leak}")

    async def asked(self) -> None:
        """A prediction, open, answered and closed, and nothing revealed."""
        answer = await acted(self.host, "/console/do/ask", kind=self.way.ask)
        assert answer.status_code == 200, answer.text
        await self.looked_at()
        for id, question in self.house.live.room.questions.items():
            for phone in self.phones.values():
                page = (await phone.get("/play")).text
                form = page.partition('action="/act/answer"')[2].partition("</form>")[0]
                values = re.findall(r'name="answer"[^>]* value="([^"]+)"', form)
                if values:
                    answer = unescape(values[0])
                    await acted(phone, "/act/answer", question=id, answer=answer)
            await self.looked_at()
            if question.open:
                await self.done("close", question=id)
        await self.done("pause", on="yes")
        await self.looked_at()
        await self.done("pause", on="no")

    # --- playing ----------------------------------------------------------------------------

    async def played(self, turn: int) -> None:
        """One move at every table that is open."""
        room = self.house.live.room
        for table in [table for table in self.tables if self.open(table)]:
            hand = table.game.hand()
            action = table.game.rules.actions[hand[(2 * turn) % len(hand)]]
            form = {"table": table.id, "ply": table.ply, "action": action}
            for person in [p for p in room.people.values() if not p.observes]:
                phone = self.phones[person.name]
                if table.shared:
                    await acted(phone, "/act/vote", **form)
                elif person.seat == table.seat:
                    for _ in range(2):  # a team's second press is the move
                        await acted(phone, "/act/move", at_once="yes", **form)
            if table.shared:
                await self.looked_at()
                await self.done("ballot", table=table.id, ply=table.ply, on="no")
                await self.done("decide", **form)
        if room.plan.together:
            await self.done("advance", to=room.gate + 1)
        events = self.tables[0].desk.scenario.events
        if turn == 1 and events:
            await self.done("inject", event=next(iter(events)))


async def everything(house: House, name: str, phone: httpx.AsyncClient) -> list[bytes]:
    """All that a phone may fetch at a moment: its page and what that names, polls, its stream."""
    page = (await phone.get("/play")).content
    bodies = [page]
    for have in ("", "?have=e.0", "?have=e.99,room.1"):
        bodies.append((await phone.get(f"/poll/phone{have}")).content)
    for path in sorted(set(_LINK.findall(page))):
        if not path.startswith((b"/files/", b"/font/")):
            bodies.append((await phone.get(unescape(path.decode()))).content)
    bodies.append(await streamed(house, name))
    return bodies


async def streamed(house: House, name: str) -> bytes:
    """What a stream sends first."""
    live = house.live
    person = next(p.id for p in live.room.people.values() if p.name == name)
    pipe = Heard()

    async def send(_: Any) -> None:
        pass

    async def receive() -> Any:
        await asyncio.Event().wait()

    phone = house.workshop.parts.of_phone
    news = News(house.workshop.shared, lambda: phone(person), {}, person)
    stream = Stream(Request(pipe.scope), house.workshop.feeder, news)
    following = asyncio.create_task(stream(pipe.scope, receive, send))
    while not any(piece.startswith(b"data: {") for piece in pipe.sent):
        await asyncio.sleep(0.001)
    following.cancel()
    return b"".join(pipe.sent).removeprefix(b"retry: 800\n\n")


def rendered(house: House) -> dict[str, str]:
    """The parts of every phone's page, rendered anew, without the letters of six months later:
    the buyer's own words to the room, which the plan of a meeting has read aloud at its end."""
    parts, people = Parts(house.live), house.live.room.people
    ids = {id for person in people for id in house.workshop.parts.of_phone(person).ids(person)}
    return {id: _LETTER.sub("", parts.html(id)) for id in ids}


def changed(house: House, rng: np.random.Generator) -> list[str]:
    """The parts that differ once everything hidden at all tables is another."""
    before = rendered(house)
    tables = house.live.room.tables.values()
    backs = [with_other_truth(table.game, rng) for table in tables]
    after = rendered(house)
    for back in backs:
        back()
    return sorted(id for id in before if before[id] != after[id])


def scenarios(way: Way, name: str) -> list[str]:
    """What is played in this way around a scenario."""
    return [name, _PAIR.get(name, "osaka" if name != "osaka" else "seoul")] if way.pairs else [name]


async def run(house: House, way: Way, moves: int) -> Session:
    session = Session(house, way)
    await session.run(moves)
    return session
