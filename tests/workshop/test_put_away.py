"""Games of earlier parts of a session: nothing of them stays in memory, and nothing of them is
lost."""

from __future__ import annotations

import asyncio
import gc
import json
import weakref
from pathlib import Path

from game.workshop.debrief.exports import transcript_file
from game.workshop.debrief.reviews import Reviews
from game.workshop.pages import Parts
from game.workshop.service import Live
from game.workshop.store import Kept
from tests.workshop.hosted import Hosted
from tests.workshop.made import Made
from tests.workshop.workers import sleeps


def test_a_game_is_freed_once_another_one_is_begun_though_phones_were_shown_it(
    tmp_path: Path,
) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        await host.does("start")
        await ana.does("move", table="s1.1", ply=0, action=hosted.hand()[0])
        await ana.client.get("/play")
        table = hosted.live.room.tables["s1.1"]
        game, before = weakref.ref(table.game), transcript_file(table)
        await host.does("another", number=2, place=0)
        await ana.client.get("/play")
        gc.collect()
        assert game() is None and not table.built
        assert transcript_file(table) == before
        assert not table.built, "a look at it brings nothing back for good"

    asyncio.run(script(Hosted(tmp_path)))


def test_of_many_that_are_looked_at_few_stay() -> None:
    made = Made("osaka")
    made.seats({f"Seat{k}": [f"P{k}"] for k in range(20)})
    made.did("start", tables={f"s{k}.2": [f"s{k}", 0] for k in range(1, 21)})
    games = [weakref.ref(made.room.tables[f"s{k}.1"].game) for k in range(1, 21)]
    gc.collect()
    assert 0 < sum(game() is not None for game in games) <= 8


def test_a_game_that_had_ended_is_still_known_to_have_and_its_review_is_kept() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"]})
    while not (game := made.room.tables["s1.1"].game).ended:
        made.play("s1.1", game.rules.actions[game.hand()[0]])
    assert made.room.tables["s1.1"].over and not made.room.tables["s2.1"].over
    made.did("start", tables={"s1.2": ["s1", 0], "s2.2": ["s2", 0]})
    over = made.room.tables["s1.1"]
    assert over.over and not over.built and not made.room.tables["s2.1"].over
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    live.reviews = Reviews(live, sleeps)
    try:
        live.reviews.tick()
        job = live.reviews._job
        assert job is not None and job.table == "s1.1", "what has ended is weighed first"
        assert json.dumps(job.transcript.as_json()) == transcript_file_text(made, "s1.1")
    finally:
        live.reviews.close()


def transcript_file_text(made: Made, table: str) -> str:
    game = made.room.tables[table].game
    return json.dumps(game.transcript.at(game.transcript.head).as_json())


def test_pages_of_a_game_that_is_past_are_not_kept(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, _ = await hosted.here("Ana")
        await host.does("start")
        parts: Parts = hosted.workshop.parts
        parts.html("scene:s1.1")
        await host.does("another", number=2, place=0)
        parts.html("scene:s1.2")
        assert {part for part, _ in parts._kept} == {"scene:s1.2"}

    asyncio.run(script(Hosted(tmp_path)))
