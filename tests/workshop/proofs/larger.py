"""Proofs at full size that need time, or every scenario."""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets
import shutil
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import httpx

from game.scenario.library import shipped
from game.session.game import Game
from game.workshop.bots.http import Browser
from game.workshop.bots.page import lines_of
from game.workshop.bots.people import Counts, Person, people
from tests.workshop.proofs import ways
from tests.workshop.proofs.crowds import moves_of, place_of, records, stands_at
from tests.workshop.proofs.hidden import leaks
from tests.workshop.proofs.house import House
from tests.workshop.proofs.test_hidden import played
from tests.workshop.proofs.test_names import NAMES, in_files, on_pages
from tests.workshop.served import Served, acted, served

Verdict = tuple[bool, str]
_BACK = 2.0  # seconds within which a page has found its way back
_TURNS = 50  # presses of two consoles at once
_GUESSES = 2000


# --- 3 --------------------------------------------------------------------------------------------


def away(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """3. Phones away for a while, and across a restart: same seat, and only what they missed. The
    host page on another device. Two consoles press next: one advance."""
    server = Served(folder / "away.db")
    try:
        told, server = asyncio.run(_away(server, chosen.people // 2, chosen.away))
        again, once = _hosts(server)
    finally:
        server.kill()
    slowest = max(back for back, _ in told.values())
    wrong = sum(bad for _, bad in told.values())
    times = ", ".join(f"{name}: {back:.2f} s" for name, (back, _) in told.items())
    return not wrong and slowest < _BACK and again and once == _TURNS, (
        f"{chosen.people // 2} phones, the last back after it was away {times}; {wrong} at another "
        f"place; host on another device: {again}; {2 * _TURNS} presses: {once} advances"
    )


async def _away(
    server: Served, number: int, seconds: list[float]
) -> tuple[dict[str, tuple[float, int]], Served]:
    """By how long they were away: when the last was back, and how many were not where they had
    been, or were not told exactly what they missed."""
    counts = Counts()
    crowd = people(place_of(server), server.code, number, 3, 0.2, ["random"], 0.0, counts)
    for person in crowd:
        await person.come_in()
    with closing(server.console()) as client:
        host = Browser(place_of(server))
        host.cookies = dict(client.cookies)
    await host.post("/console/do/start", {})
    found: dict[str, tuple[float, int]] = {}
    for k, pause in enumerate([*seconds, None]):
        for person in crowd:
            await _looks(person)
        before = [await stands_at(place_of(server), person) for person in crowd]
        if pause is None:
            await asyncio.to_thread(server.kill)
            server = await asyncio.to_thread(server.again)
        else:
            word = f"A word that was said {k} times."
            assert (await host.post("/console/do/tell", {"text": word})).status == 200
            await asyncio.sleep(pause)
        begun = time.perf_counter()
        news = await asyncio.gather(*map(_looks, crowd))
        back = time.perf_counter() - begun
        after = [await stands_at(place_of(server), person) for person in crowd]
        wrong = sum(one != other for one, other in zip(before, after, strict=True))
        expected = set() if pause is None else {"room"}
        wrong += sum(one != expected for one in news)
        found["over a restart" if pause is None else f"{pause:.0f} s"] = back, wrong
    for person in crowd:
        person.browser.close()
    host.close()
    return found, server


async def _looks(person: Person) -> set[str]:
    """Ask what is new since the page was last looked at; the parts that are."""
    answer = await person.browser.get("/poll/phone" + person.page.query)
    lines = lines_of(answer.body)
    person.page.take(lines)
    person.browser.close()  # and sleep again
    return {id for id, *_ in lines[1:]}


def _hosts(server: Served) -> tuple[bool, int]:
    """Whether the host page opens on another device, and how often two that press next at once
    advance a session of its own."""
    with ExitStack() as opened:
        first = opened.enter_context(closing(server.console()))
        shown = first.post("/console/link", data={"role": "host"}).text
        link = shown[shown.index("/open/") :].split('"')[0].split("<")[0].split()[0]
        first.close()
        second = opened.enter_context(closing(httpx.Client(base_url=server.url)))
        again = second.get(link).headers.get("location") == "/console"
        again = again and second.get("/console").status_code == 200
    store = server.store.parent / "next.db"
    with served(store) as other, closing(other.console()) as host, closing(other.join("Ana")):
        acted(host, "/console/do/plan", together="yes")
        acted(host, "/console/do/start")
        asyncio.run(_pressed(other, dict(host.cookies)))
    return again, sum(r.key.startswith("advance:") for r in records(store))


async def _pressed(server: Served, cookies: dict[str, str]) -> None:
    hosts = [Browser(place_of(server)) for _ in range(2)]
    for host in hosts:
        host.cookies = dict(cookies)
    for turn in range(_TURNS):
        form = {"to": str(turn + 2)}
        answers = await asyncio.gather(*(h.post("/console/do/advance", form) for h in hosts))
        assert {answer.status for answer in answers} == {200}
    for host in hosts:
        host.close()


# --- 7, 8 -----------------------------------------------------------------------------------------


def strangers(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """7. Guessed tokens over real HTTP, every bit of a true one turned among them, at the doors of
    phones and of the console: refused, and no trace in the log. The rest as in the suite."""
    with served(folder / "strangers.db") as server, closing(server.join("Ana")) as phone:
        with closing(server.console()) as host:
            acted(host, "/console/do/start")
            cookies = dict(phone.cookies), dict(host.cookies)
        before = len(records(server.store))
        let_in = asyncio.run(_guessed(server, *cookies, chosen.seed))
        grown = len(records(server.store)) - before
        own = phone.get("/play").status_code
    tries = 3 * (_GUESSES + 2 * 128)
    return not let_in and not grown and own == 200, (
        f"{tries} requests with tokens that are none: {let_in} let in, {grown} records; "
        f"the true one gets {own}"
    )


async def _guessed(server: Served, phone: dict[str, str], host: dict[str, str], seed: int) -> int:
    chance = random.Random(seed)
    ((name, true),), ((host_name, host_true),) = phone.items(), host.items()
    guesses = [secrets.token_hex(16) for _ in range(_GUESSES)]
    tokens = [f"{chance.choice(('p1', 'p2', 'host'))}.{guess}" for guess in guesses]
    for token in (true, host_true):
        who, _, code = token.partition(".")
        tokens += [f"{who}.{int(code, 16) ^ 1 << bit:032x}" for bit in range(128)]
    browser, let_in = Browser(place_of(server)), 0
    form = {"table": "s1.1", "ply": "0", "action": "wait"}
    for token in tokens:
        browser.cookies = {name: token, host_name: token}
        answers = [
            await browser.post("/act/move", form), await browser.post("/console/do/pause", {}),
            await browser.get("/poll/phone"),
        ]  # fmt: skip
        let_in += [answer.status for answer in answers] != [401, 403, 200]
        let_in += answers[2].body != b'{"gone":true}'
    browser.close()
    return let_in


def names(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """8. Names made of all that could mean harm, in every stage: harmless on page, stage, report,
    CSV, XLSX."""
    chance, tried = random.Random(chosen.seed), 0
    for k in range(chosen.people // len(NAMES)):
        made = tuple(_mixed(chance) for _ in NAMES)
        place = folder / str(k)
        place.mkdir()
        on_pages(place, made, ("lobby", "playing", "debrief")[k % 3]).service.close()
        in_files(place, made)
        tried += len(made)
        shutil.rmtree(place)
    return True, f"{tried} names, as harmless as tame ones"


def _mixed(chance: random.Random) -> str:
    pieces = [chance.choice(NAMES) for _ in range(chance.randint(1, 3))]
    text = "".join(piece[chance.randrange(len(piece)) :] for piece in pieces)
    return chance.choice(("", "=", "-", "\t", "\u202e", " ")) + text + "z"


# --- 9 --------------------------------------------------------------------------------------------


def hidden(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """9. Every byte sent to a phone before the reveal, of every shipped scenario, a whole game and
    in every way to run one: nothing hidden in it, and none changes with what is hidden."""
    found: list[str] = []
    moves = bodies = 0
    for name in shipped():
        house = House(_new(folder / name), name, help="plain")

        def look(body: bytes, game: Game) -> None:
            found.extend(f"{game.scenario.scenario}: {leak}" for leak in leaks(body, game))

        moves += asyncio.run(played(house, look, 80))
        house.service.close()
        for kind, way in ways.WAYS.items():
            place = _new(folder / f"{name}-{kind}")
            playing = ways.scenarios(way, name)
            house = House(place, *playing, help="plain", **dict(way.plan))
            session = asyncio.run(ways.run(house, way, 6))
            found.extend(f"{name}, {kind}: {leak}" for leak in session.found)
            bodies += session.bodies
            house.service.close()
    return not found, (
        f"{len(shipped())} whole games of {moves} moves; {bodies} answers in {len(ways.WAYS)} ways "
        f"with each scenario; found: {found[:5] or 'nothing'}"
    )


def _new(place: Path) -> Path:
    place.mkdir()
    return place


# --- 11 -------------------------------------------------------------------------------------------


def end(chosen: argparse.Namespace, folder: Path) -> Verdict:
    """11. SIGTERM with streams open and people playing: ended within 5 s, every stream with a word,
    nothing acknowledged lost."""
    with served(folder / "end.db") as server:
        seconds, status, cut, counts = asyncio.run(
            _ended(server, chosen.healthy, chosen.people // 2)
        )
    missing = set(counts.kept) - set(moves_of(folder / "end.db"))
    return seconds < 5 and status == 0 and not cut and not missing, (
        f"{chosen.healthy} streams and {chosen.people // 2} who play: ended after {seconds:.2f} s "
        f"with status {status}; {cut} streams cut off; {len(counts.kept)} moves acknowledged, "
        f"{len(missing)} lost"
    )


async def _ended(server: Served, streams: int, number: int) -> tuple[float, int, int, Counts]:
    counts = Counts()
    crowd = people(place_of(server), server.code, number, 4, 1.0, ["random"], 0.0, counts)
    tasks = [asyncio.create_task(person.live()) for person in crowd]
    while counts.joined < number:
        await asyncio.sleep(0.05)
    with closing(server.console()) as host:
        await asyncio.to_thread(acted, host, "/console/do/start")
    cookies = crowd[0].browser.cookies
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    ask = f"GET /live/phone HTTP/1.1\r\nhost: 127.0.0.1:{server.port}\r\ncookie: {cookie}\r\n\r\n"
    readers = []
    for _ in range(streams):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(ask.encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        readers.append((reader, writer))
    await asyncio.sleep(3)
    begun = time.monotonic()
    status, *rests = await asyncio.gather(
        asyncio.to_thread(server.stop), *(_rest(reader) for reader, _ in readers)
    )
    seconds = time.monotonic() - begun
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for _, writer in readers:
        writer.transport.abort()
    return seconds, status, sum(not rest.endswith(b"0\r\n\r\n") for rest in rests), counts


async def _rest(reader: asyncio.StreamReader) -> bytes:
    with suppress(OSError):
        return await reader.read()
    return b""
