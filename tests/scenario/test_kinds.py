"""Parts of a scenario whose keys depend on a word: events and further deals."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from game.core.chance import keys_of
from game.core.happen import apply_event
from game.core.start import initial_state
from game.scenario.compile import compile_rules
from game.scenario.model import Renewal, Scenario, deal_from, event_from
from game.scenario.shapes import annotation_at, kinds_with, members, model_keys, tags, untagged
from tests.at_hand import at_hand

SIZED = ("delivery_failure", "rival_offer", "good_news", "bad_news", "skill_lapse")


def test_an_event_takes_the_keys_of_its_kind() -> None:
    assert event_from({"kind": "good_news", "size": 0.2}).kind == "good_news"
    for data in (
        {"kind": "boss_calls", "size": 0.2},
        {"kind": "good_news", "turns_earlier": 2},
        {"kind": "rain"},
        {},
    ):
        with pytest.raises(ValidationError):
            event_from(data)


def test_a_deal_without_a_kind_is_a_renewal() -> None:
    assert deal_from({"turns": 6}) == Renewal(turns=6)
    assert deal_from({"kind": "cross_sale", "subject": "service"}).subject == "service"
    with pytest.raises(ValidationError):
        deal_from({"kind": "renewal", "subject": "service"})


@pytest.mark.parametrize(("keys", "earlier"), [({}, 2), ({"turns_earlier": 5}, 5)])
def test_a_moved_flight_leaves_as_many_turns_earlier_as_it_says(
    keys: dict[str, int], earlier: int
) -> None:
    loaded = at_hand("seoul")
    moved = event_from({"kind": "flight_moved", **keys})
    scenario = loaded.scenario.model_copy(update={"events": {"moved": moved}})
    rules = compile_rules(scenario, loaded.machine, loaded.moves)
    state = initial_state(rules, keys_of(1, 3))
    d = np.zeros((rules.n_buyers, 3), np.float32)
    after = apply_event(rules, state, d, np.array([0, -1, 0], np.int8))
    assert (state.flight_turn - after.flight_turn).tolist() == [earlier, 0, earlier]


def test_a_path_of_pydantic_becomes_one_of_the_file() -> None:
    path = ("events", "late", "good_news", "size")
    assert untagged(Scenario, path) == ("events", "late", "size")
    assert untagged(Scenario, ("deals", 0, "renewal", "turns")) == ("deals", 0, "turns")
    assert untagged(Scenario, ("buyers", "kang", "needs")) == ("buyers", "kang", "needs")


def test_the_models_are_walked_through_their_kinds() -> None:
    late = ("events", "late")
    assert set(members(annotation_at(Scenario, late))) == {
        *SIZED, "flight_moved", "boss_calls", "deception_exposed",
    }  # fmt: skip
    assert model_keys(Scenario, late) == []
    assert "turns_earlier" in model_keys(Scenario, (*late, "flight_moved"))
    assert set(SIZED) < set(kinds_with(Scenario, (*late, "boss_calls"), "size"))
    assert tags(Scenario, late, {"kind": "good_news"}) == ("good_news",)
    assert tags(Scenario, ("deals", 0), {}) == ("renewal",)
    assert tags(Scenario, ("buyers", "kang"), {"kind": "good_news"}) == ()
