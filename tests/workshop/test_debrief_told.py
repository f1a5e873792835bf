"""What slides say: no question that answers itself, one figure for a move, what people did."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from game.review.doors import Door
from game.workshop.debrief.find import Known, label_of, losses_at
from game.workshop.debrief.slides import Slide
from game.workshop.debrief.tell import slides
from game.workshop.room.tables import HOUSE
from game.workshop.room.votes import Moment
from tests.workshop.made import Made


def told(made: Made, known: Known, kind: str) -> Slide | None:
    return next((s for s in slides(made.room, known) if s.kind == kind), None)


def there(made: Made, known: Known, kind: str) -> Slide:
    slide = told(made, known, kind)
    assert slide is not None
    return slide


def move(index: int, action: str, losses: dict[str, float], **more: Any) -> Any:
    """A weighed move; `losses`: what each thing to be had there costs."""
    options = [SimpleNamespace(action=a, loss=loss) for a, loss in losses.items()]
    values: dict[str, Any] = {
        "index": index, "action": action, "options": options, "loss": losses.get(action, 0.0),
        "label": "best", "marks": (), "causes": (), "principle": "", "own": "", "comfort": 3.0,
        "table_turn": index,
        "best": SimpleNamespace(action=min(losses, key=lambda a: losses[a])) if losses else None,
    }  # fmt: skip
    return SimpleNamespace(**(values | more))


def weighed(*moves: Any, doors: tuple[Door, ...] = ()) -> Any:
    return SimpleNamespace(review=SimpleNamespace(moves=moves, principles=(), reads=()),
                           doors=doors, problem="")  # fmt: skip


def hand(made: Made) -> list[str]:
    game = made.room.tables["s1.1"].game
    return [game.rules.actions[a] for a in game.hand()]


def voted(counts: list[int]) -> tuple[Made, list[str]]:
    """A room that voted on its first move, by hands."""
    made = Made("osaka", mode="round")
    made.seats({"Oak": []})
    options = hand(made)[: len(counts)]
    tally = dict(zip(options, counts, strict=True))
    made.did("ballot", table="s1.1", ply=0, open=False, counted=tally)
    made.play("s1.1", options[0])
    return made, options


# --- where the room split -------------------------------------------------------------------------


def test_what_is_within_two_points_of_the_best_to_be_had_is_marked_and_nothing_else() -> None:
    made, (one, other, third) = voted([3, 2, 1])
    known = {"s1.1": weighed(move(1, one, {one: 1.7, other: 3.3, third: 16, "wait": 0.0}))}.get
    shown = there(made, known, "split")
    by = {row.label: row for row in shown.rows}
    label = {a: label_of(made.room.tables["s1.1"].game, a) for a in (one, other, third)}
    assert by[label[one]].best == "as good as the best"
    assert "costs" not in by[label[one]].value, "a word or a cost, not both"
    assert (by[label[other]].best, by[label[other]].value) == ("", "2 votes · costs 3.3 points")
    assert any(line.startswith("Best by a little was") for line in shown.found)


def test_the_best_that_nobody_chose_is_named() -> None:
    made, (one, other) = voted([3, 2])
    known = {"s1.1": weighed(move(1, one, {one: 2.8, other: 2.1, "wait": 0.0}))}.get
    shown = there(made, known, "split")
    assert not any(row.best for row in shown.rows)
    assert shown.found[-1] == "Nobody chose what would have been best: “Wait”"


def test_what_was_shown_as_an_answer_is_what_the_slide_says() -> None:
    made, (one, other) = voted([3, 2])
    known = {"s1.1": weighed(move(1, one, {one: 0.0, other: 16.0}))}.get
    made.did("ask", question="q1", kind="best", table="s1.1", ply=0, open=True)
    made.did("ask", question="q1", kind="best", table="s1.1", ply=0, open=False, shown=True,
             truth=one, losses={one: 0.0, other: 14.4})  # fmt: skip
    values = [row.value for row in there(made, known, "split").rows]
    assert "2 votes · costs 14 points" in values


def test_an_answer_is_weighed_by_all_tables_that_stood_there() -> None:
    made = Made("seoul")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"], "Elm": ["Cy"]})
    made.play("s1.1", "prepare_history")
    made.play("s2.1", "prepare_objectives")
    made.play("s3.1", "prepare_history", "prepare_objectives")
    known = {
        "s1.1": weighed(move(1, "prepare_history", {"prepare_history": 1.0, "a": 5.0})),
        "s2.1": weighed(move(1, "prepare_objectives", {"prepare_objectives": 0.0, "b": 3.0})),
        "s3.1": weighed(move(1, "prepare_history", {"prepare_history": 2.0})),
    }.get
    moment = Moment("s1.1", 0, ())
    wanted = ("prepare_history", "prepare_objectives")
    assert losses_at(made.room, known, moment, wanted) == {
        "prepare_history": 1.5, "prepare_objectives": 0.0,
    }  # fmt: skip
    assert losses_at(made.room, known, moment, ("prepare_history", "unheard")) == {}
    values = {row.value for row in there(made, known, "split").rows}
    assert values == {"2 seats", "one seat"}, "both are as good as the best"


def test_more_ways_than_a_slide_has_room_for_are_counted_and_the_best_is_never_left_out() -> None:
    made = Made("osaka", mode="round")
    made.seats({"Oak": []})
    game = made.room.tables["s1.1"].game
    ways = [a for a in game.rules.actions if a.startswith(("prepare", "ask", "praise", "greet"))]
    first, ways = "prepare_objectives", ways[:10]
    assert len(ways) == 10
    tally = {action: 12 - k for k, action in enumerate(ways)}
    made.did("ballot", table="s1.1", ply=0, open=False, counted=tally)
    made.play("s1.1", first)
    losses = {action: 3.0 + k for k, action in enumerate(ways)} | {ways[9]: 0.0}
    shown = there(made, {"s1.1": weighed(move(1, first, losses))}.get, "split")
    assert len(shown.rows) == 8
    assert (shown.rows[-1].letter, shown.rows[-1].label) == ("", "3 other moves")
    assert shown.rows[-1].value == f"{tally[ways[6]] + tally[ways[7]] + tally[ways[8]]} votes"
    assert [row.best for row in shown.rows if row.best] == ["worth most"]
    assert f"{sum(tally.values())} votes went to 10 different moves." in shown.found


# --- what cost most -------------------------------------------------------------------------------


def test_where_nothing_cost_much_the_question_does_not_say_that_something_did() -> None:
    made, (one, other) = voted([3, 2])
    shown = there(made, {"s1.1": weighed(move(1, one, {one: 0.5, other: 0.0}))}.get, "costly")
    assert "One move cost more" not in shown.ask
    assert shown.found == ("None did. No move lost enough to be called a mistake.",)
    made = Made("seoul")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"]})
    made.play("s1.1", "prepare_history")
    known = {"s1.1": weighed(move(1, "prepare_history", {"prepare_history": 0.0}))}.get
    assert "at any table" in there(made, known, "costly").found[0]


# --- the door -------------------------------------------------------------------------------------


def after_house() -> Made:
    """The house moved first at three tables, and people after it."""
    made = Made("seoul")
    made.seats({"Oak": ["Ana"], "Pine": ["Bo"], "Elm": ["Cy"]})
    for k in range(1, 4):
        table = f"s{k}.1"
        made.play(table, "prepare_objectives")
        made.did("move", HOUSE, f"move:{table}:1", table=table, ply=1, action="prepare_history")
        made.play(table, "greet")
    return made


def doors(door: Door) -> Known:
    moves = (move(1, "prepare_objectives", {"prepare_objectives": 0.0}),
             move(2, "prepare_history", {"prepare_history": 0.0}),
             move(3, "greet", {"greet": 0.0}, own="With pleasure."))  # fmt: skip
    return {f"s{k}.1": weighed(*moves, doors=(door,)) for k in range(1, 4)}.get


def test_a_door_that_the_house_went_through_is_nobodys() -> None:
    made = after_house()
    assert told(made, doors(Door(2, "invites", True, True, True)), "door") is None
    assert told(made, doors(Door(3, "invites", True, True, True)), "door") is not None


def test_those_who_went_through_in_the_same_way_are_told_together() -> None:
    shown = there(after_house(), doors(Door(3, "invites", True, True, True)), "door")
    assert shown.found[0].startswith("Oak, Pine, Elm, turn 3: “")
    assert shown.found[1:] == ("“With pleasure.”", "Everybody for whom it stood open found it.")
    assert not any("the others" in question for question in shown.questions)
    assert shown.title == "A door stood open", "how many found it is what is asked"


# --- two buyers -----------------------------------------------------------------------------------


def test_the_same_sentence_stands_on_the_wall_once_and_after_what_one_person_wrote() -> None:
    made = Made("toronto", "toronto-second", mode="pairs")
    made.seats({"Oak": ["Ana", "Ben", "Cy", "Di"]})
    made.did("sentence", "p1", parts=["she trusted us", "a minute", "half the morning"])
    for person, end in (("p2", ""), ("p3", "."), ("p4", "")):
        made.did("sentence", person, parts=["we had met", "three turns", f"Three turns{end}"])
    shown = there(made, lambda _: None, "pair")
    assert len(shown.quotes) == 2
    assert "once she trusted us" in shown.quotes[0]
    assert shown.quotes[1].endswith("(written 3 times)")
    assert shown.ask.endswith(" …")
