"""`longlunch new`: whatever is answered, the scenario is free of mistakes and plays to an end."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game.analysis.expectations import bench_for, judged, read_expectations
from game.authoring.answers import Answers, Unusable, above, below, options, price, slug, words
from game.authoring.asking import Asker
from game.authoring.check import look
from game.authoring.draft import issue_id, price_options, scenario_text
from game.authoring.new import SCHEMA
from game.cli import main
from game.core.chance import keys_of
from game.core.vocabulary import Phase
from game.policies.run import play
from game.policies.shelf import seller_for, shipped_policies
from game.scenario.diagnostics import printable
from game.scenario.load import Loaded, load_from_sources, load_scenario
from game.scenario.packages import option_text
from game.scenario.tree import Lines, parse_tree
from game.scenario.utility import meeting_ground
from tests.scenario.test_schema import passes

MOST = Decimal(10) ** 9


def made(answers: Answers, bare: bool = False) -> Loaded:
    name = f"{answers.id}.yaml"
    return load_from_sources({name: scenario_text(answers, SCHEMA, bare)}, name)


# --- any answers ------------------------------------------------------------------------------

amounts = st.decimals(Decimal("0.01"), MOST, places=2, allow_nan=False) | st.decimals(
    Decimal("0.01"), Decimal(9), places=4, allow_nan=False
)
# what the readers take: letters, digits and signs of any script
letters = st.characters(exclude_categories=["C", "Z"], exclude_characters="{};=@:,")
texts = st.text(letters | st.sampled_from(" #&*!|>'\"%`-?"), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and printable(text) == text
)
one_option = st.text(letters, min_size=1, max_size=12) | st.integers(0, 99_999).map(str)
option_lists = st.lists(
    one_option.filter(lambda text: printable(text) == text), min_size=2, max_size=8, unique=True
)


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """What somebody may answer, as far as the readers take it."""
    first, second = draw(amounts), draw(amounts)
    assume(first != second)
    return Answers(
        draw(st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)),
        title=words(draw(texts)),
        selling=words(draw(texts)),
        name=words(draw(texts)),
        role=words(draw(texts)),
        pronoun=draw(st.sampled_from(("he", "she", "they"))),
        diffuseness=draw(st.integers(0, 1000)) / 1000,
        sd=draw(st.sampled_from((0.06, 0.12, 0.2))),
        currency=draw(st.sampled_from(("EUR", "", "kr", "₤", "pence a pound"))),
        price_from=price(str(max(first, second))),
        price_to=price(str(min(first, second))),
        issue=words(draw(texts)),
        options=options(",".join(draw(option_lists))),
        meetings=draw(st.integers(1, 6)),
        turns=draw(st.integers(1, 60)),
    )


@settings(max_examples=60, deadline=None)
@given(answers(), st.booleans())
def test_whatever_is_answered_it_is_valid_and_there_is_something_to_agree_on(
    given_: Answers, bare: bool
) -> None:
    loaded = made(given_, bare)
    assert loaded.diagnostics == ()
    scenario = loaded.scenario
    [buyer] = scenario.buyers.values()
    assert (scenario.title, scenario.selling, buyer.name) == (
        given_.title, given_.selling, given_.name,
    )  # fmt: skip
    assert meeting_ground(scenario, buyer)
    first, other = scenario.issues.values()
    assert Decimal(str(first.options[0])) == given_.price_from
    assert Decimal(str(first.options[-1])) == given_.price_to
    assert [str(option) for option in other.options] == list(given_.options)


@settings(max_examples=15, deadline=None)
@given(answers(), st.booleans())
def test_whatever_the_numbers_no_lint_complains(given_: Answers, bare: bool) -> None:
    """Words are the author's own: a lint may well have something to say of those."""
    usual = Answers(given_.id, "Salt pans")
    numbers = replace(
        given_,
        **{key: getattr(usual, key) for key in ("title", "selling", "name", "role", "issue")},
        options=tuple(f"{k} weeks" for k in range(len(given_.options))),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{given_.id}.yaml"
        path.write_text(scenario_text(numbers, SCHEMA, bare), encoding="utf-8")
        assert look([str(path)]).diagnostics == ()


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(answers(), st.booleans())
def test_whatever_is_answered_every_seller_plays_it_to_an_end(given_: Answers, bare: bool) -> None:
    loaded = made(given_, bare)
    rules = loaded.rules
    for policy in (*shipped_policies(), "random"):
        state = play(rules, seller_for(rules, policy), keys_of(1, 20)).state
        assert (state.phase == Phase.ENDED).all(), policy


@pytest.mark.long
@pytest.mark.parametrize("diffuseness", (0.1, 0.35, 0.36, 0.5, 0.69, 0.7, 0.9))
@pytest.mark.parametrize(("meetings", "turns"), [(1, 8), (1, 12), (2, 8), (1, 60), (6, 9)])
def test_what_it_expects_of_its_simulations_holds(
    diffuseness: float, meetings: int, turns: int
) -> None:
    for bare, sd in ((False, 0.2), (True, 0.06)):
        one = Answers(
            "x", "X", diffuseness=diffuseness, sd=sd, meetings=meetings, turns=turns
        )  # fmt: skip
        loaded = made(one, bare)
        lines = Lines()
        tree = parse_tree(scenario_text(one, SCHEMA, bare), "x.yaml", lines)
        assert tree.root is not None
        rules = loaded.rules
        reading = read_expectations(loaded, tree.root, lines, lambda rules=rules: rules)
        assert not reading.found and len(reading.claims) == 1
        bench = bench_for(loaded, reading.claims)
        assert all(f.passed for f in judged(bench, reading.claims[0]))


# --- the command ------------------------------------------------------------------------------


def at(folder: Path, monkeypatch: pytest.MonkeyPatch, *args: str, typed: str | None = None) -> int:
    monkeypatch.chdir(folder)
    if typed is not None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return main(["new", *args])


@pytest.mark.parametrize("bare", [[], ["--bare"]], ids=["full", "bare"])
def test_it_is_clean_and_names_the_schema_beside_it(
    bare: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at(tmp_path, monkeypatch, "salt-pans", "--yes", *bare) == 0
    path = tmp_path / "salt-pans.yaml"
    assert look([str(path)]).diagnostics == ()
    assert passes(path)
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    assert first == f"# yaml-language-server: $schema={SCHEMA}"
    schema = json.loads((tmp_path / SCHEMA).read_text(encoding="utf-8"))
    assert schema["$id"] == "urn:longlunch:schema:scenario:1"
    if bare:
        assert len(rest) < 30 and load_scenario(path).scenario.title == "Salt pans"


def test_the_commands_it_names_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(tmp_path, monkeypatch, "salt-pans", "--yes")
    told = capsys.readouterr().out
    lines = [line.split("#")[0] for line in told.splitlines() if "  longlunch " in line]
    commands = [line.split()[1:] for line in lines]
    assert len(commands) == 3
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    for command in commands:
        few = ["--runs", "50"] if command[0] == "simulate" else []
        assert main([*command, *few]) == 0, command


def test_answers_may_come_from_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong answer is asked for again, an empty one takes what is offered, so does the end."""
    typed = (
        "rope\nAda Berg\n\nhim\nshe\n3\n3\n4\n2\n1\nNOK\n1 200\n1,200\n900\nlength\nlong,short\n"
    )
    assert at(tmp_path, monkeypatch, "ropewalk", typed=typed) == 0
    scenario = load_scenario(tmp_path / "ropewalk.yaml").scenario
    [buyer] = scenario.buyers.values()
    assert (scenario.selling, buyer.name, buyer.pronoun) == ("rope", "Ada Berg", "she")
    assert (buyer.diffuseness.mean, buyer.diffuseness.sd) == (0.77, 0.06)
    assert scenario.issues["price_nok"].options == [1200, 1100, 1000, 900]
    assert scenario.issues["length"].options == ["long", "short"]
    assert [m.turns for m in scenario.meetings] == [16]
    told = capsys.readouterr().out
    assert "“him” is none of the three" in told
    assert "Both prices are the same" in told
    assert "(no more answers" in told


def test_a_flag_answers_its_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--diffuseness", "0.2", "--sure", "guess", "--price-to", "80", "--turns", "9"]
    assert at(tmp_path, monkeypatch, "ropewalk", *flags, typed="") == 0
    told = capsys.readouterr().out
    assert "What do you sell" in told and "first minute" not in told and "turns" not in told
    scenario = load_scenario(tmp_path / "ropewalk.yaml").scenario
    [buyer] = scenario.buyers.values()
    assert (buyer.diffuseness.mean, buyer.diffuseness.sd) == (0.2, 0.2)
    assert scenario.issues["price_eur"].options[-1] == 80


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["Corner Bakery"], "did you mean “corner-bakery”?"),
        (["42"], "choose a name such as corner-bakery"),
        (["seoul"], "comes with the program"),
        (["a", "--pronoun", "it"], "he, she or they"),
        (["a", "--price-from", "free"], "--price-from: “free” is no amount"),
        (["a", "--price-from", "5", "--price-to", "5"], "both prices are the same"),
        (["a", "--options", "one"], "2 to 8 choices"),
        (["a", "--options", "a=b,c"], "choices without ; = @ :"),
        (["a", "--turns", "61"], "a whole number from 1 to 60"),
        (["a", "--diffuseness", "nan"], "a number from 0 to 1"),
        (["a", "--selling", "a {thing}"], "words without { and }"),
        (["a", "--sure", "very"], "well, met, guess"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_written(
    args: list[str], says: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert at(tmp_path, monkeypatch, *args, "--yes") == 2
    told = capsys.readouterr().err
    assert "error[U001]" in told and says in told
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("an afternoon of mine", encoding="utf-8")
    assert at(tmp_path, monkeypatch, "mine", "--yes") == 2
    page = Path(__file__).parents[2] / "docs" / "diagnostics" / "W002.md"
    told = capsys.readouterr().err.replace("mine.yaml", "corner-bakery.yaml")
    assert told.split("\n\n")[0] in page.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "an afternoon of mine"
    assert not (tmp_path / SCHEMA).exists()


def test_an_older_schema_of_ours_is_brought_up_to_date_and_a_foreign_one_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / SCHEMA
    ours.write_text('{"$id": "urn:longlunch:schema:scenario:0"}', encoding="utf-8")
    at(tmp_path, monkeypatch, "one", "--yes")
    assert json.loads(ours.read_text(encoding="utf-8"))["$id"].endswith(":1")
    ours.write_text('{"$id": "urn:somebody"}', encoding="utf-8")
    at(tmp_path, monkeypatch, "two", "--yes")
    assert ours.read_text(encoding="utf-8") == '{"$id": "urn:somebody"}'
    first = (tmp_path / "two.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith(f"=longlunch.{SCHEMA}") and (tmp_path / f"longlunch.{SCHEMA}").exists()


@pytest.mark.parametrize("name", ["no", "on", "null", "true"])
def test_an_id_that_yaml_reads_as_something_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at(tmp_path, monkeypatch, name, "--yes") == 0
    assert load_scenario(tmp_path / f"{name}.yaml").scenario.scenario == name


def test_a_folder_that_is_not_there_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at(tmp_path, monkeypatch, "one", "--yes", "--folder", "tables/mine") == 0
    assert (tmp_path / "tables" / "mine" / "one.yaml").exists()


def test_an_interrupted_question_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Leaving(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Leaving())
    assert at(tmp_path, monkeypatch, "one") == 130
    assert list(tmp_path.iterdir()) == []


# --- parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [("48,000", "48000"), ("48 000", "48000"), ("39.50", "39.5"), (".8", "0.8"), ("1’200", "1200")],
)
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert price(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "-4", "4,5", "0", "1e9", "1e400", "9" * 60, "0.00001", "٣"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Unusable):
        price(text)


@given(amounts)
def test_a_price_alone_gets_another_beside_it(amount: Decimal) -> None:
    assert 0 < below(amount) < amount
    assert amount < above(amount) <= MOST or amount == MOST


@given(amounts, amounts)
def test_prices_fall_and_are_written_apart(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assume(low < high)
    found = price_options(high, low)
    assert found[0] == high and found[-1] == low
    assert all(a > b for a, b in pairwise(found))
    assert len({option_text(float(p)) for p in found}) == len(found)


def test_ids_of_issues_are_never_those_of_a_price_or_a_topic() -> None:
    assert issue_id("price of the service") == "point_price_of_the_service"
    assert issue_id("Mornings") == "point_mornings"
    assert issue_id("…") == "other"
    assert issue_id("No!") == "point_no"
    assert slug("Ökologischer Anbau 2") == "okologischer-anbau-2"


def test_a_line_too_long_and_one_that_steers_are_harmless(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asker = Asker(io.StringIO("x" * 5_000 + "\n\x1b[31mred\nfine\n"))
    assert asker.ask("What?", "rope", words) == "fine"
    assert "\x1b" not in capsys.readouterr().out
