"""What pages show to whom: languages, pictures, what is one's own, what was revealed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from game.looks.people import Looks
from game.looks.scene import scene_of
from game.scenario.load import load_scenario
from game.scenario.sources import tables
from game.session.game import Game
from game.session.table import stand
from game.workshop.pictures import picture_of, read_address
from game.workshop.tongue import asked
from tests.workshop.hosted import Hosted, play
from tests.workshop.served import Served, acted, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("store") / "rooms.db") as found:
        yield found


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """A facilitator and a phone in a round that has begun."""
    with (
        served(tmp_path_factory.mktemp("store") / "rooms.db", "seoul") as found,
        closing(found.console()) as host,
        closing(found.join("Ana")) as phone,
    ):
        acted(host, "/console/do/plan", mode="round")
        acted(host, "/console/do/start")
        for ply in range(6):
            action = unescape(re.findall(r'name="action" value="([^"]+)"', page(phone))[0])
            acted(host, "/console/do/decide", table="s1.1", ply=ply, action=action)
        yield host, phone


def page(client: httpx.Client, path: str = "/play") -> str:
    answer = client.get(path, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.text


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("de-CH,en;q=0.8", "de"), ("en-US,de;q=0.9", "en"), ("fr,de;q=0.5,en;q=0.7", "en"),
        ("fr", None), ("*", None), ("", None), ("de;q=0", None), ("de;q=x, en", "en"),
        (",;=,", None), ("DE", "de"),
    ],
)  # fmt: skip
def test_the_language_that_a_browser_likes_best_of_ours(header: str, tag: str | None) -> None:
    assert asked(header) == tag


@pytest.mark.long
def test_a_phone_speaks_what_its_browser_asks_for_until_somebody_chooses(server: Served) -> None:
    with httpx.Client(base_url=server.url, headers={"accept-language": "de-AT"}) as phone:
        assert '<html lang="de" dir="ltr">' in page(phone, "/")
        assert '<html lang="en" dir="ltr">' in page(phone, "/?lang=en")
        assert '<html lang="en" dir="ltr">' in page(phone, "/")  # for good
        assert '<html lang="en" dir="ltr">' in page(phone, "/?lang=../x")


# --- pictures -------------------------------------------------------------------------------------


def played(name: str, turns: int = 5) -> Game:
    (path, *_) = tables(name).values()
    game = Game(load_scenario(path), 7)
    for _ in range(turns):
        game.play(game.legal()[0])
    return game


@pytest.mark.parametrize("name", ["seoul", "toronto-committee"])
def test_an_address_says_all_that_is_in_its_picture(name: str) -> None:
    game = played(name)
    at, looks = stand(game), Looks(game)
    address = picture_of(game, 0, at, "").address
    found = read_address(address.removeprefix("/scene/").partition(".svg?")[0], [game.scenario])
    assert found == scene_of(game, at, looks)


def test_an_address_names_whoever_speaks() -> None:
    game = played("toronto-committee")
    picture = picture_of(game, 0, stand(game), game.present[1])
    found = read_address(picture.address[7:].partition(".svg?")[0], [game.scenario])
    assert found is not None
    assert found.speaker == game.present[1]
    assert [plate.speaks for plate in picture.plates] == [False, True]


@pytest.mark.parametrize(
    "address",
    [
        "", "0", "1/office-1-20/kang.neutral.upright.any", "0/moon-1-20/kang.neutral.upright.any",
        "0/office-1-48/kang.neutral.upright.any", "0/office-1-20/nobody.neutral.upright.any",
        "0/office-1-20/kang.furious.upright.any", "0/office-1-20/kang", "0/office-1-20/../x",
        "0/office-1-20/kang.neutral.upright.any~kang.neutral.upright.any",
    ],
)  # fmt: skip
def test_other_addresses_have_no_picture(address: str) -> None:
    assert read_address(address, [played("seoul", 0).scenario]) is None


@pytest.mark.long
def test_pictures_are_for_the_room_and_stay(room: tuple[httpx.Client, httpx.Client]) -> None:
    host, phone = room
    address = re.findall(r'<img src="(/scene/[^"]+)"', page(phone))[0]
    assert address in page(host, "/stage")
    answer = phone.get(address)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "immutable" in answer.headers["cache-control"]
    ElementTree.fromstring(answer.content)
    assert httpx.get(f"{phone.base_url}".rstrip("/") + address).status_code == 403
    assert phone.get("/scene/0/moon-1-1/-.svg").status_code == 404
    (style,) = re.findall("<style>(.*?)</style>", answer.text)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy and "unsafe" not in policy
    assert style.startswith("@media (prefers-reduced-motion:no-preference){"), "stillness first"
    assert " style=" not in answer.text and "<script" not in answer.text
    plain = phone.get(address, headers={"accept-encoding": "identity"})
    assert plain.content == answer.content


@pytest.mark.long
def test_the_code_is_drawn_for_the_room_alone(room: tuple[httpx.Client, httpx.Client]) -> None:
    for browser in room:
        assert ElementTree.fromstring(browser.get("/qr.svg").content).tag.endswith("}svg")
    with httpx.Client(base_url=room[0].base_url) as stranger:
        assert stranger.get("/qr.svg").status_code == 403
        assert set(stranger.get("/ping").json()) == {"longlunch", "now"}
        assert stranger.get("/ping").json()["longlunch"] is True


# --- what is asked and revealed -------------------------------------------------------------------


@pytest.mark.long
def test_a_read_is_unset_at_first_and_asked_for_after_three_turns(
    room: tuple[httpx.Client, httpx.Client],
) -> None:
    _, phone = room
    before = page(phone)
    assert "data-unset" in before
    assert "read due" in before
    acted(phone, "/act/read", table="s1.1", buyer="kang", d="0.7", confidence="0.5")
    after = page(phone)
    assert 'value="0.7"' in after
    assert "data-unset" not in after
    assert after.count('aria-pressed="true"') == 1


@pytest.mark.long
def test_each_layer_is_shown_once_it_is_revealed_and_not_before(
    room: tuple[httpx.Client, httpx.Client],
) -> None:
    host, phone = room
    marks = {
        "trust": 'class="trust"', "thoughts": 'class="thought"',
        "position": "Where the buyer stands", "circles": "The circles",
    }  # fmt: skip
    for layer, mark in marks.items():
        assert mark not in page(phone), layer
        acted(host, "/console/do/reveal", layer=layer, on="yes")
        assert mark in page(phone), layer
        if layer != "thoughts":
            assert re.search('class="trust"|class="drawn"', page(host, "/stage"))
        acted(host, "/console/do/reveal", layer=layer, on="no")
        assert mark not in page(phone), layer
        assert 'class="drawn"' not in page(host, "/stage"), layer


@pytest.mark.long
def test_a_prediction_is_counted_then_spread_then_told(
    room: tuple[httpx.Client, httpx.Client],
) -> None:
    host, phone = room
    acted(host, "/console/do/ask", kind="read", table="s1.1")
    assert "0 of 1 have answered" in page(host, "/stage")
    acted(phone, "/act/answer", question="q1", answer="0.9")
    wall = page(host, "/stage")
    assert "1 of 1 have answered" in wall
    assert "100 %" not in wall
    acted(host, "/console/do/close", question="q1")
    wall = page(host, "/stage")
    assert "100 %" in wall
    assert 'class="true"' not in wall
    acted(host, "/console/do/reveal", layer="position", on="yes")
    assert 'class="true"' in page(host, "/stage")
    acted(host, "/console/do/reveal", layer="position", on="no")


@pytest.mark.long
def test_while_a_vote_is_open_the_stage_shows_only_how_many(
    room: tuple[httpx.Client, httpx.Client],
) -> None:
    host, phone = room
    action = unescape(re.findall(r'name="action" value="([^"]+)"', page(phone))[0])
    acted(host, "/console/do/decide", table="s1.1", ply=6, action=action)
    action = unescape(re.findall(r'name="action" value="([^"]+)"', page(phone))[0])
    acted(phone, "/act/vote", table="s1.1", ply=7, action=action)
    wall = page(host, "/stage")
    assert "1 of 1 have voted" in wall
    assert "<progress" not in wall
    acted(host, "/console/do/ballot", table="s1.1", ply=7, on="no")
    assert "100 %" in page(host, "/stage")


@pytest.mark.long
def test_somebody_removed_is_told_so(server: Served) -> None:
    with closing(server.console()) as host, closing(server.join("Ben")) as phone:
        [token] = phone.cookies.values()
        person = token.partition(".")[0]
        acted(host, "/console/do/person", person=person, removed="yes")
        assert "taken you out" in page(phone, "/")
        acted(host, "/console/do/lock", on="yes")
        assert "The door is closed" in httpx.get(server.url).text
        acted(host, "/console/do/lock", on="no")


@pytest.mark.long
def test_the_calendar_is_there_while_one_plans_and_a_tap_away_at_the_table(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana, ben = await hosted.here("Ana", "Ben")
        await host.does("start")
        table = hosted.live.room.tables["s1.1"]
        before = await ana.page()
        assert "<title>Calendar</title>" in before and "18:40" in before
        while table.game.phase.name == "PREPARE":
            await ana.does("move", table="s1.1", ply=table.ply, action=hosted.hand()[0])
        at_table = await ana.page()
        assert "<title>Calendar</title>" not in at_table, "it would be sent with every move"
        assert 'data-fetch="/dates?table=s1.1"' in at_table
        whole = await ana.client.get("/dates?table=s1.1")
        piece = await ana.client.get("/dates?table=s1.1", headers={"x-longlunch": "1"})
        assert "<svg" in piece.text and piece.text in whole.text and "/play" in whole.text
        assert "A tea house" in piece.text and "Friday" in piece.text
        assert "A tea house" in unescape(piece.text.partition("<desc>")[2]), "to be heard too"
        assert " style=" not in piece.text and "var(--ink)" in piece.text, "dark as the page is"
        for path in ("/dates?table=s1.1", "/dates?table=s9.9", "/dates"):
            assert (await ben.client.get(path)).status_code == 303, "another's table"

    play(tmp_path, script, "seoul")


def test_the_button_that_sits_down_says_so(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        await host.does("start")
        button = re.compile(r'value="wait" formnovalidate>(?:<span[^>]*>)?([^<]+)<')
        assert button.findall(await ana.page()) == ["Sit down"]
        await ana.does("move", table="s1.1", ply=0, action="wait")
        assert button.findall(await ana.page()) == ["Wait"]

    play(tmp_path, script)


def test_a_vote_that_is_closed_is_not_said_to_be_open(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        await host.does("start")
        await ana.does("vote", table="s1.1", ply=0, action=hosted.hand()[0])
        assert "You can still change it." in await ana.words()
        await host.does("ballot", table="s1.1", ply=0, on="no")
        words = await ana.words()
        assert "You can still change it." not in words and "You voted for" in words
        await host.does("ballot", table="s1.1", ply=0, on="yes")
        assert "You can still change it." in await ana.words()

    play(tmp_path, script, mode="round")


def test_whoever_is_hidden_sees_their_own_name_and_who_sits_with_them(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana, ben = await hosted.here("Ana", "Ben")
        await host.does("person", person="p1", hidden="yes")
        assert "Ana , Ben Table Oak" in await ana.words()
        assert "Ben , somebody Table Oak" in await ben.words()
        version = hosted.workshop.parts.version("me:p2")
        await hosted.phone("Cem")
        assert hosted.workshop.parts.version("me:p2") > version, "who has come is told"
        assert "Ben , somebody , Cem Table Oak" in await ben.words()

    play(tmp_path, script, teams=3)


def test_after_everything_is_erased_a_phone_is_told_so(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        await host.client.post("/console/erase", data={"sure": "yes"})
        assert (await ana.client.get("/poll/phone")).json() == {"gone": True}
        told = await ana.client.get("/")
        assert told.status_code == 410 and "This session was erased" in told.text
        assert "<form" not in told.text and "seat is kept" not in told.text
        form = {"code": hosted.live.code, "name": "Ben", "nonce": "n"}
        assert (await ana.client.post("/join", data=form)).status_code == 410

    play(tmp_path, script)


def test_a_screen_that_has_lost_the_server_speaks_of_no_seat(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        assert "Your seat is kept" in await ana.page()
        assert "Your seat is kept" not in await host.page() + await host.page("/stage")

    play(tmp_path, script)


def test_where_nobody_voted_or_answered_there_are_no_shares(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, _ = await hosted.here("Ana")
        await host.does("start")
        await host.does("ballot", table="s1.1", ply=0, on="no")
        assert "nobody voted" in await host.words("/stage")
        assert 'class="options closed unanswered"' in await host.page("/stage")
        await host.does("ballot", table="s1.1", ply=0, on="yes")
        await host.does("ask", kind="read")
        await host.does("close", question="q1")
        assert "nobody answered" in await host.words("/stage")
        card = (await host.page()).partition('id="c-show"')[2].partition('id="c-reveal"')[0]
        assert "nobody answered" in card and "<progress" not in card
        await host.does("show", question="q1")
        assert "right answer" in await host.words(), "what is true is told all the same"

    play(tmp_path, script, mode="round")
