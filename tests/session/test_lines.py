"""Which line is chosen: by hash, by tier, never twice."""

from __future__ import annotations

import random

from game.session.lines import Heard, choose, filled, fits_state, line, mixed

ANY = fits_state(frozenset(), "")


def test_a_new_variant_changes_only_the_turns_it_wins() -> None:
    old = [line(f"line_{k}", str(k)) for k in range(5)]
    new = [*old, line("line_new", "new")]
    changed = 0
    for turn in range(400):
        before = choose([old], 7, turn, Heard(), {}, ANY)
        after = choose([new], 7, turn, Heard(), {}, ANY)
        assert before is not None and after is not None
        if after.id != before.id:
            assert after.id == "line_new"
            changed += 1
    assert 30 < changed < 110  # about one in six


def test_the_order_of_a_file_does_not_matter() -> None:
    lines = [line(f"line_{k}", str(k)) for k in range(9)]
    shuffled = lines.copy()
    random.Random(3).shuffle(shuffled)
    for turn in range(50):
        one = choose([lines], 1, turn, Heard(), {}, ANY)
        assert one == choose([shuffled], 1, turn, Heard(), {}, ANY)


def test_tiers_are_spent_in_order_and_then_there_is_silence() -> None:
    tiers = [[line("near", "near")], [line("far", "far")]]
    heard = Heard()
    ids = []
    for turn in range(3):
        found = choose(tiers, 1, turn, heard, {}, ANY)
        ids.append(found and found.id)
        if found is not None:
            heard.add(found.id)
    assert ids == ["near", "far", None]


def test_a_new_meeting_may_repeat_only_what_cannot_be_said_afresh() -> None:
    tiers = [[line("near", "near")], [line("far", "far")]]
    heard = Heard()
    heard.add("near")
    heard.meeting.clear()
    found = choose(tiers, 1, 1, heard, {}, ANY)
    assert found is not None and found.id == "far"
    heard.add("far")
    heard.meeting.clear()
    found = choose(tiers, 1, 1, heard, {}, ANY)
    assert found is not None and found.id == "near"


def test_state_and_pole_must_fit() -> None:
    plain = line("plain", "x", ["stranger"], "plain")
    assert fits_state(frozenset({"stranger"}), "plain")(plain)
    assert fits_state(frozenset({"stranger"}), "")(plain)
    assert not fits_state(frozenset({"stranger"}), "circling")(plain)
    assert not fits_state(frozenset({"partner"}), "plain")(plain)
    assert fits_state(frozenset({"partner"}), "circling")(line("any", "x"))


def test_a_placeholder_without_a_value_keeps_the_line_back() -> None:
    lines = [line("a", "It is {price}.")]
    assert choose([lines], 1, 1, Heard(), {}, ANY) is None
    assert choose([lines], 1, 1, Heard(), {"price": "41 EUR"}, ANY) == lines[0]


def test_a_value_that_begins_a_sentence_gets_a_capital() -> None:
    values = {"about": "the delivery", "price": "41 EUR"}
    assert filled("{about}: yes. {about}? No {about}.", values) == (
        "The delivery: yes. The delivery? No the delivery."
    )
    assert filled("{price}. Good.", values) == "41 EUR. Good."


def test_the_hash_spreads() -> None:
    drawn = [mixed(seed, turn, 5) >> 24 for seed in range(64) for turn in range(64)]
    assert abs(sum(drawn) / len(drawn) - 127.5) < 5
    assert len(set(drawn)) == 256
