"""What is taken away of a session: tables, games and reports, whatever people call themselves."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from game.cli import main
from game.review.review import review
from game.session.game import Game
from game.session.transcript import read_transcript
from game.session.tries import original
from game.workshop.debrief.export_tables import Sheet, moves, results, sheets
from game.workshop.debrief.exports import (
    csv_file,
    everything,
    tables_of,
    transcript_file,
    xlsx_file,
)
from game.workshop.debrief.report import person_report, room_report
from game.workshop.debrief.reviews_worker import Weighed
from game.workshop.debrief.routes import exported
from game.workshop.room.predictions import band
from game.workshop.service import Live
from game.workshop.store import Kept
from tests.workshop.made import Made

HOSTILE = "=cmd()", "<script>alert(1)</script>", "\u202eevil", '@SUM(1)|"x"', "+1,\n2"


def session() -> tuple[Made, Live]:
    """Five people with names that mean harm; two of them have moved, one has read."""
    made = Made("osaka")
    made.seats({f"Seat {k}": [name] for k, name in enumerate(HOSTILE, 1)})
    made.play("s1.1", "prepare_history", "prepare_objectives", "greet")
    made.play("s2.1", "prepare_objectives")
    buyer = next(iter(made.desks[0].scenario.buyers))
    made.did("read", "p1", table="s1.1", buyer=buyer, d=0.25, confidence=0.5)
    made.did("read", "p1", table="s1.1", buyer=buyer, d=0.75, confidence=1.0)
    made.did("test", "p2", half="before", answers=(1,) * 8)
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    live.records = made.records
    return made, live


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- tables ---------------------------------------------------------------------------------------


def test_moves_as_csv_are_what_was_played() -> None:
    _, live = session()
    found = rows(csv_file(moves(live.room, live.records, live.reviews.of)))
    assert [(r["table"], r["number"], r["action"]) for r in found] == [
        ("s1.1", "1", "prepare_history"),
        ("s1.1", "2", "prepare_objectives"),
        ("s1.1", "3", "greet"),
        ("s2.1", "1", "prepare_objectives"),
    ]
    assert found[2]["turn"] == "1" and found[0]["turn"] == ""
    assert found[0]["time"].startswith("1970-01-01T00:16:")
    assert {r["loss"] for r in found} == {""}, "nothing is weighed yet"


def test_every_read_is_there_and_the_last_is_marked() -> None:
    _, live = session()
    (found,) = [sheet for sheet in tables_of(live) if sheet.name == "reads"]
    read = rows(csv_file(found))
    assert [(r["place"], r["number"], r["last"]) for r in read] == [
        ("0.25", "1", "0"),
        ("0.75", "2", "1"),
    ]
    for r in read:
        assert float(r["error"]) == pytest.approx(
            abs(float(r["place"]) - float(r["truth"])), abs=1e-3
        )
        assert r["within"] == str(int(float(r["error"]) <= float(r["allowed"])))


def test_every_prediction_is_there_with_what_became_of_it() -> None:
    """Where everybody plays their own game, by that game; counted hands by the one asked about."""
    made, live = session()
    table = made.room.tables["s1.1"]
    drawn = [
        float(made.room.tables[id].game.hidden()["true_diffuseness"][0][0])
        for id in ("s1.1", "s2.1")
    ]
    made.did("ask", question="q1", kind="read", table="s1.1", ply=table.ply, open=True)
    made.did("answer", "p1", question="q1", answer=band(str(drawn[0])))
    made.did("answer", "p2", question="q1", answer=band(str((drawn[1] + 0.5) % 1)))
    made.did("ask", question="q1", kind="read", table="s1.1", ply=table.ply, open=False,
             counted={band(str(drawn[0])): 3})  # fmt: skip
    made.did("ask", question="q2", kind="sign", table="s1.1", ply=table.ply, open=True)
    made.did("answer", "p1", question="q2", answer="yes")
    (found,) = [sheet for sheet in tables_of(live) if sheet.name == "predictions"]
    told = [tuple(row[key] for key in ("question", "kind", "number", "counted", "right"))
            for row in rows(csv_file(found))]  # fmt: skip
    assert told == [
        ("q1", "read", "4", "1", "1"),
        ("q1", "read", "4", "1", "0"),
        ("q1", "read", "4", "3", "1"),
        ("q2", "sign", "4", "1", ""),
    ], "nobody knows yet who will sign"


def test_no_cell_is_a_formula_and_none_turns_direction() -> None:
    _, live = session()
    text = b"".join(csv_file(sheet) for sheet in tables_of(live)).decode("utf-8")
    assert "'=cmd()" in text
    for line in csv.reader(io.StringIO(text.replace("\ufeff", ""), newline="")):
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t")), cell
            assert "\u202e" not in cell and "\n" not in cell


def test_a_negative_number_stays_a_number() -> None:
    sheet = Sheet("x", ("a", "b"), ((-1.5, "-1.5"),))
    assert csv_file(sheet).endswith(b"-1.5,'-1.5\r\n")


def test_the_workbook_holds_the_same_as_texts() -> None:
    _, live = session()
    data = xlsx_file(tables_of(live), "Monday", 1000.0)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = book.read("xl/workbook.xml").decode()
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        pages = [book.read(n).decode() for n in book.namelist() if "worksheets/sheet" in n]
    for sheet in sheets(live.room, live.records, live.reviews.of):
        assert f'name="{sheet.name}"' in names
    texts = {"".join(node.itertext()) for node in strings}
    assert "=cmd()" in texts and "evil" in texts
    assert not any("<f>" in page or "hyperlink" in page for page in pages)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert everything(session()[1]) == everything(session()[1])


def test_a_result_is_what_the_game_came_to() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    game = made.room.tables["s1.1"].game
    while not game.ended:
        made.play("s1.1", game.rules.actions[game.hand()[0]])
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    (row,) = rows(csv_file(results(made.room, live.reviews.of)))
    assert row["ended"] == "1"
    assert float(row["score"]) == pytest.approx(float(game.outcome().score[0]), abs=0.01)
    assert row["par"] == "", "not weighed"


# --- games ----------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_table_opens_in_the_review_and_says_the_same_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    buyer = next(iter(made.desks[0].scenario.buyers))
    made.play("s1.1", "prepare_history", "prepare_objectives", "greet")
    made.did("read", "p1", table="s1.1", buyer=buyer, d=0.25, confidence=0.5)
    weighed = made.weighed()["s1.1"]
    assert weighed.review is not None
    path = tmp_path / "oak.lunch.json"
    path.write_bytes(transcript_file(made.room.tables["s1.1"]))
    assert main(["review", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    room = weighed.review.as_json()
    for move in (*told["moves"], *room["moves"]):
        del move["options"]  # the room keeps the best ones only
    assert told == room


def test_the_desktop_reads_what_was_taken_away() -> None:
    _, live = session()
    game = original(Game.resume(read_transcript(transcript_file(live.room.tables["s1.1"]))))
    assert [turn.text for turn in game.turns] == [
        "prepare_history", "prepare_objectives", "greet",
    ]  # fmt: skip
    assert next(review(game)).moves


def test_the_zip_holds_tables_games_and_what_was_added() -> None:
    _, live = session()
    with zipfile.ZipFile(io.BytesIO(everything(live, {"report.html": b"x"}))) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    assert {"moves.csv", "reads.csv", "results.csv", "votes.csv", "tables.xlsx"} <= names
    assert {n for n in names if n.startswith("games/")} == {
        "games/seat-1-s1.1-osaka.lunch.json", "games/seat-2-s2.1-osaka.lunch.json",
    }  # fmt: skip
    assert "report.html" in names


def test_a_name_of_no_file_gives_none() -> None:
    _, live = session()
    for name in ("nothing.csv", "../moves.csv", "s9.1.lunch.json", "moves"):
        assert exported(live, name) is None


# --- reports --------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_persons_report_holds_nothing_of_the_others() -> None:
    made = Made("seoul")
    made.seats({"Oak": ["Annabel"], "Pine": ["Borislav"]})
    made.play("s1.1", "prepare_history", "prepare_objectives", "greet", "share_meal")
    made.play("s2.1", "prepare_history", "prepare_objectives", "greet", "quote:41")
    for person, table, d in (("p1", "s1.1", 0.111), ("p2", "s2.1", 0.888)):
        made.did("read", person, table=table, buyer="kang", d=d, confidence=0.5)
    made.did("sentence", "p2", parts=["secret one", "secret two", "secret three"])
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    for weighed in made.weighed().values():
        live.reviews.take(weighed)
    own = person_report(live, "p1")
    assert "Annabel" in own and "0.11" in own and "Share a meal" in own
    for others in ("Borislav", "Pine", "0.89", "0.888", "secret", "41.00"):
        assert others not in own
    room = room_report(live)
    assert "Annabel" in room and "Borislav" in room


def test_hostile_names_are_harmless_in_reports() -> None:
    _, live = session()
    for html in (*(person_report(live, f"p{k}") for k in range(1, 6)), room_report(live)):
        assert "<script" not in html
        assert "\u202e" not in html
        assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html


def test_reports_are_german_for_a_german() -> None:
    from game.scenario import language

    _, live = session()
    with language.speaking("de"):
        html = person_report(live, "p1")
    assert 'lang="de"' in html
    assert "Your reads" not in html


def test_who_only_looked_on_is_told_so() -> None:
    made = Made("osaka")
    made.seats({"Oak": ["Ana"]})
    made.did("join", person="p2", name="Bo", seat="", observes=True)
    live = Live(Kept("r1", "Monday", 1000.0, None, "00" * 32), made.room)
    assert "You looked on" in person_report(live, "p2")


def test_a_game_that_cannot_be_weighed_says_why_instead_of_waiting() -> None:
    _, live = session()
    live.reviews.take(Weighed("s1.1", (0, 3), "en", None, problem="no reason"))
    html = person_report(live, "p1")
    assert "no reason" in html
    assert 'http-equiv="refresh"' not in html
