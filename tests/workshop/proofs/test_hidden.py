"""Proof 9: nothing hidden is in any byte sent to a phone before the reveal, and the proof can fail.

Twice: everything a phone is sent in a whole game is searched for what the buyer thought, held back
and felt; and whatever hidden is changed, the pages of every moment stay the same to the last byte.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.session.game import Game
from game.workshop import pages
from game.workshop.seen import Seen
from tests.workshop.proofs import ways
from tests.workshop.proofs.hidden import leaks
from tests.workshop.proofs.house import House, acted
from tests.workshop.proofs.ways import changed, everything


async def played(house: House, moment: Callable[[bytes, Game], None], moves: int = 40) -> int:
    """A whole game over HTTP, `moment` after each move; how many there were."""
    phone, host = await house.join("Ana"), await house.console()
    await acted(host, "/console/do/start")
    table = house.live.room.tables["s1.1"]
    for ply in range(moves):
        if table.game.ended:
            return ply
        for body in await everything(house, "Ana", phone):
            moment(body, table.game)
        hand = table.game.hand()
        action = table.game.rules.actions[hand[ply % len(hand)]]
        form = {"table": "s1.1", "ply": ply, "action": action}
        assert (await acted(phone, "/act/move", **form)).status_code == 200
    return moves


@pytest.mark.parametrize(
    ("name", "most"), [("osaka", 7), pytest.param("seoul", 60, marks=pytest.mark.long)]
)
def test_no_byte_of_a_game_holds_what_is_hidden(tmp_path: Path, name: str, most: int) -> None:
    house = House(tmp_path, name, help="plain")
    found: list[tuple[int, list[str]]] = []

    def look(body: bytes, game: Game) -> None:
        if leaked := leaks(body, game):
            found.append((len(game.turns), leaked))

    moves = asyncio.run(played(house, look, most))
    assert moves > 5
    assert found == []


def differing(house: House) -> int:
    """At how many moments of a game a page differs once everything hidden is another."""
    rng, differs = np.random.default_rng(3), 0

    async def play() -> None:
        phone, host = await house.join("Ana"), await house.console()
        await acted(host, "/console/do/start")
        table = house.live.room.tables["s1.1"]
        for ply in range(14):
            if table.game.ended:
                return
            moment()
            hand = table.game.hand()
            action = table.game.rules.actions[hand[(2 * ply) % len(hand)]]
            await acted(phone, "/act/move", table="s1.1", ply=ply, action=action)

    def moment() -> None:
        nonlocal differs
        differs += bool(changed(house, rng))

    asyncio.run(play())
    return differs


def test_changing_everything_hidden_changes_no_byte_of_a_page(tmp_path: Path) -> None:
    assert differing(House(tmp_path, help="plain")) == 0


def leaky(real: Callable[..., Seen], secret: Callable[[Game], str]) -> Callable[..., Seen]:
    """A view that tells a secret in a corner of its title."""

    def seen(table: object, *rest: object) -> Seen:
        found = real(table, *rest)
        return replace(found, title=f"{found.title} {secret(table.game)}")  # type: ignore[attr-defined]

    return seen


@pytest.mark.long
@pytest.mark.parametrize(
    ("what", "secret"),
    [
        ("d ", lambda game: f"{game._state.d.reshape(-1)[0]:.3f}"),
        ("trust ", lambda game: f"{100 * game._state.trust.reshape(-1)[0]:.1f} %"),
        ("thought", lambda game: next((t.thought.text for t in game.line() if t.thought), "")),
        ("fact ", lambda game: next(f.text for f in game.scenario.facts.values())),
        ("state ", lambda game: f"data-state='{game.rules.machine.names[0]}'"),
    ],
)
def test_a_leak_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, secret: Callable[[Game], str]
) -> None:
    """The search above, with a page that does leak: it must not pass."""
    monkeypatch.setattr(pages, "seen", leaky(pages.seen, secret))
    house = House(tmp_path, help="plain")
    found: list[str] = []
    asyncio.run(played(house, lambda body, game: found.extend(leaks(body, game)), moves=6))
    assert any(leak.startswith(what) for leak in found)


def test_a_leak_changes_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pages, "seen", leaky(pages.seen, lambda game: f"{game._state.patience.sum():.2f}")
    )
    assert differing(House(tmp_path, help="plain")) > 3


# --- every way to run a session -------------------------------------------------------------------


def run(folder: Path, way: str, moves: int) -> ways.Session:
    kind = ways.WAYS[way]
    house = House(folder, *ways.scenarios(kind, "osaka"), help="plain", **dict(kind.plan))
    return asyncio.run(ways.run(house, kind, moves))


@pytest.mark.long
@pytest.mark.parametrize("way", ways.WAYS)
def test_nothing_hidden_is_sent_in_any_way_to_run_a_session(tmp_path: Path, way: str) -> None:
    session = run(tmp_path, way, 4)
    assert session.bodies > 60
    assert session.found == []


@pytest.mark.long
@pytest.mark.parametrize("way", ["round", "german"])
def test_a_leak_is_found_in_every_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """A page that tells the trust of its table: the search finds it, and so does the change."""
    share = lambda game: f"{100 * game._state.trust.reshape(-1)[0]:.1f} %"  # noqa: E731
    monkeypatch.setattr(pages, "seen", leaky(pages.seen, share))
    found = run(tmp_path, way, 2).found
    assert any("trust " in leak for leak in found)
    assert any("is another" in leak for leak in found)
