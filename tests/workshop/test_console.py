"""The console: each of its controls through the application, and what the others see of it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from html import unescape
from pathlib import Path

import pytest

from game.scenario import language
from game.scenario.translated import common_words
from game.workshop.room.log import Draft
from game.workshop.service import Lost
from game.workshop.stage import Standing, crowd
from game.workshop.store import StoreError
from tests.workshop.hosted import BASE, Browser, Hosted, play

# --- the course -----------------------------------------------------------------------------------


def test_two_consoles_that_press_next_advance_once(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        one, two = await hosted.console(), await hosted.console()
        phone = await hosted.phone("Ana")
        await one.does("start")
        await two.does("start")
        assert hosted.live.room.games == 1
        await phone.does("move", table="s1.1", ply=0, action=hosted.hand()[0])
        assert "Next: move 2 for everybody" in await two.words()
        await one.does("advance", to=2)
        await two.does("advance", to=2)
        assert hosted.live.room.gate == 2
        assert (await two.tries("advance", to=9)).status_code == 409

    play(tmp_path, script, together=True)


def test_both_consoles_of_a_round_have_one_move_played(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        one, two = await hosted.console(), await hosted.console()
        await one.does("start")
        first, other, *_ = hosted.hand()
        await one.does("decide", table="s1.1", ply=0, action=first)
        await two.does("decide", table="s1.1", ply=0, action=other)
        assert hosted.live.room.tables["s1.1"].done == [("action", first)]
        assert (await two.tries("decide", table="s1.1", ply=0, action="no such move")).json()

    play(tmp_path, script, mode="round")


def test_begin_takes_the_plan_along_as_it_stands_in_the_form(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        people = [await hosted.phone(name) for name in ("Ana", "Ben", "Cem")]
        page = await host.page()
        assert re.search(r'form="c-plan-form" formaction="/console/do/start"', page)
        answer = await host.client.post(
            "/console/do/start", data={"mode": "round", "short": "3", "style": "rapport"}
        )
        assert answer.headers["location"] == "/console"  # a plain form, without any script
        room = hosted.live.room
        assert (room.plan.mode, room.plan.style) == ("round", "rapport")
        assert len(room.turns[0]) == 3 and room.tables["s1.1"].ply == room.turns[0][0]
        assert len(room.members("s1")) == len(people)
        assert "Played by the seller who makes friends first" in await host.words()
        assert (await host.tries("plan", mode="parallel")).status_code == 409

    play(tmp_path, script)


def test_begin_with_nobody_seated_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        before = hosted.live.room.seq
        answer = await host.tries("start", mode="parallel", seconds=90)
        assert answer.json() == {
            "wrong": "Nobody has a seat yet. Wait for the first, or play round the table: that "
            "needs no phones."
        }
        assert hosted.live.room.seq == before
        await host.does("start", mode="round")
        assert hosted.live.room.stage == "playing"

    play(tmp_path, script)


def test_without_phones_only_what_means_something_is_offered(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        page = await host.page()
        for name in ("together", "teams", "leaderboard"):
            assert f'name="{name}"' not in page
        assert '<input type="hidden" name="mode" value="round">' in page
        assert "you count the hands" in page
        await host.does("start", mode="round")
        assert hosted.live.room.round_table() is not None

    play(tmp_path, script, mode="round", phones=False)


def test_a_pause_freezes_every_device_and_says_so(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, phone = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        await host.does("timer", seconds=60)
        hosted.now += 20
        await host.does("pause", on="yes")
        refused = await phone.tries("move", table="s1.1", ply=0, action=hosted.hand()[0])
        assert refused.status_code == 423 and refused.json()["wrong"] == "Everything is paused."
        assert "Paused" in await phone.words()
        await host.does("test", half="before", on="yes")
        for what, form in (
            ("read", {"table": "s1.1", "buyer": "ogawa", "d": 0.5}),
            ("test", {"half": "before", "items": 1, "item0": 1}),
            ("sentence", {"part0": "a", "part1": "b", "part2": "c"}),
        ):
            assert (await phone.tries(what, **form)).status_code == 423, what
        await host.does("test", half="before", on="no")
        assert "0:40" in await host.words()
        hosted.now += 600  # a long talk
        await hosted.service.ring(hosted.live)
        assert not hosted.live.room.shut
        await host.does("pause", on="no")
        assert hosted.live.room.until == pytest.approx(hosted.now + 40)
        await phone.does("move", table="s1.1", ply=0, action=hosted.hand()[0])

    play(tmp_path, script)


# --- the clock ------------------------------------------------------------------------------------


def test_the_servers_clock_closes_a_vote_and_the_facilitator_decides(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana, ben = await hosted.here("Ana", "Ben")
        await host.does("start")
        one, two, *_ = hosted.hand()
        assert hosted.live.room.until == hosted.now + 30  # the plan's
        await ana.does("vote", table="s1.1", ply=0, action=one)
        await ben.does("vote", table="s1.1", ply=0, action=two)
        hosted.now += 29.9
        await hosted.service.ring(hosted.live)
        assert hosted.live.room.ballot(hosted.live.room.tables["s1.1"]).open
        hosted.now += 0.2
        await hosted.service.ring(hosted.live)
        await hosted.service.ring(hosted.live)
        late = await ana.tries("vote", table="s1.1", ply=0, action=two)
        assert late.json()["wrong"] == "The vote is closed."
        assert "A tie of 2 moves, with 1 each. You decide." in await host.words()
        assert hosted.live.room.tables["s1.1"].ply == 0
        await host.does("decide", table="s1.1", ply=0, action=two)
        assert hosted.live.room.until == hosted.now + 30  # for the next one

    play(tmp_path, script, mode="round", seconds=30)


def test_the_clock_closes_a_turn_in_parallel_until_the_room_goes_on(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, phone = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        await host.does("timer", seconds=10)
        hosted.now += 11
        await hosted.service.ring(hosted.live)
        refused = await phone.tries("move", table="s1.1", ply=0, action=hosted.hand()[0])
        assert refused.status_code == 423 and "time for this move is up" in refused.json()["wrong"]
        assert "The time is up" in await host.words()
        await host.does("shut", on="no")
        await phone.does("move", table="s1.1", ply=0, action=hosted.hand()[0])

    play(tmp_path, script)


def test_the_clock_closes_a_prediction_before_it_closes_the_vote(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        await host.does("start")
        await host.does("ask", kind="sign", number=1)
        await host.does("timer", seconds=5)
        hosted.now += 6
        await hosted.service.ring(hosted.live)
        room = hosted.live.room
        assert not room.questions["q1"].open and room.ballot(room.tables["s1.1"]).open

    play(tmp_path, script, mode="round")


# --- people ---------------------------------------------------------------------------------------


def test_a_closed_door_keeps_latecomers_out_and_nobody_in_loses_a_seat(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("lock", on="yes")
        late = {"code": hosted.live.code, "name": "Eve", "nonce": "e"}
        answer = await hosted.client().post("/join", data=late)
        assert answer.status_code == 403 and "The door is closed" in answer.text
        assert "Ana" in await ana.words()
        stage = await host.words("/stage")
        assert hosted.live.code[:3] not in stage  # nothing to join by is on the wall any more
        await host.does("lock", on="no")
        assert (await hosted.client().post("/join", data=late)).status_code == 303

    play(tmp_path, script)


def test_people_are_renamed_hidden_removed_and_taken_back(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Rude Word")
        await host.does("person", person="p1", name="Ana")
        assert "Rude Word" not in await ana.words() + await host.words("/stage")
        await host.does("person", person="p1", hidden="yes")
        assert "Ana" not in await host.words("/stage") and "Ana" in await host.words()
        await host.does("person", person="p1", removed="yes")
        assert (await ana.client.get("/play")).headers["location"] == "/"
        assert (await ana.tries("move", table="s1.1", ply=0, action="wait")).status_code == 401
        await host.does("person", person="p1", removed="no")
        assert (await ana.client.get("/play")).status_code == 200  # the same cookie, the same seat
        assert hosted.live.room.people["p1"].seat == "s1"
        assert (await host.tries("person", person="p9", removed="yes")).status_code == 404

    play(tmp_path, script)


def test_an_onlooker_is_let_play_and_moved_to_a_team(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, _ = await hosted.console(), await hosted.phone("Ana")
        eve = await hosted.phone("Eve", observe=True)
        await host.does("start")
        refused = await eve.tries("move", table="s1.1", ply=0, action=hosted.hand()[0])
        assert refused.status_code == 403
        await host.does("person", person="p2", observes="no")
        assert hosted.live.room.people["p2"].seat == "s2"
        assert (await host.tries("person", person="p2", seat="Baobab")).status_code == 404
        await host.does("person", person="p2", seat="oak")
        await eve.does("move", table="s1.1", ply=0, action=hosted.hand()[0])
        assert hosted.live.room.suggested(hosted.live.room.tables["s1.1"]) == {
            "p2": hosted.hand()[0]
        }
        assert "Eve" in await host.words() and "s1.1" in hosted.live.room.tables

    play(tmp_path, script)


@pytest.mark.long
def test_in_the_short_form_pages_tell_what_the_house_played(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        table = hosted.live.room.tables["s1.1"]
        assert table.meanwhile
        words = await ana.words()
        assert "Begun for you by the steady seller" in words
        assert all(turn.label in words for turn in table.meanwhile)
        before = table.ply
        await ana.does("move", table="s1.1", ply=before, action=hosted.hand()[0])
        assert table.game.ended or table.ply in hosted.live.room.turns[0]
        if not table.meanwhile:  # two turns of the room next to each other
            assert "went on:" not in await ana.words()

    play(tmp_path, script, short=4)


def test_onlookers_sit_down_and_look_elsewhere_from_their_phone(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, _, _ = await hosted.console(), await hosted.phone("Ana"), await hosted.phone("Ben")
        await host.does("start")
        late = await hosted.phone("Eve")
        page = await late.page()
        assert 'action="/act/sit"' in page and 'action="/act/watch"' in page
        assert 'action="/act/move"' not in page  # she sees a table, and cannot touch it
        await late.does("watch", seat="s2")
        assert hosted.live.room.seat_of("p3") == "s2"
        await late.does("sit")
        page = await late.page()
        assert 'action="/act/move"' in page and 'action="/act/sit"' not in page

    play(tmp_path, script)


def test_phones_of_a_round_offer_what_can_be_voted_for_and_nothing_else(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        for ply in range(5):
            page = await ana.page()
            shown = set(re.findall(r'name="action" value="([^"]+)"', page))
            assert shown == set(hosted.hand()) and len(shown) <= 7
            assert "data-offer" not in page
            await host.does("decide", table="s1.1", ply=ply, action=hosted.hand()[0])

    play(tmp_path, script, mode="round")


def test_another_device_takes_over_by_a_link_that_works_once(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        page = (await host.client.post("/console/link", data={"role": "host"})).text
        found = re.search(rf"{BASE}(/open/\w+)", page)
        assert found is not None
        code = re.search(r"<svg.*?viewBox.*?</svg>", page)
        assert code is not None and re.search(r'stroke="#[0-9a-f]{6}"', code[0].lower())
        assert code[0].count("h") > 100, "rows of dark squares, to be scanned"
        tablet = hosted.client("192.168.1.77")
        assert (await tablet.get(found[1])).headers["location"] == "/console"
        assert (await hosted.client().get(found[1])).status_code == 410
        await host.client.aclose()  # the first one is closed
        second = Browser(tablet, "/console/do/", "/console")
        await second.does("start")
        assert hosted.live.room.stage == "playing"
        stage = (await second.client.post("/console/link", data={"role": "stage"})).text
        wall, path = hosted.client(), re.search(r"/open/\w+", stage)
        assert path is not None and (await wall.get(path[0])).headers["location"] == "/stage"
        assert (await wall.post("/console/do/pause", data={"on": "yes"})).headers["location"] == "/"
        assert (await wall.post("/console/link", data={"role": "host"})).status_code == 303

    play(tmp_path, script, mode="round")


# --- what happens and what is shown ---------------------------------------------------------------


@pytest.mark.long
def test_an_event_happens_with_the_next_move_of_every_open_table(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        phones = [await hosted.phone(name) for name in ("Ana", "Ben")]
        await host.does("start")
        for _ in range(12):  # to the table itself
            for k, phone in enumerate(phones, 1):
                table = hosted.live.room.tables[f"s{k}.1"]
                if table.game.phase.name == "PREPARE":
                    action = hosted.hand(table.id)[0]
                    await phone.does("move", table=table.id, ply=table.ply, action=action)
        await host.does("inject", event="daeil_calls")
        assert (await host.tries("inject", event="daeil_calls")).status_code == 409  # it waits
        for k, phone in enumerate(phones, 1):
            table = hosted.live.room.tables[f"s{k}.1"]
            await phone.does("move", table=table.id, ply=table.ply, action=hosted.hand(table.id)[0])
            assert "name from Incheon" in table.game.turns[-1].event
        assert (await host.tries("inject", event="no_such")).status_code == 409

    play(tmp_path, script, "seoul")


def test_a_prediction_is_asked_counted_and_answered_by_a_reveal(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana, ben = await hosted.here("Ana", "Ben")
        await host.does("start")
        await host.does("ask", kind="state", number=1)
        await host.does("ask", kind="read", number=1)  # the other console, at the same moment
        assert list(hosted.live.room.questions) == ["q1"]
        await ana.does("answer", question="q1", answer="wary")
        assert (await ben.tries("answer", question="q1", answer="in love")).status_code == 400
        await ben.does("answer", question="q1", answer="stranger")
        await ben.does("answer", question="q1", answer="acquainted")  # changed
        assert "right answer" not in await host.words()
        await host.does("reveal", layer="trust", on="yes")
        late = await ana.tries("answer", question="q1", answer="stranger")
        assert late.json()["wrong"] == "That question is closed."
        words = await host.words()
        assert "right answer" in words and hosted.live.room.questions["q1"].count == 2

    play(tmp_path, script, mode="round")


def test_which_move_was_best_is_weighed_when_it_is_to_be_shown(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        options = hosted.hand()
        await host.does("ask", kind="best", number=1)
        await ana.does("answer", question="q1", answer=options[0])
        await host.does("decide", table="s1.1", ply=0, action=options[0])  # the room has moved on
        await host.does("show", question="q1")
        question = hosted.live.room.questions["q1"]
        assert question.shown and question.truth in options
        assert "right answer" in await host.words()

    play(tmp_path, script, mode="round")


def test_layers_are_revealed_one_at_a_time_and_covered_again(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        await hosted.phone("Ana")
        await host.does("start")
        for layer in ("trust", "thoughts", "circles", "position"):
            before = list(hosted.live.room.revealed)
            await host.does("reveal", layer=layer, on="yes")
            assert hosted.live.room.revealed == [*before, layer]
        await host.does("reveal", layer="trust", on="no")
        assert hosted.live.room.revealed == ["thoughts", "circles", "position"]
        assert (await host.tries("reveal", layer="passwords", on="yes")).status_code == 400

    play(tmp_path, script)


def test_a_word_to_everybody_is_on_phones_and_stage_until_it_is_taken_away(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("tell", text="Coffee at  half past <b>ten</b>\u202e")
        for page in (await ana.page(), await host.page("/stage")):
            assert "Coffee at half past <b>ten</b>" in page and "\u202e" not in page
        raw = (await ana.client.get("/play")).text
        assert "half past &lt;b&gt;ten" in raw
        await host.does("tell", text="")
        assert "Coffee" not in await ana.words() + await host.words("/stage")

    play(tmp_path, script)


# --- before anybody comes -------------------------------------------------------------------------


def test_the_preflight_hears_of_a_phone_and_is_not_fooled_by_the_laptop(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        assert "No phone has arrived yet" in await host.words()
        assert f"{BASE.removeprefix('http://')}/reach" in await host.words()
        await hosted.client("127.0.0.1").get("/reach")
        words = await host.words()
        assert "proves nothing" in words and "arrived from" not in words
        agent = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"}
        before = hosted.live.hub.version("console:check")
        answer = await hosted.client("192.168.1.42").get("/reach", headers=agent)
        assert answer.status_code == 200 and "You get through" in answer.text
        assert "iPhone arrived from 192.168.1.42" in await host.words()
        assert hosted.live.hub.version("console:check") > before  # it shows without a reload
        picture = await hosted.client().get("/reach.svg")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert 'xmlns="http://www.w3.org/2000/svg"' in picture.text  # or no browser draws it

    play(tmp_path, script)


# --- scenarios, disks and the end of records ------------------------------------------------------


async def _upload(host: Browser, name: str, content: bytes) -> tuple[int, str]:
    answer = await host.client.post(
        "/console/upload", files={"file": (name, content)}, headers={"x-longlunch": "1"}
    )
    return answer.status_code, answer.json().get("wrong", "")


@pytest.mark.long
def test_a_scenario_is_brought_along_while_a_session_runs(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        good = Path("scenarios/paris.yaml").read_bytes()
        for name, content, code in (
            ("bad.yaml", good.replace(b"turns:", b"turnz:", 1), "M001 bad.yaml:"),
            ("bomb.yaml", b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n" * 40, "Y005 bomb.yaml:1:4:"),
            ("notes.txt", good, ""),
            ("long.yaml", b"[" * 299_000, "Y003 long.yaml: long.yaml has 299,000 bytes"),
            ("../../etc/passwd.yaml", b"\x00\xff", "Y001 passwd.yaml:1:"),
        ):
            status, wrong = await _upload(host, name, content)
            assert status == 422, (name, wrong)
            assert "nothing was taken" in wrong and code in wrong, wrong
            assert str(tmp_path) not in wrong and "/tmp" not in wrong
        assert len(hosted.live.room.desks) == 1
        assert (await _upload(host, "paris.yaml", good))[0] == 200
        assert len(hosted.live.room.desks) == 2
        await host.does("another", number=2, place=1)
        action = hosted.hand("s1.2")[0]
        await ana.does("move", table="s1.2", ply=0, action=action)
        again = hosted.again()
        assert again.live.room.tables["s1.2"].done == [("action", action)]
        again.service.close()

    play(tmp_path, script)


def test_nobody_but_a_facilitator_brings_scenarios_or_erases(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        ana = await hosted.phone("Ana")
        assert (await _upload(ana, "x.yaml", b"x"))[0] == 403
        assert (await ana.client.post("/console/erase", data={"sure": "yes"})).status_code == 303
        assert hosted.service.store.sessions()

    play(tmp_path, script)


def test_erased_means_that_nothing_is_left_and_nobody_is_in(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana Unforgettable")
        asked = (await host.client.post("/console/erase")).text
        assert "cannot be taken back" in asked and hosted.service.store.sessions()
        done = await host.client.post("/console/erase", data={"sure": "yes"})
        assert done.status_code == 200 and not hosted.service.store.sessions()
        assert (await ana.client.get("/play")).headers["location"] == "/"
        assert (await host.client.get("/console")).headers["location"] == "/"
        assert "Unforgettable" not in (await hosted.client().get("/")).text
        late = await hosted.client().post("/join", data={"code": hosted.live.code, "name": "x"})
        assert late.status_code == 410

    play(tmp_path, script)
    for file in tmp_path.iterdir():
        assert b"Unforgettable" not in file.read_bytes(), file


def test_an_end_that_fails_is_told_and_one_that_holds_lets_nothing_come_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana Unforgettable")
        service, live = hosted.service, hosted.live

        def full(*_: object) -> None:
            raise StoreError("erased", sqlite3.OperationalError("database or disk is full"))

        with monkeypatch.context() as patch:
            patch.setattr(service.store, "erase", full)
            failed = await host.client.post("/console/erase", data={"sure": "yes"})
            assert failed.status_code == 503 and "Nothing has changed" in unescape(failed.text)
        assert not live.erased and live.room.title == "Monday"
        await host.does("start")
        move = ana.tries("move", table="s1.1", ply=0, action=hosted.hand()[0])
        moving = asyncio.create_task(move)  # on its way to the disk when the end comes
        done = await host.client.post("/console/erase", data={"sure": "yes"})
        assert done.status_code == 200 and (await moving).status_code in (200, 503, 401)
        with pytest.raises(Lost):
            await service.act(live, "clock", lambda _: [Draft("reviewed", {"done": 1, "of": 1})])
        assert not live.alarm and live.reviews.ended and not service.lives
        assert live.room.title == live.kept.title == ""

    play(tmp_path, script)


def test_a_full_disk_is_an_alarm_and_nothing_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")

        def full(*_: object) -> None:
            raise StoreError("written", sqlite3.OperationalError("database or disk is full"))

        with monkeypatch.context() as patch:
            patch.setattr(hosted.service.store, "append", full)
            lost = await ana.tries("move", table="s1.1", ply=0, action=hosted.hand()[0])
            assert lost.status_code == 503 and "Nothing has changed" in lost.json()["wrong"]
            assert "database or disk is full" in await host.words()
            assert 'role="alert"' in await host.page()
            assert hosted.live.room.tables["s1.1"].ply == 0

    play(tmp_path, script)


# --- the page -------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_page_obeys_its_own_policy_and_speaks_german(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        for name in ("Ana", "Ben"):
            await hosted.phone(name)
        texts = common_words("workshop_console.yaml", "en")["console"].values()
        english = [text for text in texts if len(text) > 4 and "{" not in text]
        steps = (("start", {}), ("pause", {"on": "yes"}), ("pause", {"on": "no"}),
                 ("ask", {"kind": "read", "number": 1}), ("show", {"question": "q1"}),
                 ("stage", {"to": "debrief"}), ("stage", {"to": "over"}))  # fmt: skip
        for what, form in steps:
            raw = (await host.client.get("/console")).text
            assert not re.search(r"\son\w+=|\sstyle=|javascript:", raw)
            assert re.findall(r"<script(?! src=)", raw) == []
            for field in re.findall(r"<(?:input|select)(?![^>]*type=\"hidden\")[^>]*>", raw):
                found = re.search(r'id="([^"]+)"', field)
                assert found is not None, field
                labelled = f'for="{found[1]}"' in raw or re.search(
                    rf"<label[^>]*>[^<]*<input[^>]*id=\"{found[1]}\"", raw
                )
                assert labelled, field
            ids = re.findall(r'\sid="([^"]+)"', raw)
            assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
            with language.speaking("de"):
                ids = [id for id in hosted.workshop.console.layout("console") if id != "deck"]
                german = unescape("".join(map(hosted.workshop.parts.html, ids)))
            assert [text for text in english if f">{text}<" in german] == []
            await host.does(what, **form)

    play(tmp_path, script, mode="round")


# --- restarts -------------------------------------------------------------------------------------


def test_after_a_restart_the_race_is_shown_without_waiting_for_every_game(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        phones = [await hosted.phone(name) for name in ("Ana", "Ben", "Cem")]
        await host.does("start")
        for k, phone in enumerate(phones, 1):
            action = hosted.hand(f"s{k}.1")[0]
            await phone.does("move", table=f"s{k}.1", ply=0, action=action)
        before = await host.words()
        again = hosted.again()
        console = await again.console()
        for path in ("/console", "/stage"):
            assert "Oak" in await console.words(path)
        assert not any(table.built for table in again.live.room.tables.values())
        edition = again.live.hub.edition
        await again.workshop.parts.warm()
        assert all(table.built for table in again.live.room.tables.values())
        assert again.live.hub.edition > edition  # pages that are open hear of it
        assert await console.words() == before
        again.service.close()

    play(tmp_path, script)


@pytest.mark.long
@pytest.mark.parametrize(
    ("names", "plan"),
    [
        (("osaka",), {"mode": "round"}),
        (("osaka",), {"mode": "round", "phones": False}),
        (("osaka",), {"together": True, "teams": 2}),
        (("osaka",), {"short": 4}),
        (("toronto", "toronto-second"), {"mode": "pairs", "short": 3}),
    ],
    ids=["round", "no phones", "teams", "short", "pairs"],
)
def test_every_part_of_the_console_is_the_same_after_a_restart(
    tmp_path: Path, names: tuple[str, ...], plan: dict[str, object]
) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        room = hosted.live.room
        people = [await hosted.phone(n) for n in ("Ana", "Ben", "Cem") if room.plan.phones]
        await host.does("start")
        table = room.tables["s1.1"]
        one, two, *_ = hosted.hand()
        if room.plan.mode != "round":
            await people[0].does("move", table="s1.1", ply=table.ply, action=one)
        elif people:
            await people[0].does("vote", table="s1.1", ply=0, action=one)
            await people[1].does("vote", table="s1.1", ply=0, action=two)
            await host.does("ballot", table="s1.1", ply=0, on="no")
        else:
            await host.does("count", table="s1.1", ply=0, **{f"count.{one}": 4, f"count.{two}": 7})
        await host.does("ask", kind="sign", number=1)
        await host.does("timer", seconds=300)
        ids = [id for id in hosted.workshop.console.layout("console") if id != "deck"]
        before = {id: hosted.workshop.parts.html(id) for id in ids}
        versions = {id: hosted.workshop.parts.version(id) for id in ids}
        again = hosted.again()
        await again.workshop.parts.warm()
        assert {id: again.workshop.parts.html(id) for id in ids} == before
        assert {id: again.workshop.parts.version(id) for id in ids} == versions
        again.service.close()

    play(tmp_path, script, *names, **plan)


def test_a_crowd_of_seats_is_shown_as_a_crowd() -> None:
    def at(name: str, turn: int, ending: str = "", score: int | None = None) -> Standing:
        phase = "ended" if ending else "table" if turn else "prepare"
        return Standing(
            name, name, 1, name, turn, turn, False, turn, phase, ending, score, None, ""
        )

    many = [at(f"a{k}", 3) for k in range(20)] + [at(f"b{k}", 2) for k in range(4)]
    over = [at("Oak", 8, "Agreed", 71), at("Elm", 8, "Agreed", 90), at("Ash", 8, "Impasse", 20)]
    found = crowd([*over, *many, at("late", 0)])
    assert found.many == 28
    assert found.groups == (
        ("Preparing", 1), ("Turn 2", 4), ("Turn 3", 20), ("Agreed", 2), ("Impasse", 1),
    )  # fmt: skip
    assert found.ahead == (("Elm", 90), ("Oak", 71), ("Ash", 20))
    tied = crowd([at(f"Seat {k}", 8, "Agreed", 91) for k in range(1, 11)] + over).ahead
    assert tied[0] == ("Seat 1, Seat 2, Seat 3 and 7 more", 91), "nobody who shares it is left out"
    assert tied[1] == ("Elm", 90)


@pytest.mark.long
def test_without_phones_the_wall_counts_hands_and_asks_nobody_to_join(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        for stage in ("lobby", "playing"):
            if stage == "playing":
                await host.does("start")
            wall = await host.page("/stage")
            assert "qr.svg" not in wall and " here" not in wall
        one = hosted.hand()[0]
        await host.does("count", table="s1.1", ply=0, **{f"count.{one}": 7})
        assert "7 hands" in await host.words("/stage")
        await host.does("ask", kind="sign", number=1)
        words = await host.words("/stage")
        assert "Yes" in words and "No" in words, "what is to be chosen from"
        await host.does("answers", question="q1", **{"count.yes": 1})
        assert "1 hand" in await host.words("/stage")
        await host.does("close", question="q1")
        assert "100 %" in await host.words("/stage")
        await host.does("away", question="q1")
        assert "100 %" not in await host.words("/stage")

    play(tmp_path, script, mode="round", phones=False)


def test_an_event_that_waits_is_told_and_cannot_be_pressed_again(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana, ben = await hosted.here("Ana", "Ben")
        await host.does("start")
        event = next(iter(hosted.live.room.desks[0].scenario.events))
        press = re.compile(rf'value="{event}">\s*<button[^>]*>')
        assert "disabled" not in press.findall(await host.page())[0]
        await host.does("inject", event=event)
        assert "will happen with the next move. The tables: 2" in await host.words()
        assert "disabled" in press.findall(await host.page())[0]
        assert (await host.tries("inject", event=event)).status_code == 409
        await ana.does("move", table="s1.1", ply=0, action="wait")
        assert "will happen with the next move. The tables: 1" in await host.words()
        assert "disabled" not in press.findall(await host.page())[0], "it may come to Ana's again"
        talk = await ana.words()
        event_told = next(turn.event for turn in hosted.live.room.tables["s1.1"].game.turns)
        opening = hosted.live.room.tables["s1.1"].game.turns[0].opening
        assert opening is not None
        assert -1 < talk.index(opening.place) < talk.index(event_told), "first where, then what"
        await ben.does("move", table="s2.1", ply=0, action="wait")
        assert "will happen" not in await host.words()

    play(tmp_path, script)


def test_an_agreement_is_predicted_only_while_it_is_open(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.here("Ana")
        await host.does("start")
        assert "Will there be an agreement?" in await host.words()
        table = hosted.live.room.tables["s1.1"]
        while "part" not in [table.game.rules.actions[a] for a in table.game.legal()]:
            await ana.does("move", table="s1.1", ply=table.ply, action="wait")
        await ana.does("move", table="s1.1", ply=table.ply, action="part")
        assert table.game.ended
        assert "Will there be an agreement?" not in await host.words()

    play(tmp_path, script)


def test_without_phones_each_option_stands_once_and_no_press_plays_it_uncounted(
    tmp_path: Path,
) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        await host.does("start", mode="round")
        one, two, *_ = hosted.hand()
        page = await host.page()
        assert page.count(f'name="count.{one}"') == 1 and f'data-key="decide-{one}"' not in page
        assert 'form="c-count-form" name="close"' in page, "the bar closes with what was typed"
        label = hosted.live.room.tables["s1.1"].game.label
        at = hosted.live.room.tables["s1.1"].game.parse(two)
        assert f"2 {label(at)}" in await host.words(), "by the number that is on the wall"
        counted = {f"count.{one}": 3, f"count.{two}": 8}
        await host.does("count", table="s1.1", ply=0, close="yes", **counted)
        assert "leads. Votes: 8." in await host.words()
        assert f'data-key="decide-{two}"' in await host.page()

    play(tmp_path, script, mode="round", phones=False)


def test_a_report_of_one_person_is_found_with_the_person(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, _ = await hosted.here("Ana")
        await host.does("start")
        people = (await host.page()).partition('id="c-people"')[2].partition("</ul>")[0]
        assert 'href="/console/report/p1"' in people

    play(tmp_path, script)
