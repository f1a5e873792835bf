"""What the lints let pass, and the reckoning behind them. Each finding has a proof of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.authoring.check import look
from game.authoring.lints import bargain
from game.authoring.lints.reach import WIDEST, box, boxes, drawn, guard_of, inside, reached
from game.authoring.subject import Subject, subjects
from game.core.arithmetic import normal
from game.core.chance import keys_of
from game.core.start import initial_state
from game.scenario.check import examine
from game.scenario.library import shipped
from game.scenario.model import Spread
from tests.marks import spread
from tests.scenario.proofs import LINT

CLEAN = (LINT / "clean.yaml").read_text()


def codes(folder: Path, text: str, voice: str = "") -> list[str]:
    (folder / "table.yaml").write_text(text)
    if voice:
        (folder / "voices").mkdir(exist_ok=True)
        (folder / "voices/ada.yaml").write_text(voice)
    return sorted({d.code for d in look([str(folder / "table.yaml")]).diagnostics})


def with_text(text: str) -> str:
    return CLEAN.replace("facts:", f"preparation:\n  history: {text!r}\nfacts:")


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The French window sticks, and the Danish pastry is from yesterday.",
        "A Dutch firm has offered the same. They speak German there.",
        "She buys Turkish flour because it is dry.",
        "Berg is not greedy, and never was.",
        "The lazy Susan on the counter is Danish design.",
        "Polish the counter, says the note in the window.",
        "Our safety culture is a folder; yoghurt cultures stand in the cellar.",
        "People here ask for rye on Fridays.",
        "Because the Swiss oven was cheaper, she bought it.",
        "Ein dänischer Ofen, ein deutscher Mixer.",
        "The price of the idle hour is 40 euros.",
    ],
)
def test_a_nation_by_itself_is_no_finding(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, with_text(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "He waits because he is from Korea.",
        "As a Korean, he waits.",
        "That is typically French.",
        "Like all Germans she counts twice.",
        "The Dutch mentality is plain.",
        "The Japanese never say no.",
        "In Japan, one does not ask twice.",
        "It is in her culture.",
        "That's how they are.",
        "The people here are slow. People here are slow.",
        "Where he comes from, people wait.",
        "She waits because of her nationality.",
        "Weil sie Französin ist, wartet sie.",
        "Typisch deutsch.",
        "Die Leute hier sind langsam.",
        "In Korea macht man das nicht.",
        "Er wartet wegen seiner Herkunft.",
    ],
)
def test_a_nation_as_a_reason_is_found(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, with_text(text)) == ["L021"]


@pytest.mark.parametrize(
    "text",
    [
        "A sly Greek sat there.",
        "Die geizigen Schotten waren zuerst da.",
        "Berg is known as a liar.",
        "Russians, corrupt as ever, offered less.",
    ],
)
def test_a_vice_beside_a_name_is_found(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, with_text(text)) == ["L022"]


def test_the_answer_to_the_question_may_name_what_it_denies(tmp_path: Path) -> None:
    answer = "It would be one if she did it because she is Swedish. She is no lazy Swede."
    assert codes(tmp_path, CLEAN.replace("She is one baker; nothing", answer + " Nothing")) == []


# --- what gives facts away ------------------------------------------------------------------------

TALKING = CLEAN.replace("name: Ada Berg", "name: Ada Berg\n  voice: ada").replace(
    "facts:",
    "facts:\n  rent: {depth: semi, about: delivery, text: 'The landlord raises the rent by "
    "1,400 a month in August.'}",
)


@pytest.mark.parametrize(
    ("line", "leaks"),
    [
        ("{on: greet, text: My landlord wants 1400 more.}", True),
        ("{on: greet, text: Good morning. 1.400 steps to the landlord.}", True),
        ("{on: greet, in: [acquainted, trusted], text: My landlord wants 1400 more.}", False),
        ("{on: greet, text: My landlord greets you.}", False),
        ("{on: greet, text: It is August and the month is long.}", False),
        ("{on: greet, in: [wary], text: The landlord and the rent in August.}", True),
    ],
)
def test_a_line_gives_a_fact_away(line: str, leaks: bool, tmp_path: Path) -> None:
    found = codes(tmp_path, TALKING, f"voice: ada\nsays:\n  a: {line}\n")
    assert ("L010" in found) is leaks


def test_a_word_that_is_public_gives_nothing_away(tmp_path: Path) -> None:
    text = TALKING.replace("stake: one order", "stake: a landlord, 1400 a month, one order")
    line = "{on: greet, text: My landlord wants 1400 more.}"
    assert "L010" not in codes(tmp_path, text, f"voice: ada\nsays:\n  a: {line}\n")


# --- guards ---------------------------------------------------------------------------------------

RANGES = {"trust": (0.0, 1.0), "damage": (0.0, 1.0), "deals": (0.0, 2.0)}


@pytest.mark.parametrize(
    ("guard", "possible"),
    [
        ("trust > 0.6 and trust < 0.3", False),
        ("trust > 0.3 and trust < 0.6", True),
        ("trust >= 1", True),
        ("trust > 1", False),
        ("deals >= 3", False),
        ("deals == 2", True),
        ("deals > 1 and deals < 2 or trust > 0.9", True),
        ("not trust > 0.3 and trust > 0.3", False),
        ("trust = 0.3 and trust != 0.3", True),  # a single value taken away is passed over
    ],
)
def test_which_guards_can_hold(guard: str, possible: bool) -> None:
    assert bool(boxes(guard_of(guard), RANGES)) is possible


OPS = ("<", "<=", ">", ">=", "=")
NAMES, BOUNDS = ("trust", "damage"), (0.0, 0.3, 0.5, 1.0)
ATOMS = st.tuples(st.sampled_from(NAMES), st.sampled_from(OPS), st.sampled_from(BOUNDS))
Clause = list[tuple[str, str, float]]
HOLDS = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "=": np.equal,
}  # fmt: skip


@given(st.lists(ATOMS, max_size=4), st.lists(ATOMS, max_size=4))
def test_boxes_agree_with_values(one: Clause, two: Clause) -> None:
    grid = np.arange(41) / 40
    trust, damage = np.meshgrid(grid, grid)
    values = {"trust": trust, "damage": damage}

    def where(clause: Clause) -> np.ndarray:
        out = np.ones_like(trust, dtype=bool)
        for name, op, bound in clause:
            out &= HOLDS[op](values[name], bound)
        return out

    first, second = box(tuple(one), RANGES), box(tuple(two), RANGES)
    assert (first is not None) == bool(where(one).any())
    if first is not None and second is not None:
        assert inside(first, second) == bool((where(two) | ~where(one)).all())


@pytest.mark.parametrize("name", spread(shipped()))
def test_every_shipped_state_is_within_reach_of_somebody(name: str) -> None:
    [subject] = subjects([examine(name)])
    states = {s for one in subject.possible.reached.values() for s in one.states}
    assert states == set(subject.machine.states)


def test_a_specific_buyer_is_never_fair_game(tmp_path: Path) -> None:
    subject = one(tmp_path, CLEAN.replace("{mean: 0.4, sd: 0.1}", "{mean: 0.1, sd: 0.05}"))
    found = reached(subject.scenario, subject.machine, "berg")
    assert "fair_game" not in found.states
    assert {"trusted", "wary", "closed", "partner"} <= found.states


def one(folder: Path, text: str) -> Subject:
    (folder / "table.yaml").write_text(text)
    [subject] = subjects([examine(folder / "table.yaml")])
    return subject


# --- draws ----------------------------------------------------------------------------------------


def test_the_widest_draw_is_the_games_own() -> None:
    edge = np.ones((4, 1), np.float32)
    assert float(normal(edge)[0]) <= WIDEST
    assert float(normal(edge)[0]) == pytest.approx(WIDEST, abs=0.01)
    assert drawn(Spread(mean=0.5, sd=0.1)) == pytest.approx((0.153, 0.847))
    assert drawn(Spread(mean=0.1, sd=0.1)) == (0.0, pytest.approx(0.447))


def test_the_share_of_empty_draws_is_that_of_the_game(tmp_path: Path) -> None:
    """Against 4,000 games as they are drawn, and the packages of the compiled rules."""
    proof = (LINT / "l012.yaml").read_text()
    (tmp_path / "clean.yaml").write_text(CLEAN)
    subject = one(tmp_path, proof)
    share = bargain._Table(subject.scenario, ("berg",)).empty_share()
    rules = subject.rules
    state = initial_state(rules, keys_of(1, 4000))
    table = rules.bargain.buyer.reshape(rules.bargain.needs, -1)
    able = rules.bargain.seller >= rules.bargain.seller_reservation - 1e-6
    fits = (table[state.need[0]] >= state.reservation[0][:, None]) & able
    assert share == pytest.approx(float(1 - fits.any(axis=1).mean()), abs=0.03)


def test_two_with_a_say_must_agree_to_one_package(tmp_path: Path) -> None:
    """Each would find a package, the two together do not."""
    text = CLEAN.replace(
        "buyer:\n  name: Ada Berg\n  role: Owner of two bakeries\n"
        "  diffuseness: {mean: 0.4, sd: 0.1}\n  welcome: [oven]",
        "you: {reservation: 0.29}\nbuyers:\n"
        "  ada: {name: Ada Berg, diffuseness: {mean: 0.4, sd: 0.1}, welcome: [oven],\n"
        "    reservation: {mean: 0.7, sd: 0.01}, weights: {price_eur: 1, delivery: 0}}\n"
        "  jo: {name: Jo Hall, diffuseness: {mean: 0.4, sd: 0.1},\n"
        "    reservation: {mean: 0.7, sd: 0.01}, weights: {price_eur: 0, delivery: 1}}",
    )
    assert codes(tmp_path, text) == ["L011"]
    alone = text.replace("name: Jo Hall,", "name: Jo Hall, say: false,")
    assert codes(tmp_path, alone) == []


# --- packs ----------------------------------------------------------------------------------------


def cast(folder: Path, *people: tuple[str, str, float]) -> list[str]:
    (folder / "clean.yaml").write_text(CLEAN)
    for index, (name, culture, status) in enumerate(people):
        (folder / f"t{index}.yaml").write_text(
            f"scenario: t{index}\nextends: clean\ntitle: A mixer\nbuyer:\n  name: {name}\n"
            f"  culture: {culture}\n  status: {status}\n  portrait: {{dress: dress{index}}}\n"
        )
    return sorted({d.code for d in look([str(folder)]).diagnostics})


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([("A A", "KR", 0.9), ("B B", "KR", 0.8), ("C C", "NL", 0.5), ("D D", "US", 0.5)], True),
        ([("A A", "KR", 0.9), ("B B", "KR", 0.5), ("C C", "NL", 0.5), ("D D", "US", 0.5)], False),
        ([("A A", "KR", 0.9), ("B B", "KR", 0.8), ("C C", "NL", 0.9), ("D D", "US", 0.5)], False),
        ([("A A", "KR", 0.9), ("B B", "KR", 0.8), ("C C", "NL", 0.5)], False),
        ([("A A", "KR", 0.9), ("A A", "KR", 0.9), ("C C", "NL", 0.5), ("D D", "US", 0.5)], False),
    ],
)
def test_a_trait_of_one_country(
    people: list[tuple[str, str, float]], found: bool, tmp_path: Path
) -> None:
    assert cast(tmp_path, *people) == (["L025"] if found else [])
