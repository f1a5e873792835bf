"""What a wall shows: the room's own answer first, many tables in one truth, what was agreed."""

from __future__ import annotations

import re
from pathlib import Path

from game.session.table import dialogue
from game.workshop.pages import Parts
from game.workshop.revealed import all_revealed, trust_paths
from game.workshop.room import acts, acts_ask
from game.workshop.room.plan import LAYERS
from game.workshop.seen import seen
from game.workshop.stage import across, vote_on
from tests.workshop.hosted import Hosted, play
from tests.workshop.rooms import Played, hand


def begun(*names: str, turns: tuple[int, ...] = (), people: int = 1, **plan: object) -> Played:
    room = Played(*names, **plan)
    room.join(*(f"P{k}" for k in range(people)))
    room.host(lambda r: acts.start(r, 0.0, {0: turns} if turns else {}))
    return room


def test_the_room_sees_the_answer_to_its_own_move_before_what_the_house_went_on_with() -> None:
    room = begun("seoul", turns=(4, 7, 30), mode="round", short=3)
    table = room.room.tables["s1.1"]
    found = seen(table)
    assert not found.begun and found.before == () and len(found.meanwhile) == 4
    room.decides(hand(room.room, "s1.1")[0])
    assert table.ply == 7
    found, lines = seen(table), dialogue(table.game)
    assert found.begun
    assert found.before == tuple(line for line in lines if line.turn == 5)
    assert {"notice", "said"} <= {line.kind for line in found.before}
    assert found.meanwhile == tuple(turn.label for turn in table.game.turns[5:])
    assert all(line.turn == 7 for line in found.latest)


def test_terms_are_told_where_there_was_an_agreement_and_only_then() -> None:
    room = begun("seoul", turns=(4,), mode="round", short=3)
    table = room.room.tables["s1.1"]
    assert seen(table).terms == ()
    room.decides(hand(room.room, "s1.1")[0])
    assert table.game.ended, "the house has played on"
    (signed,) = [turn.signed for turn in table.game.turns if turn.signed >= 0]
    assert seen(table).terms == (table.game.words.package(signed),)
    assert "EUR" in seen(table).terms[0]


def test_an_option_keeps_its_number_in_whatever_order_it_stands() -> None:
    room = begun(mode="round", people=3)
    table = room.room.tables["s1.1"]
    for person, action in zip(room.room.people, hand(room.room, "s1.1")[1:], strict=False):
        room.votes(person, action)
    vote = vote_on(room.room, table)
    assert [one.number for one in vote.options] == list(range(1, len(vote.options) + 1))
    assert [one.action for one in vote.options] == hand(room.room, "s1.1")


def test_a_table_that_prepares_begins_with_the_trust_that_is_there() -> None:
    room = begun("seoul", people=2)
    table = room.room.tables["s1.1"]
    while sum(bool(turn.number) for turn in table.game.turns) < 2:
        room.moves("p1", hand(room.room, "s1.1")[-1])
    room.host(lambda r: acts_ask.reveal(r, "trust", True))
    there = round(100 * float(room.room.tables["s2.1"].game.hidden()["true_trust"][0][0]))
    assert there > 0
    name = room.room.seats["s2"].name
    assert f"{name}: {there} %" in trust_paths(room.room)


def test_of_many_tables_every_layer_has_something_to_show_and_nothing_before() -> None:
    room = begun("seoul", people=4)
    for person, seat in zip(room.room.people, room.room.seats, strict=True):
        for _ in range(6):
            room.moves(person, hand(room.room, f"{seat}.1")[-1], f"{seat}.1")
    assert not all_revealed(room.room).anything
    shown = {"trust": "trust", "thoughts": "thoughts", "circles": "circles", "position": "position"}
    for layer in LAYERS:
        room.host(lambda r, it=layer: acts_ask.reveal(r, it, True))
        found = all_revealed(room.room)
        assert [name for name in shown.values() if getattr(found, name)] == [shown[layer]]
        room.host(lambda r, it=layer: acts_ask.reveal(r, it, False))
    room.host(lambda r: acts_ask.reveal(r, "thoughts", True))
    room.host(lambda r: acts_ask.reveal(r, "circles", True))
    found = all_revealed(room.room)
    (thought,) = found.thoughts  # all four did the same
    assert thought.tables == 4 and thought.label == room.room.tables["s1.1"].game.turns[-1].label
    assert thought.text == room.room.tables["s1.1"].game.line()[-1].thought.text
    assert found.circles_at in {seat.name for seat in room.room.seats.values()}


def test_many_tables_share_one_face_as_it_was_at_the_beginning() -> None:
    room = begun("seoul", people=3)
    tables = [room.room.tables[f"s{k}.1"] for k in (1, 2, 3)]
    found = across(room.room, tables, seen)
    assert found is not None and found.begins
    first = found.picture
    for table in tables[:2]:
        for _ in range(6):
            person = f"p{table.seat[1:]}"
            room.moves(person, hand(room.room, table.id)[-1], table.id)
    found = across(room.room, tables, seen)
    assert found is not None and not found.begins and found.picture == first
    assert across(room.room, [], seen) is None


def test_what_was_revealed_last_stands_first_and_the_brief_before_the_first_move(
    tmp_path: Path,
) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        wall = Parts(hosted.live).html("stage")
        scenario = hosted.live.room.desks[0].scenario
        assert scenario.you.want in wall and 'class="brief"' in wall
        assert re.search(r"<details id=\"brief-[^>]* open>", await ana.page())
        while hosted.live.room.tables["s1.1"].ply < 5:
            table = hosted.live.room.tables["s1.1"]
            await host.does("decide", table="s1.1", ply=table.ply, action=hosted.hand()[0])
        wall = Parts(hosted.live).html("stage")
        assert 'class="brief"' not in wall
        assert not re.search(r"<details id=\"brief-[^>]* open>", await ana.page())
        for layer in ("position", "trust", "thoughts"):
            await host.does("reveal", layer=layer, on="yes")
        aside = Parts(hosted.live).html("stage").partition("<aside")[2]
        assert 0 < aside.index('class="thought"') < aside.index('class="trust"')

    play(tmp_path, script, mode="round")
