"""Reports are about people: named after them, of their own moves, in words that fit the figures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from game.core.vocabulary import Phase
from game.workshop.debrief.report import (
    _verdict,
    own_moments,
    own_practice,
    person_report,
    room_report,
)
from game.workshop.debrief.routes import file_name, reports_of
from game.workshop.room.tables import HOUSE
from game.workshop.service import Live
from game.workshop.store import Kept
from tests.workshop.made import Made


def live_of(made: Made) -> Live:
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    live.records = made.records
    return live


def test_a_report_is_a_file_named_after_its_person_and_no_two_are_one() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana", "ANA!", "../../etc", "CON", "فاطمة", "\u202e"]})
    found = {name for name in reports_of(live_of(made)) if name.endswith(".html")}
    assert found == {
        "report.html", "reports/report-ana.html", "reports/report-ana-2.html",
        "reports/report-etc.html", "reports/report-con.html", "reports/report-فاطمة.html",
        "reports/report.html",
    }  # fmt: skip
    assert len(file_name("x" * 500)) < 60


def test_reports_are_set_in_the_fonts_that_lie_beside_them() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    files = reports_of(live_of(made))
    assert files["reports/fonts/SourceSerifPro-Regular.otf"][:4] == b"OTTO"
    assert b'url("fonts/SourceSerifPro-Regular.otf")' in files["reports/report-ana.html"]
    assert b'url("reports/fonts/SourceSerifPro-Regular.otf")' in files["report.html"]


def moment(move: int, kind: str = "mistake") -> Any:
    return SimpleNamespace(move=move, kind=kind, points=12.0)


def weighed_move(index: int, loss: float, label: str) -> Any:
    best = SimpleNamespace(action="wait", label="Wait")
    return SimpleNamespace(
        index=index, loss=loss, loss_low=loss, label=label, marks=(), causes=(), phase="table",
        table_turn=index, action="greet", action_label="Greet", best=best, principle="",
        entry=f"e{index}",
    )  # fmt: skip


def test_what_the_house_did_is_no_moment_of_anybodys() -> None:
    made = Made("seoul")
    made.seats({"Oak": ["Ana"]})
    made.play("s1.1", "prepare_objectives")
    made.did("move", HOUSE, "move:s1.1:1", table="s1.1", ply=1, action="prepare_history")
    made.play("s1.1", "greet")
    table = made.room.tables["s1.1"]
    moves = (weighed_move(1, 0, "best"), weighed_move(2, 15, "mistake"),
             weighed_move(3, 12, "mistake"))  # fmt: skip
    advice = [SimpleNamespace(kind="try_again", id=f"e{k}", text=f"{k}") for k in (2, 3)]
    review: Any = SimpleNamespace(moves=moves, moments=(moment(2), moment(3)), next=advice)
    assert [one.move for one in own_moments(table, review)] == [3]
    assert own_practice(table, review) == ("3",)


def test_a_move_called_best_costs_less_than_two_points() -> None:
    assert _verdict(weighed_move(1, 2.5, "best")) == "good"
    assert _verdict(weighed_move(1, 1.9, "best")) == "best"


def test_without_a_deal_there_is_none_to_be_worth_anything() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    made.play("s1.1", "prepare_history", "prepare_objectives")
    table = made.room.tables["s1.1"]
    while table.game.phase != Phase.ENDED:
        made.play("s1.1", "part")
    html = person_report(live_of(made), "p1")
    assert "Nothing was signed." in html
    assert "The deal was worth" not in html


def test_the_room_reads_what_was_agreed_at_each_table() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    made.play("s1.1", "prepare_history", "prepare_objectives", "greet")
    html = room_report(live_of(made))
    assert ">What was agreed</th>" in html
    assert 'data-label="What was agreed"' in html
