"""Hosting from the window: the choice, a real server beside it, what it says, and its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from game.desktop import hosting
from game.desktop.app import App
from game.desktop.hosting import Address, Hosting, Told
from game.desktop.input import Command
from game.desktop.loop import Loop
from game.desktop.pilot import Pilot
from game.desktop.screens import home_cards
from game.desktop.screens import host as host_screen
from game.desktop.screens.home import HomeScreen
from game.desktop.screens.host import HostScreen
from game.desktop.shots_host import told
from game.desktop.widgets import Label
from game.desktop.words import say
from game.scenario.library import shipped
from game.scenario.sources import tables
from tests.desktop.homes import at_home
from tests.packs import QUAYSIDE

NEAR = Address("http://192.168.1.5:8765", "wlan0", True)
FAR = Address("http://10.8.0.2:8765", "tun0", False)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(monkeypatch, tmp_path)


class Server(Hosting):
    """Writes down what it is asked; says what the test has it say."""

    made: list[Server] = []

    def __init__(self, soon: hosting.Soon, news: Callable[[Told], object],
                 gone: Callable[[str], object]) -> None:  # fmt: skip
        super().__init__(soon, news, gone, ())
        self.begun: list[str] = []
        self.orders: list[str] = []
        self.over = False
        Server.made.append(self)

    def begin(self, scenarios: Sequence[str], *more: str) -> None:
        self.begun = [*scenarios, *more]

    def order(self, line: str) -> None:
        self.orders.append(line)

    def end(self) -> None:
        self.over = True

    def says(self, one: Told) -> None:
        self._tell(one)

    def complains(self, why: str) -> None:
        self._soon(lambda: self._gone(why))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Pages that were opened in the browser."""
    Server.made.clear()
    pages: list[str] = []
    monkeypatch.setattr(host_screen, "browse", pages.append)
    yield pages


def hosting_pilot() -> tuple[Pilot, Server]:
    """A room that was opened with what is offered first."""
    pilot = Pilot.over(HostScreen(make=Server))
    pilot.click("begin")
    return pilot, Server.made[-1]


def shown(pilot: Pilot) -> str:
    return "\n".join(w.text for w in pilot.all() if isinstance(w, Label))


# --- the choice ---------------------------------------------------------------------------------


def test_home_leads_there_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_cards, "look_into", lambda scenario: "")
    pilot = Pilot.over(HomeScreen())
    pilot.click(say("home.host"))
    assert isinstance(pilot.app.screen, HostScreen)
    pilot.command(Command.BACK)
    assert isinstance(pilot.app.screen, HomeScreen)


def test_every_table_is_offered_and_the_way_is_told(opened: list[str]) -> None:
    screen = HostScreen(make=Server)
    pilot = Pilot.over(screen)
    assert [offer.id for offer in screen.offers] == list(shipped())
    paris = next(offer for offer in screen.offers if offer.id == "paris")
    pilot.click(paris.words)
    screen.play_as("parallel")
    pilot.app.step()
    assert say("host.hint_parallel") in shown(pilot)
    screen.with_phones("no")
    pilot.app.step()
    assert say("host.hint_round") in shown(pilot), "hands are counted at one table"
    pilot.click("begin")
    assert Server.made[-1].begun == [
        "paris", "--mode", "round", "--no-phones", "--lang", "en",
    ]  # fmt: skip


def test_tables_of_their_own_take_the_phones_back(opened: list[str]) -> None:
    screen = HostScreen(make=Server)
    Pilot.over(screen)
    screen.with_phones("no")
    screen.play_as("parallel")
    assert (screen.mode, screen.phones) == ("parallel", True)


def test_two_buyers_need_two_tables(opened: list[str]) -> None:
    screen = HostScreen(make=Server)
    pilot = Pilot.over(screen)
    screen.play_as("pairs")
    pilot.app.step()
    assert say("host.choose_two") in shown(pilot)
    assert not pilot.find("begin").enabled
    screen.begin()
    assert not Server.made, "one table is not enough"
    words = {offer.id: offer.words for offer in screen.offers}
    for id in ("toronto", "toronto-second"):
        pilot.click(words[id])
    assert screen.chosen == ["toronto", "toronto-second"], "the last two that were pressed"
    pilot.click("begin")
    assert Server.made[-1].begun[:2] == ["toronto", "toronto-second"]


def test_a_packs_tables_are_offered_by_the_names_the_command_line_takes() -> None:
    screen = HostScreen(tables(QUAYSIDE))
    Pilot.over(screen)
    assert len(screen.offers) > 1
    for offer in screen.offers:
        assert [source.id for source in tables(offer.name).values()] == [offer.id]


# --- what the server says -----------------------------------------------------------------------


def test_the_address_and_the_code_are_shown_and_pages_opened(opened: list[str]) -> None:
    pilot, server = hosting_pilot()
    assert say("host.starting") in shown(pilot)
    server.says(told(NEAR))
    pilot.app.step()
    for words in (NEAR.url, "K7M Q3D", say("host.plain_http")):
        assert words in shown(pilot)
    assert pilot.sees(f"{NEAR.url}/j/K7MQ3D"), "the code for cameras"
    pilot.click("console")
    pilot.click("stage")
    assert opened == [f"{NEAR.url}/open/c", f"{NEAR.url}/open/s"]
    assert server.orders == ["links", "links"], "each link works once, so new ones are asked for"


def test_another_network_is_a_press_away(opened: list[str]) -> None:
    pilot, server = hosting_pilot()
    server.says(told(NEAR, FAR))
    pilot.app.step()
    unlikely = say("host.unlikely", name="tun0")
    pilot.click(f"10.8.0.2:8765  ({unlikely})")
    assert server.orders == ["2"]
    server.says(told(FAR, NEAR))
    pilot.app.step()
    assert FAR.url in shown(pilot)


def test_without_phones_there_is_no_address(opened: list[str]) -> None:
    pilot, server = hosting_pilot()
    server.says(told(Address("http://127.0.0.1:8765", "", True), phones=False))
    pilot.app.step()
    assert "127.0.0.1" not in shown(pilot) and "K7M" not in shown(pilot)
    assert pilot.sees("console") and pilot.sees("stage")


def test_what_went_on_can_be_begun_anew(opened: list[str]) -> None:
    pilot, server = hosting_pilot()
    server.says(told(NEAR, again=True))
    pilot.app.step()
    pilot.click("another")
    assert server.over and Server.made[-1].begun[-1] == "--new"
    server.complains("")  # the old one has ended, as it was told to
    pilot.app.step()
    assert say("host.starting") in shown(pilot)


def test_a_server_that_cannot_start_says_why_and_may_try_again(opened: list[str]) -> None:
    pilot, server = hosting_pilot()
    server.complains("this session is being served already")
    pilot.app.step()
    assert "this session is being served already" in shown(pilot)
    pilot.click("again")
    assert Server.made[-1] is not server
    Server.made[-1].complains("")
    pilot.app.step()
    assert say("host.ended_by_itself") in shown(pilot)
    pilot.click("to the choice")
    assert pilot.sees("begin")


# --- the end ------------------------------------------------------------------------------------


def test_it_ends_after_a_question_only(opened: list[str]) -> None:
    app = App((1280, 720), headless=True)
    app.push(HostScreen(make=Server))
    pilot = Pilot(app)
    app.push(HostScreen(make=Server))
    app.step()
    pilot.click("begin")
    server = Server.made[-1]
    server.says(told(NEAR))
    app.step()
    pilot.command(Command.BACK)
    pilot.click(say("host.end_stay"))
    assert not server.over and app.depth == 2
    pilot.click("leave")
    pilot.click(say("host.end_go"))
    assert server.over and app.depth == 1


def test_closing_the_window_asks_once(opened: list[str]) -> None:
    import pygame

    pilot, server = hosting_pilot()
    server.says(told(NEAR))
    pilot.app.step()
    loop = Loop(pilot.app, time.monotonic)
    loop._take(pygame.Event(pygame.QUIT), 0.0)
    assert pilot.app.running and pilot.sees(say("host.end_stay"))
    loop._take(pygame.Event(pygame.QUIT), 0.0)
    assert not pilot.app.running, "who closes it twice means it"
    pilot.app.shut()
    assert server.over


# --- a real one ---------------------------------------------------------------------------------


class Said:
    """What a hosting says, and waiting for it."""

    def __init__(self) -> None:
        self.news: list[Told] = []
        self.gone: list[str] = []
        self.something = threading.Semaphore(0)

    def soon(self, call: Callable[[], object]) -> None:
        call()
        self.something.release()

    def wait(self) -> None:
        assert self.something.acquire(timeout=60)


def real(said: Said, program: Sequence[str] | None = None) -> Hosting:
    return Hosting(said.soon, said.news.append, said.gone.append, program)


@pytest.mark.long
def test_a_real_server_is_joined_spoken_to_and_ended() -> None:
    said = Said()
    server = real(said)
    server.begin(["osaka"], "--bind", "127.0.0.1", "--mode", "round")
    try:
        said.wait()
        first = said.news[0]
        assert httpx.get(first.join).status_code == 200
        assert httpx.get(first.console).headers["location"] == "/console"
        server.order("links")
        said.wait()
        second = said.news[1]
        assert httpx.get(second.console).headers["location"] == "/console"
        assert second.code == first.code and second.url == first.url
    finally:
        server.end()
        server.wait()
    said.wait()
    assert said.gone == [""]


@pytest.mark.long
def test_why_it_did_not_start_is_heard() -> None:
    said = Said()
    server = real(said)
    server.begin(["no-such-table"], "--bind", "127.0.0.1")
    said.wait()
    server.wait()
    assert said.gone == ["there is no scenario “no-such-table”"]
    broken = real(said, ["/nowhere/longlunch"])
    broken.begin(["osaka"])
    said.wait()
    broken.wait()
    assert said.gone[1] == "No such file or directory"


@pytest.mark.long
def test_one_that_is_ended_before_it_began_ends() -> None:
    said = Said()
    server = real(said)
    server.begin(["osaka"], "--bind", "127.0.0.1")
    server.end()
    server.wait()
    assert said.gone == [""]


def test_a_packed_program_starts_its_form_for_terminals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hosting.command()[1:] == ["-m", "game.cli"]
    program = tmp_path / "Long Lunch"
    monkeypatch.setattr(hosting.sys, "frozen", True, raising=False)
    monkeypatch.setattr(hosting.sys, "executable", str(program))
    assert hosting.command() == [str(program)]
    (tmp_path / "longlunch").touch()
    assert hosting.command() == [str(tmp_path / "longlunch")]
