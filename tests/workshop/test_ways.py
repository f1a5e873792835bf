"""The ways to run a session, each from the first seat to a restart in its middle."""

from __future__ import annotations

import pytest

from game.workshop.asked import asked
from game.workshop.own import own
from game.workshop.room import acts, acts_people, acts_play, house
from game.workshop.room.acts import Refused
from game.workshop.room.tables import HOUSE, Desk, Table
from game.workshop.words import say
from tests.workshop.rooms import Played, hand, source

# --- round the table ------------------------------------------------------------------------------


@pytest.mark.long
def test_a_room_votes_on_one_hand_of_at_most_seven_and_only_on_that() -> None:
    room = Played(mode="round")
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    table = room.room.tables["s1.1"]
    while not table.game.ended:
        options = hand(room.room, "s1.1")
        assert 1 <= len(options) <= 7
        legal = {table.game.rules.actions[a] for a in table.game.legal()}
        assert {"wait", "part"} & legal <= set(options)
        ply = table.ply
        other = next(iter(legal - set(options) - {"propose"}), None)
        if other is not None:
            with pytest.raises(Refused, match="not_in_hand"):
                acts_play.vote(room.room, ana, "s1.1", ply, other)
        for person in (ana, ben):
            room.votes(person, options[0])
        assert acts_play.leading(room.room, "s1.1", ply) == [options[0]]
        room.decides(options[0])
        assert table.ply == ply + 1
    with pytest.raises(Refused, match="stale"):
        acts_play.vote(room.room, ana, "s1.1", table.ply, "wait")
    room.same_after_a_restart()


def test_a_tie_is_the_facilitators_and_a_vote_counts_once() -> None:
    room = Played(mode="round")
    people = room.join("Ana", "Ben", "Cem", "Dua")
    room.host(acts.start)
    one, two, *_ = hand(room.room, "s1.1")
    for person, action in zip(people, (one, two, two, one), strict=True):
        room.does(person, lambda r, p=person, a=action: acts_play.vote(r, p, "s1.1", 0, a))
    assert not room.does(people[0], lambda r: acts_play.vote(r, people[0], "s1.1", 0, one))
    room.host(lambda r: acts_play.balloting(r, "s1.1", 0, False))
    assert acts_play.leading(room.room, "s1.1", 0) == sorted((one, two))
    assert room.room.tables["s1.1"].ply == 0  # nothing is played by itself
    with pytest.raises(Refused, match="vote_closed"):
        acts_play.vote(room.room, people[0], "s1.1", 0, two)
    room.same_after_a_restart()
    room.host(lambda r: acts_play.decide(r, "s1.1", 0, two))
    assert not room.host(lambda r: acts_play.decide(r, "s1.1", 0, one))  # the other console's
    assert room.room.tables["s1.1"].done == [("action", two)]


@pytest.mark.long
def test_whoever_is_removed_takes_the_open_vote_along() -> None:
    room = Played(mode="round")
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    one, two, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.vote(r, ana, "s1.1", 0, one))
    room.does(ben, lambda r: acts_play.vote(r, ben, "s1.1", 0, two))
    room.host(lambda r: acts.change_person(r, ben, removed=True))
    assert acts_play.leading(room.room, "s1.1", 0) == [one]
    with pytest.raises(Refused, match="not_yours"):
        acts_play.vote(room.room, ben, "s1.1", 0, two)
    room.host(lambda r: acts.change_person(r, ben, removed=False))
    room.does(ben, lambda r: acts_play.vote(r, ben, "s1.1", 0, two))
    assert room.room.ballots["s1.1", 0].count == 2


def test_without_phones_hands_are_counted_and_nobody_can_join() -> None:
    room = Played(mode="round", phones=False)
    with pytest.raises(Refused, match="no_phones"):
        acts.join(room.room, "Eve", "n")
    room.host(acts.start)
    one, two, *_ = hand(room.room, "s1.1")
    room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 4, two: 9}))
    assert acts_play.leading(room.room, "s1.1", 0) == [two]
    room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 12}))  # the host miscounted
    assert acts_play.leading(room.room, "s1.1", 0) == [one]
    assert not room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 12, two: 9}))
    with pytest.raises(Refused, match="illegal"):
        acts_play.count(room.room, "s1.1", 0, {"no_such_move": 3})
    room.host(lambda r: acts_play.ask(r, "state"))
    room.host(lambda r: acts_play.count_answers(r, "q1", {"wary": 3, "trusted": 10}))
    room.host(lambda r: acts.test_count(r, "before", 2, (1, 2, 9, 0)))
    assert room.room.questions["q1"].count == 13
    assert room.room.test_counts["before", 2] == (1, 2, 9, 0)
    room.same_after_a_restart()


def test_tables_of_their_own_need_phones_and_people_who_sit_down() -> None:
    room = Played(mode="round", phones=False)
    for mode in ("parallel", "pairs"):
        with pytest.raises(Refused, match="hands_round"):
            acts.plan(room.room, mode=mode)
    alone = Played()
    with pytest.raises(Refused, match="hands_round"):
        acts.plan(alone.room, phones=False)
    before = len(alone.records)
    with pytest.raises(Refused, match="nobody_plays"):
        acts.start(alone.room)
    alone.join("Eve", observes=True)
    with pytest.raises(Refused, match="nobody_plays"):
        acts.start(alone.room)  # an onlooker has nobody to look at
    assert alone.room.stage == "lobby" and len(alone.records) == before + 1
    alone.join("Ana")
    assert alone.host(acts.start)


# --- in parallel ----------------------------------------------------------------------------------


@pytest.mark.long
def test_every_seat_has_the_same_meeting_and_its_own_course() -> None:
    room = Played()
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    assert hand(room.room, "s1.1") == hand(room.room, "s2.1")
    one, two, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one))
    room.does(ben, lambda r: acts_play.move(r, ben, "s2.1", 0, two))
    with pytest.raises(Refused, match="not_yours"):
        acts_play.move(room.room, ben, "s1.1", 1, two)
    done = [room.room.tables[t].done for t in ("s1.1", "s2.1")]
    assert done == [[("action", one)], [("action", two)]]
    room.same_after_a_restart()


def test_a_team_sees_what_one_of_them_would_do_before_it_is_done() -> None:
    room = Played(teams=3)
    ana, ben, cem = room.join("Ana", "Ben", "Cem")
    assert {room.room.people[p].seat for p in (ana, ben, cem)} == {"s1"}
    room.host(acts.start)
    table = room.room.tables["s1.1"]
    one, two, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one))
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one))  # her reply was lost
    assert (table.ply, room.room.suggested(table)) == (0, {ana: one})
    room.does(ben, lambda r: acts_play.move(r, ben, "s1.1", 0, two))
    assert room.room.suggested(table) == {ana: one, ben: two}
    room.same_after_a_restart()
    room.does(cem, lambda r: acts_play.move(r, cem, "s1.1", 0, two))
    assert table.done == [("action", two)]
    assert not room.does(ben, lambda r: acts_play.move(r, ben, "s1.1", 0, two))
    with pytest.raises(Refused, match="moved_already"):
        acts_play.move(room.room, ana, "s1.1", 0, one)


def test_one_of_a_sleeping_team_goes_on_alone_with_a_second_press() -> None:
    room = Played(teams=2)
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    one, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one, True))  # not seen by Ben yet
    assert room.room.tables["s1.1"].ply == 0
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one, True))
    assert room.room.tables["s1.1"].done == [("action", one)]
    room.host(lambda r: acts.change_person(r, ben, removed=True))
    one, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 1, one))  # alone now: at once
    assert room.room.tables["s1.1"].ply == 2


@pytest.mark.long
def test_advancing_together_holds_the_fast_until_the_facilitator_goes_on() -> None:
    room = Played(together=True)
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    one, *_ = hand(room.room, "s1.1")
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 0, one))
    with pytest.raises(Refused, match="wait_for_others"):
        acts_play.move(room.room, ana, "s1.1", 1, hand(room.room, "s1.1")[0])
    room.host(lambda r: acts.advance(r, 2))
    room.host(lambda r: acts.advance(r, 2))  # the other console's
    assert room.room.gate == 2
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.1", 1, hand(r, "s1.1")[0]))
    room.same_after_a_restart()
    for ply in range(2):  # whoever was slow catches up
        room.does(ben, lambda r, n=ply: acts_play.move(r, ben, "s2.1", n, hand(r, "s2.1")[0]))
    with pytest.raises(Refused, match="wait_for_others"):
        acts_play.move(room.room, ben, "s2.1", 2, hand(room.room, "s2.1")[0])


def _plays(room: Played, person: str, table: str, moves: int) -> None:
    for _ in range(moves):
        room.moves(person, hand(room.room, table)[0], table)


def test_moving_on_together_in_the_middle_of_a_game_begins_where_the_tables_are() -> None:
    room = Played()
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    _plays(room, ana, "s1.1", 3)
    _plays(room, ben, "s2.1", 1)
    room.host(lambda r: acts.plan(r, together=True))
    assert room.room.gate == 3, "the farthest waits, and nobody for more than one press"
    _plays(room, ben, "s2.1", 2)
    assert all(room.room.waits(table) for table in room.room.tables_now())
    room.host(lambda r: acts.advance(r, 4))
    _plays(room, ana, "s1.1", 1)
    room.host(lambda r: acts.plan(r, together=False))
    assert "table:s1.1" in changed(room), "a phone that waited hears that it may go on"
    _plays(room, ana, "s1.1", 1)
    room.host(lambda r: acts.plan(r, together=True))
    assert room.room.gate == 5
    room.same_after_a_restart()


def test_one_table_alone_is_not_stopped_by_moving_on_together() -> None:
    room = Played()
    ana, ben = room.join("Ana", "Ben")
    room.host(acts.start)
    _plays(room, ben, "s2.1", 5)
    room.moves(ben, "part", "s2.1")
    assert room.room.tables["s2.1"].over
    _plays(room, ana, "s1.1", 2)
    room.host(lambda r: acts.plan(r, together=True))
    assert room.room.gate == 3, "tables that are over do not count"
    _plays(room, ana, "s1.1", 1)
    room.host(lambda r: acts.another(r, 2, (0,)))
    assert room.room.gate == 1
    room.same_after_a_restart()


def changed(room: Played) -> set[str]:
    """The parts of pages that the last record changed."""
    return {part for part, seq in room.room.touched.items() if seq == room.room.seq}


# --- onlookers and latecomers ---------------------------------------------------------------------


def test_latecomers_look_on_where_fewest_do_and_may_sit_down() -> None:
    room = Played()
    room.join("Ana", "Ben")
    room.host(acts.start)
    late = room.join("Cem", "Dua")
    assert [room.room.seat_of(p) for p in late] == ["s1", "s2"]
    assert all(room.room.people[p].observes for p in late)
    with pytest.raises(Refused, match="not_yours"):
        acts_play.move(room.room, late[0], "s1.1", 0, hand(room.room, "s1.1")[0])
    room.does(late[0], lambda r: acts.watch(r, late[0], "s2"))
    assert room.room.onlookers()["s2"] == 2
    room.does(late[0], lambda r: acts.sit(r, late[0]))
    assert not room.does(late[0], lambda r: acts.sit(r, late[0]))
    own = room.room.table_of("s3")
    assert own is not None and own.id == "s3.1"
    assert room.room.people[late[0]].seat == "s3"
    room.does(late[0], lambda r: acts_play.move(r, late[0], "s3.1", 0, hand(r, "s3.1")[0]))
    room.same_after_a_restart()


def test_latecomers_look_on_where_a_game_goes_on() -> None:
    room = Played()
    _, ben = room.join("Ana", "Ben")
    room.join("Eve", observes=True)
    room.host(acts.start)
    _plays(room, ben, "s2.1", 5)
    room.moves(ben, "part", "s2.1")
    assert room.room.onlookers() == {"s1": 1}
    (late,) = room.join("Cem")
    assert room.room.seat_of(late) == "s1", "whoever sees the ending knows it when they sit down"


def test_who_only_wants_to_look_on_sees_a_seat_as_soon_as_there_is_one() -> None:
    room = Played()
    (eve,) = room.join("Eve", observes=True)
    assert room.room.seat_of(eve) == ""
    room.join("Ana")
    assert room.room.seat_of(eve) == "s1"
    assert room.room.members("s1") == [room.room.people["p2"]]


# --- two buyers, and the short form ---------------------------------------------------------------


@pytest.mark.long
def test_in_the_short_form_the_room_decides_the_widest_turns_and_the_house_the_others() -> None:
    room = Played(short=5, style="steady")
    ana, _ = room.join("Ana", "Ben")
    turns = house.turning_points(room.desks[0], room.room.plan.seed, "steady", 5)
    assert len(turns) == 5
    room.host(lambda r: acts.start(r, 0.0, {0: turns}))
    table = room.room.tables["s1.1"]
    assert table.ply == turns[0] and set(table.movers) == {HOUSE}
    assert [t.text for t in table.meanwhile] == [text for _, text in table.done]
    asked = []
    while not table.game.ended:
        assert room.room.decides(table)
        asked.append(table.ply)
        action = hand(room.room, "s1.1")[0]
        room.does(ana, lambda r, a=action: acts_play.move(r, ana, "s1.1", table.ply, a))
        room.same_after_a_restart()
    assert set(asked) <= set(turns) and table.made == len(asked)
    assert room.room.tables["s2.1"].ply == turns[0]  # Ben's waits for him
    (cem,) = room.join("Cem")
    room.does(cem, lambda r: acts.sit(r, cem))
    assert room.room.tables["s3.1"].done == room.room.tables["s2.1"].done


@pytest.mark.long
def test_the_chosen_turns_are_those_where_the_hand_differs_most() -> None:
    desk = Desk(source("osaka"))
    every = house.turning_points(desk, 1, "steady", 99)
    five = house.turning_points(desk, 1, "steady", 5)
    assert set(five) < set(every) and list(five) == sorted(five)
    assert house.turning_points(desk, 1, "steady", 5) == five
    table = Table("", "", desk, 1, "plain")
    for text in house.played_on(table, (), "steady", lambda _: False):
        table.move(text, HOUSE)
    assert table.game.ended  # the house plays a whole game that is legal move by move


@pytest.mark.long
def test_a_pair_is_played_one_after_the_other_and_asked_about_when_both_are_over() -> None:
    room = Played("toronto", "toronto-second", mode="pairs", short=2)
    (ana,) = room.join("Ana")
    turns = {k: house.turning_points(d, 1, "steady", 2) for k, d in enumerate(room.desks)}
    room.host(lambda r: acts.start(r, 0.0, turns))
    for id in ("s1.1", "s1.2"):
        table = room.room.table_of("s1")
        assert table is not None and table.id == id
        assert not room.room.asks_sentence(ana)
        while not table.game.ended:
            action = hand(room.room, id)[0]
            room.does(ana, lambda r, t=table, a=action: acts_play.move(r, ana, t.id, t.ply, a))
            room.same_after_a_restart()
    assert room.room.asks_sentence(ana)
    words = ("he had eaten", "one pot of tea", "two visits")
    room.does(ana, lambda r: acts.sentence(r, ana, words))
    assert room.again().sentences == {ana: words}


@pytest.mark.long
def test_pairs_need_two_tables_and_are_short_unless_somebody_says_otherwise() -> None:
    with pytest.raises(Refused, match="one_scenario"):
        Played("osaka", mode="pairs")
    room = Played("toronto", "toronto-second", mode="pairs")
    assert room.room.plan.short == 5
    with pytest.raises(Refused, match="same_twice"):
        acts.plan(room.room, places=(1, 1))
    room.host(lambda r: acts.plan(r, places=(1, 0)))
    room.join("Ana")
    room.host(acts.start)
    first = room.room.table_of("s1")
    assert first is not None and first.desk is room.desks[1]


@pytest.mark.long
def test_another_scenario_is_played_at_the_same_seats_with_everything_covered() -> None:
    room = Played("osaka", "seoul")
    (ana,) = room.join("Ana")
    room.host(acts.start)
    room.host(lambda r: acts_play.reveal(r, "trust", True))
    room.host(lambda r: acts.another(r, 2, (1,)))
    assert not room.host(lambda r: acts.another(r, 2, (1,)))  # the other console's
    table = room.room.table_of("s1")
    assert table is not None and (table.id, table.place) == ("s1.2", 1)
    assert room.room.revealed == []
    room.does(ana, lambda r: acts_play.move(r, ana, "s1.2", 0, hand(r, "s1.2")[0]))
    assert [t.id for t in room.room.tables_now()] == ["s1.2"]
    room.same_after_a_restart()


@pytest.mark.long
def test_reads_are_given_by_players_at_the_table_of_now() -> None:
    played = Played("osaka", "paris")
    ana, eve = *played.join("Ana"), *played.join("Eve", observes=True)
    played.host(lambda room: acts.start(room))

    def reads(person: str, table: str) -> None:
        buyer = next(iter(played.room.tables[table].desk.scenario.buyers))
        played.does(person, lambda room: acts_play.read(room, person, table, buyer, 0.3, 0.5))

    reads(ana, "s1.1")
    played.host(lambda room: acts.change_person(room, eve, seat="s1"))
    with pytest.raises(Refused, match="not_yours"):
        reads(eve, "s1.1")
    played.host(lambda room: acts.another(room, 2, [1]))
    with pytest.raises(Refused, match="stale"):
        reads(ana, "s1.1")
    reads(ana, "s1.2")


def test_a_read_at_a_table_that_is_over_is_refused_and_changes_nothing() -> None:
    """Whoever knows how it ended would place the buyer by that."""
    played = Played("osaka")
    (ana,) = played.join("Ana")
    played.host(lambda room: acts.start(room))
    table = played.room.tables["s1.1"]
    buyer = next(iter(table.desk.scenario.buyers))

    def reads(d: float) -> None:
        played.does(ana, lambda room: acts_play.read(room, ana, "s1.1", buyer, d, 0.5))

    reads(0.3)
    while not table.game.ended:
        played.moves(ana, "part" if "part" in hand(played.room, "s1.1") else "wait")
    before = len(played.records)
    for d in (0.3, 0.9):
        with pytest.raises(Refused, match="read_over"):
            reads(d)
    assert len(played.records) == before
    assert table.reads(buyer) == {ana: (0.3, 0.5)}
    assert "over" in say("refused.read_over")


def test_a_prediction_ends_with_its_game() -> None:
    played = Played("osaka", "paris")
    played.join("Ana")
    played.host(lambda room: acts.start(room))
    played.host(lambda room: acts_play.ask(room, "read"))
    assert asked(played.room) is not None
    played.host(lambda room: acts.another(room, 2, [1]))
    question = played.room.question()
    assert question is not None and not question.open
    assert asked(played.room) is None
    played.same_after_a_restart()


def test_a_hidden_name_is_not_told_to_the_team() -> None:
    played = Played(teams=2)
    ana, bob = played.join("Ana", "Bob")
    played.host(lambda room: acts.start(room))
    played.host(lambda room: acts.change_person(room, ana, hidden=True))
    played.moves(ana, "prepare_history")
    suggested = own(played.room, played.room.people[bob], None, ()).suggested
    assert [name for name, _ in suggested] == ["somebody"]


def test_whoever_was_removed_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts_people, "MOST_PEOPLE", 2)
    played = Played()
    ana, _ = played.join("Ana", "Bob")
    with pytest.raises(Refused, match="full"):
        played.join("Cem")
    played.host(lambda room: acts.change_person(room, ana, removed=True))
    assert played.join("Cem") == ["p3"]


def test_the_vote_is_closed_with_the_hands_that_were_counted() -> None:
    room = Played(mode="round", phones=False)
    room.host(acts.start)
    one, two, *_ = hand(room.room, "s1.1")
    room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 4, two: 9}))
    room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 4, two: 9}, close=True))
    ballot = room.room.ballots["s1.1", 0]
    assert not ballot.open and ballot.count == 13
    assert not room.host(lambda r: acts_play.count(r, "s1.1", 0, {two: 9}, close=True))
    room.host(lambda r: acts_play.count(r, "s1.1", 0, {one: 12}))  # the host miscounted
    assert not ballot.open and acts_play.leading(room.room, "s1.1", 0) == [one]
    room.same_after_a_restart()
