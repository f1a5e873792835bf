"""`longlunch machine`: what the machine has, what the games do with it, in three forms."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import numpy as np
import pytest

from game.analysis.trust_ways import begins
from game.analysis.watching import counted
from game.authoring.balance_text import console_for
from game.authoring.machine import Measured, drawing, measure, show, to_json
from game.authoring.machine_graph import mermaid
from game.cli import main
from game.core.chance import keys_of
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import seller_for
from game.scenario.library import shipped
from tests.at_hand import at_hand
from tests.figures.reading import words_stand_apart

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/json/machine.schema.json").read_text(encoding="utf-8"))
OWN = """\
extends: seoul
scenario: courted
title: The courted house
trust_machine:
  states:
    end:
      {enter: facts >= 2, leave: facts < 1, to: acquainted, tells: [public], tone: polite}
    friend:
      {rank: 4, enter: trust > 0.5 and facts >= 1, leave: trust < 0.2, to: trusted, tone: warm}
"""


@pytest.fixture(scope="module")
def seoul() -> Measured:
    return measure("seoul", ("always_closing", "steady"), 60, 3)


@pytest.fixture(scope="module")
def courted(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """A machine with states of its author's own, one of them named like a word of Mermaid's."""
    path = tmp_path_factory.mktemp("own") / "courted.yaml"
    path.write_text(OWN, encoding="utf-8")
    return measure(str(path), ("steady", "rapport"), 40, 1)


def test_ways_are_counted_as_the_games_go_them() -> None:
    loaded = at_hand("seoul")
    rules = loaded.rules
    names = rules.machine.names
    gone = np.zeros((len(names), len(names)), np.int64)
    for seed in range(5, 17):
        seen: set[tuple[int, int]] = set()

        def watch(index, before, record, after, seen=seen) -> None:  # type: ignore[no-untyped-def]
            if before.phase[0] != Phase.ENDED:
                was, now = int(record.state_before[0, 0]), int(record.state_after[0, 0])
                seen |= {(was, now)} if was != now else set()

        play(rules, seller_for(rules, "direct"), keys_of(seed, 1), watch)
        for s, t in seen:
            gone[s, t] += 1
    found = counted(rules, seller_for(rules, "direct"), 5, 12)
    assert np.array_equal(found.changes[0], gone)
    assert gone.any()


def test_the_ways_of_the_machine_are_there_gone_or_not(seoul: Measured) -> None:
    pairs = {(w.source, w.target): w for w in seoul.ways}
    assert pairs["stranger", "acquainted"].how == "enter"
    assert pairs["stranger", "acquainted"].when == "trust > 0.28"
    assert pairs["fair_game", "acquainted"].how == "leave"
    assert pairs["partner", "closed"].share == 0
    assert not [pair for pair in pairs if pair[0] == "closed"], "nothing comes after the end"
    assert pairs["stranger", "acquainted"].by_seller == {"always_closing": 0.0, "steady": 1.0}
    assert pairs["stranger", "acquainted"].share == 0.5


def test_the_sign_of_the_beginning_stands_where_most_games_begin() -> None:
    found = measure("seoul", ("steady",), 30, 1, ["buyer.starting_trust=0.2"])
    console = console_for(io.StringIO())
    show(found, console)
    assert "acquainted ●" in console.file.getvalue() and found.machine.start == "stranger"
    first = {state["name"]: state["first"] for state in to_json(found)["states"]}
    assert sum(first.values()) == pytest.approx(1) and first["acquainted"] > 0.9
    text = mermaid(found.machine, found.ways, begins(found.uses))
    assert f"[*] --> s{list(found.machine.states).index('acquainted')}\n" in text


def test_states_share_the_turns_among_them(seoul: Measured) -> None:
    assert sum(use.turns for use in seoul.uses) == pytest.approx(1)
    used = {use.name: use for use in seoul.uses}
    assert used["stranger"].reached == 1
    assert used["fair_game"].reached == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_table_fits_and_names_everything(courted: Measured, width: int) -> None:
    out = io.StringIO()
    console = console_for(out)
    console.width = width
    show(courted, console)
    text = out.getvalue()
    assert all(len(line) <= width for line in text.splitlines())
    for name in courted.machine.states:
        assert name in text
    if width == 80:
        assert "trust > 0.5 and facts >= 1" in " ".join(text.split())


def test_json_follows_its_schema(seoul: Measured, courted: Measured) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for found in (seoul, courted):
        jsonschema.validate(json.loads(json.dumps(to_json(found))), SCHEMA)
    states = {s["name"]: s for s in to_json(courted)["states"]}
    assert states["friend"]["rank"] == 4
    assert states["end"]["rank"] is None


def test_the_drawing_is_sound_and_lies_on_a_card(seoul: Measured, courted: Measured) -> None:
    for found in (seoul, courted):
        svg = drawing(found)
        words_stand_apart(svg)
        root = ElementTree.fromstring(svg)
        card = next(node for node in root.iter() if node.tag.endswith("rect"))
        assert (card.get("width"), card.get("height")) == (root.get("width"), root.get("height"))


def test_mermaid_has_every_state_and_every_way(courted: Measured) -> None:
    text = mermaid(courted.machine, courted.ways, "stranger")
    lines = text.splitlines()
    assert lines[0] == "stateDiagram-v2"
    ids = dict(re.findall(r'state "(\w+)" as (s\d+)', text))
    assert list(ids) == list(courted.machine.states)
    for way in courted.ways:
        (line,) = (
            x for x in lines if x.startswith(f"    {ids[way.source]} --> {ids[way.target]} :")
        )
        assert ";" not in line
        assert line.count(":") == 1
    assert f"    [*] --> {ids['stranger']}" in lines
    assert f"    {ids['closed']} --> [*]" in lines


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_machine_can_be_drawn(name: str) -> None:
    found = measure(name, ("novice",), 4, 1)
    words_stand_apart(drawing(found))
    assert mermaid(found.machine, found.ways, "stranger").count("-->") >= len(found.ways)


def test_one_buyer_of_several() -> None:
    both = measure("toronto-committee", ("steady",), 20, 1)
    one, other = (
        measure("toronto-committee", ("steady",), 20, 1, buyer=who)
        for who in both.loaded.scenario.buyers
    )
    shares = [{(w.source, w.target): w.share for w in m.ways} for m in (one, other)]
    for way in both.ways:
        pair = way.source, way.target
        assert way.share == pytest.approx((shares[0].get(pair, 0) + shares[1].get(pair, 0)) / 2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("seoul", "--buyer", "nobody"), "U001"),
        (("seoul", "--runs", "0"), "U001"),
        (("seoul", "--policy", "rapprt"), "P001"),
        (("seoul", "--json", "--mermaid"), "U001"),
        (("nowhere",), "RD004"),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    assert main(["machine", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"error[{code}]" in shown.err


def test_the_command_writes_a_drawing_and_nothing_over_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "machine.svg"
    command = ["machine", "toronto", "--runs", "3", "--policy", "novice", "--svg", str(out)]
    assert main(command) == 0
    assert out.read_text("utf-8").startswith("<svg")
    assert capsys.readouterr().out.endswith(f"{out}\n")
    assert main([*command, "--mermaid"]) == 0
    assert capsys.readouterr().out.startswith("stateDiagram-v2\n")
    out.write_text("mine")
    assert main(command) == 2
    assert out.read_text() == "mine"
