"""Turns in words: nothing twice in a meeting, nothing hidden, the same alone and in a batch."""

from __future__ import annotations

import random
import re

import pytest

from game.core.chance import keys_of
from game.core.vocabulary import Answer, Ending, Initiative, Phase, Reaction, Response
from game.policies.run import play
from game.policies.shelf import seller_for
from game.session.lines import Heard
from game.session.notation import parts_of
from game.session.scribe import meeting_texts
from game.session.voices import HIGH_TRUST, LOW_TRUST
from game.session.wording import Wording
from game.session.words import ui
from tests.marks import tables
from tests.session.tables import SHIPPED, finished, game, loaded, wander

GAMES = 10


@pytest.mark.parametrize("name", tables())
def test_no_text_is_shown_twice_in_a_meeting(name: str) -> None:
    table = loaded(name)
    rules = table.rules
    for policy in ("random", "rapport"):
        seller = seller_for(rules, policy)
        rows = meeting_texts(
            table, rules, lambda watch, s=seller: play(rules, s, keys_of(1, GAMES), watch)
        )
        assert len(rows) == GAMES
        for told in rows.values():
            for meeting in told.meetings:
                texts = [shown.text for shown in meeting]
                assert len(texts) == len(set(texts))
                assert not re.search(r"[{}]", " ".join(texts))
        turns = sum(told.turns for told in rows.values())
        assert sum(told.silent for told in rows.values()) <= 0.02 * turns


@pytest.mark.parametrize("name", tables())
def test_a_batch_row_reads_like_the_game_of_its_seed(name: str) -> None:
    table = loaded(name)
    rules = table.rules
    actions: dict[int, list[int]] = {}

    def run(watch: object) -> None:
        def both(index, before, record, after) -> None:  # type: ignore[no-untyped-def]
            watch(index, before, record, after)  # type: ignore[operator]
            for row, action in zip(index.tolist(), record.action.tolist(), strict=True):
                actions.setdefault(row, []).append(action)

        play(rules, seller_for(rules, "random"), keys_of(40, 3), both)

    rows = meeting_texts(table, rules, run)
    for row, told in rows.items():
        solo = game(name, 40 + row)
        shown = [] if solo.first is None else [s.text for s in solo.first.said]
        for action in actions[row]:
            if solo.ended:
                break
            turn = solo.play(action)
            shown += [turn.own] if turn.own else []
            shown += [s.text for s in (*turn.notices, *turn.said)]
            shown += [] if turn.opening is None else [s.text for s in turn.opening.said]
        assert solo.ended
        assert shown == [s.text for meeting in told.meetings for s in meeting]


@pytest.mark.parametrize("name", SHIPPED)
def test_diffuseness_speaks_only_through_what_was_observed(name: str) -> None:
    """With the observation fixed, another d changes no word but the thought."""
    over = finished(name, 3)
    wording = Wording(over.loaded, over.rules, over.words)
    for truth in over.truths():
        h = truth.happening
        other = h._replace(d=tuple(1 - d for d in h.d))
        one, two = wording.turn(h, Heard()), wording.turn(other, Heard())
        assert (one.notices, one.said, one.hint) == (two.notices, two.said, two.hint)


def test_every_turn_at_the_table_is_noticed_and_answered() -> None:
    for name in SHIPPED:
        over = finished(name, 5)
        for truth in over.truths():
            h = truth.happening
            if h.phase_before == Phase.TABLE:
                assert len(truth.turn.notices) == len(h.present)
                assert 1 <= len(truth.turn.said) <= 2


@pytest.mark.long
def test_what_is_heard_follows_the_observation() -> None:
    """Facts in their own words, responses and initiatives from their own occasions."""
    seen = set()
    for name in SHIPPED:
        for seed in range(4):
            over = finished(name, seed)
            for truth in over.truths():
                h, said = truth.happening, [s.id for s in truth.turn.said]
                ending = h.phase_after == Phase.ENDED or h.initiative == Initiative.DISMISSES
                if h.fact >= 0 and not ending:
                    fact = over.rules.facts.ids[h.fact]
                    assert any(f".fact.{fact}" in id for id in said)
                    assert truth.turn.fact == fact
                    seen.add("fact")
                if h.answer == Answer.EVADED:
                    seen.add("evaded")
                if h.response == Response.COUNTERS:
                    seen.add("counter")
                if h.reactions[h.who] == Reaction.CLOSES:
                    seen.add("closes")
    assert seen == {"fact", "evaded", "counter", "closes"}


def test_the_letter_takes_its_grammar_from_trust() -> None:
    play_ = game("seoul")
    letters = [
        play_.wording.letter(0, 1, ending, trust)
        for ending in range(1, 6)
        for trust in (LOW_TRUST - 0.01, (LOW_TRUST + HIGH_TRUST) / 2, HIGH_TRUST + 0.01)
    ]
    assert len({letter.id for letter in letters if letter is not None}) == 15


def test_interface_words_are_found_by_id() -> None:
    assert ui("table_turn", turn=2, turns=9) == "Turn 2 of 9"
    with pytest.raises(KeyError):
        ui("no_such_text")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_question_names_its_subject_or_was_written_for_it(name: str) -> None:
    asked = 0
    for now in wander(game(name, 1), random.Random(1)):
        own = now.scenario.phrases
        for action in now.legal():
            parts = parts_of(now.rules.actions[action])
            if parts.verb not in ("ask_direct", "ask_indirect", "ask_embarrassing"):
                continue
            text = now.preview(action)
            if text and parts.argument and f"{parts.verb}.{parts.argument}" not in own:
                asked += 1
                assert now.words.name(parts.argument).lower() in text.lower()
    assert asked


@pytest.mark.long
def test_thoughts_follow_what_was_felt() -> None:
    """The sign that was noticed may mislead; the thought of the review does not."""
    differed = 0
    for name in SHIPPED:
        over = finished(name, 4)
        wording = Wording(over.loaded, over.rules, over.words)
        for truth in over.truths():
            h = truth.happening
            change = float(truth.record.trust_after[h.who][0] - truth.record.trust_before[h.who][0])
            if abs(change) > 0.02:
                assert (h.felt[h.who] > Reaction.STILL) == (change > 0)
            seen = h._replace(reactions=tuple(Reaction.CLOSES for _ in h.reactions))
            assert wording.turn(seen, Heard()).thought == wording.turn(h, Heard()).thought
            differed += h.felt[h.who] != h.reactions[h.who]
    assert differed


def test_a_counter_at_the_very_end_is_a_no() -> None:
    over = finished("seoul", 1)
    wording = Wording(over.loaded, over.rules, over.words)
    h = next(t.happening for t in over.truths() if t.happening.phase_before == Phase.TABLE)
    bare = h._replace(response=Response.COUNTERS, fact=-1, answer=Answer.NONE, hint=-1)
    calm = [0] * len(h.states_after)
    for phase, response in ((Phase.TABLE, "counters"), (Phase.ENDED, "rejects")):
        last = bare._replace(
            phase_after=phase, initiative=Initiative.NONE, states_after=tuple(calm),
            states_before=tuple(calm), ending=int(Ending.IMPASSE), signed=False,
        )  # fmt: skip
        said = wording.turn(last, Heard()).said
        lines = {x.id for tier in wording._both(h.who, response) for x in tier}
        assert said[0].id in lines


def _goodbyes(wording: Wording, b: int) -> set[str]:
    return {x.id for tier in wording._both(b, "adjourns") for x in tier}


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_who_will_meet_again_says_goodbye_when_time_is_up(name: str) -> None:
    """Not on parting, not at the end, not when the next person is rung for."""
    heard = 0
    for seed in range(12):
        over = finished(name, seed)
        last = over.rules.calendar.first_meetings - 1
        for truth in over.truths():
            h, said = truth.happening, [s.id for s in truth.turn.said]
            goodbyes = _goodbyes(over.wording, h.who)
            left = h.phase_before == Phase.TABLE and h.phase_after in (Phase.BETWEEN, Phase.TABLE)
            left = left and (h.phase_after == Phase.BETWEEN or h.meeting_after != h.meeting_before)
            by_time = left and truth.turn.text != "part" and not h.deal
            by_time = by_time and h.initiative != Initiative.HANDS_OVER
            if by_time and h.meeting_before < last and h.demand < 0 and not h.exposed:
                assert said[-1] in goodbyes
                heard += 1
            if not by_time:
                assert goodbyes.isdisjoint(said)
    assert (heard > 0) == (over.rules.calendar.first_meetings > 1)


def test_a_demand_is_heard_before_the_goodbye() -> None:
    over = finished("seoul", 2)
    wording = Wording(over.loaded, over.rules, over.words)
    h = next(t.happening for t in over.truths() if t.happening.phase_before == Phase.TABLE)
    up = h._replace(
        phase_after=Phase.BETWEEN, response=Response.NONE, fact=-1, answer=Answer.NONE,
        exposed=False, hint=-1, initiative=Initiative.DEMAND, demand=0, deal=0,
    )  # fmt: skip
    asked, goodbye = wording.turn(up, Heard()).said
    assert asked.id not in _goodbyes(wording, h.who) and goodbye.id in _goodbyes(wording, h.who)
    later = up._replace(initiative=Initiative.NONE, demand=-1, deal=1)
    lapsed = {x.id for tier in wording._both(h.who, "deadline") for x in tier}
    assert wording.turn(later, Heard()).said[-1].id in lapsed


@pytest.mark.parametrize("name", SHIPPED)
def test_a_refusal_is_never_silent_and_gets_shorter(name: str) -> None:
    """Whoever sits there, in whatever state and manner: as many as a meeting has turns."""
    over = finished(name, 1)
    wording = Wording(over.loaded, over.rules, over.words)
    h = next(t.happening for t in over.truths() if t.happening.phase_before == Phase.TABLE)
    bare = h._replace(
        phase_after=Phase.TABLE, meeting_after=h.meeting_before, response=Response.REJECTS,
        fact=-1, answer=Answer.NONE, hint=-1, initiative=Initiative.NONE, exposed=False, demand=-1,
    )  # fmt: skip
    turns = int(over.rules.calendar.turns.max())
    open_states = [s for s, ends in enumerate(over.rules.machine.ends.tolist()) if not ends]
    early = late = 0.0
    for who in h.present:
        for state in open_states:
            for manner in range(3):
                heard = Heard()
                states = (state,) * len(h.states_after)
                now = bare._replace(
                    who=who, manner=manner, states_before=states, states_after=states
                )
                said = [wording.turn(now._replace(ply=k), heard).said for k in range(turns)]
                assert all(len(lines) == 1 for lines in said), (who, state, manner)
                assert len({lines[0].text for lines in said}) == turns
                length = [len(lines[0].text.split()) for lines in said]
                early, late = early + sum(length[:2]) / 2, late + sum(length[2:8]) / 6
    assert late < 0.75 * early
