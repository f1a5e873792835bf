"""Looking back, everybody predicts on one hand which move was worth most, in all ways to run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game.workshop.debrief.page import deck_of
from game.workshop.debrief.reviews_worker import Weigh, Weighed
from game.workshop.room import house, predictions
from tests.workshop.hosted import Browser, Hosted, play

Script = Callable[[Hosted], Awaitable[None]]


def weigh(hosted: Hosted) -> None:
    """As the process does beside the room."""
    weigh, reviews = Weigh(), hosted.live.reviews
    for id, table in hosted.live.room.tables.items():
        if table.ply:
            reviews.take(weigh(reviews._asked(hosted.live.room, id, "en")))


def other_worths(hosted: Hosted) -> None:
    """Every move is worth something else than it is."""
    done = hosted.live.reviews._done
    for place, found in list(done.items()):
        assert found.review is not None
        moves = tuple(
            replace(
                move,
                options=tuple(replace(o, worth=100 - o.worth, loss=9.87) for o in move.options),
                loss=9.87,
            )
            for move in found.review.moves
        )
        done[place] = replace(found, review=replace(found.review, moves=moves))
    hosted.live.reviews.made += 1
    hosted.workshop.parts.forget()


async def split(hosted: Hosted, *names: str) -> tuple[Browser, dict[str, Browser]]:
    """Everybody plays a move, not the same one; the debrief begins with where they split."""
    host = await hosted.console()
    phones = {name: await hosted.phone(name) for name in names}
    await host.does("start")
    for k, phone in enumerate(phones.values(), 1):
        table = f"s{k}.1"
        await phone.does("move", table=table, ply=0, action=hosted.hand(table)[k % 2])
    await host.does("stage", to="debrief")
    weigh(hosted)
    await host.does("slide", slide=0, on="no")
    return host, phones


async def bytes_of(hosted: Hosted, phone: Browser) -> list[bytes]:
    """What a phone and the wall are sent: pages as forms, and what a stream would send."""
    stage = hosted.client("127.0.0.1")
    await stage.get(hosted.workshop.console.link("stage"))
    return [
        (await client.get(path)).content
        for client, path in (
            (phone.client, "/play"), (phone.client, "/poll/phone"),
            (stage, "/stage"), (stage, "/poll/stage"),
        )
    ]  # fmt: skip


WAYS = [("parallel", {}, ()), ("pairs", {}, ("toronto", "toronto-second"))]


@pytest.mark.long
@pytest.mark.parametrize(("mode", "plan", "scenarios"), WAYS)
def test_everybody_predicts_on_the_same_hand_and_then_it_is_shown(
    tmp_path: Path, mode: str, plan: dict[str, Any], scenarios: tuple[str, ...]
) -> None:
    async def script(hosted: Hosted) -> None:
        host, phones = await split(hosted, "Ana", "Ben", "Cem")
        ana, ben, cem = phones.values()
        assert "Let everybody predict first" in await host.words()
        await host.does("predict", slide=0, number=1)
        await host.does("predict", slide=0, number=1)  # the other console, at the same moment
        (question,) = hosted.live.room.questions.values()
        hand = predictions.hand_at(hosted.live.room.tables[question.table], 0)
        assert set(hand) <= set(question.options), "one hand for all"
        assert len(question.options) >= 3
        for phone in phones.values():
            page = await phone.page()
            for option in question.options:
                assert f'name="answer" value="{option}"' in page
        shown = await host.page("/stage")
        assert "Which did most of you choose" not in shown, "the slide waits"
        assert "which was worth most here?" in shown
        right, wrong = question.options[0], question.options[1]
        for phone, answer in ((ana, right), (ben, wrong), (cem, wrong)):
            await phone.does("answer", question="q1", answer=answer)
        assert "3 of 3" in await host.words("/stage")

        before = await bytes_of(hosted, ana)
        assert not question.losses and not question.truth
        other_worths(hosted)
        assert await bytes_of(hosted, ana) == before, "nothing of the worth is in them"
        weigh(hosted)

        await host.does("close", question="q1")
        assert (await ana.tries("answer", question="q1", answer=wrong)).status_code == 409
        assert "67 %" in await host.words("/stage") and not question.losses
        await host.does("show", question="q1")
        assert set(question.losses) == set(question.options)
        words = await host.words("/stage")
        assert "worth most" in words or "as good as the best" in words
        told = await ana.words()
        assert "worth most." in told or "as good as the best." in told
        review = hosted.live.reviews.of(question.table)
        assert review is not None and review.review is not None
        losses = {o.action: o.loss for o in review.review.moves[0].options}
        for action, loss in question.losses.items():
            assert loss == pytest.approx(losses[action], abs=0.006), "as the slide says"

        await host.does("slide", slide=0, on="yes")
        assert "which was worth most here?" not in await host.page("/stage")
        assert "Where the room split" in await host.page("/stage")
        same = {id: q.losses for id, q in hosted.again().live.room.questions.items()}
        assert same == {"q1": question.losses}

    play(tmp_path, script, *scenarios, mode=mode, **plan)


@pytest.mark.long
def test_without_phones_hands_are_counted(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host = await hosted.console()
        await host.does("start")
        for counts in ((3, 4), (5, 2)):
            ply = hosted.live.room.tables["s1.1"].ply
            one, two, *_ = hosted.hand()
            place = {"table": "s1.1", "ply": ply}
            await host.does(
                "count", **place, **{f"count.{one}": counts[0], f"count.{two}": counts[1]}
            )
            await host.does("decide", **place, action=one)
        await host.does("stage", to="debrief")
        weigh(hosted)
        await host.does("slide", slide=0, on="no")
        await host.does("predict", slide=0, number=1)
        (question,) = hosted.live.room.questions.values()
        first, second = question.options[:2]
        page = await host.page()
        assert all(f'name="count.{option}"' in page for option in question.options)
        await host.does("answers", question="q1", **{f"count.{first}": 6, f"count.{second}": 2})
        await host.does("show", question="q1")
        words = await host.words("/stage")
        assert "75 %" in words and "25 %" in words

    play(tmp_path, script, mode="round", phones=False)


@pytest.mark.long
def test_what_no_review_has_is_weighed_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    real = house.losses_of

    def counted(*args: Any) -> dict[str, float]:
        asked.append(list(args[3]))
        return real(*args)

    monkeypatch.setattr(house, "losses_of", counted)

    async def script(hosted: Hosted) -> None:
        host, _ = await split(hosted, "Ana", "Ben")
        await host.does("predict", slide=0, number=1)
        (question,) = hosted.live.room.questions.values()
        hosted.live.reviews.forget()
        assert not asked
        await host.does("show", question="q1")
        assert asked == [sorted(question.options, key=asked[0].index)]
        assert set(question.losses) == set(question.options)

    play(tmp_path, script)


@pytest.mark.long
def test_it_is_asked_only_of_the_slide_on_the_wall_and_ends_with_it(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, phones = await split(hosted, "Ana", "Ben")
        deck = deck_of(hosted.live)
        assert deck[0].moment is not None and deck[-1].moment is None
        for slide, status in ((1, 409), (len(deck) - 1, 409), (99, 409), (-1, 400)):
            assert (await host.tries("predict", slide=slide, number=1)).status_code == status
        await host.does("predict", slide=0, number=1)
        assert hosted.live.room.questions["q1"].open
        await host.does("slide", slide=1, on="no")
        assert not hosted.live.room.questions["q1"].open, "nobody answers what is no more asked"
        assert 'action="/act/answer"' not in await phones["Ana"].page()
        assert (await host.tries("predict", slide=0, number=2)).status_code == 409
        await host.does("slide", slide=0, on="yes")
        assert (await host.tries("predict", slide=0, number=2)).status_code == 409, "it is open"
        await host.does("stage", to="playing")
        assert (await host.tries("predict", slide=0, number=2)).status_code == 409
        assert (await host.tries("ask", kind="best", number=2)).status_code == 409

    play(tmp_path, script)


@pytest.mark.long
def test_onlookers_watch_and_the_paused_wait(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, phones = await split(hosted, "Ana", "Ben")
        eve = await hosted.phone("Eve", observe=True)
        await host.does("predict", slide=0, number=1)
        option = hosted.live.room.questions["q1"].options[0]
        assert (await eve.tries("answer", question="q1", answer=option)).status_code == 403
        await host.does("pause", on="yes")
        late = await phones["Ana"].tries("answer", question="q1", answer=option)
        assert late.status_code == 423
        await host.does("pause", on="no")
        assert (await phones["Ana"].tries("answer", question="q1", answer="fly")).status_code == 400
        plain = await phones["Ana"].client.post(
            "/act/answer", data={"question": "q1", "answer": option}
        )
        assert plain.status_code == 303, "as a plain form, without a script"
        assert hosted.live.room.questions["q1"].answers == {"p1": option}

    play(tmp_path, script)


def test_a_review_keeps_what_was_in_hand(tmp_path: Path) -> None:
    async def script(hosted: Hosted) -> None:
        host, ana = await hosted.console(), await hosted.phone("Ana")
        await host.does("start")
        hand = hosted.hand()
        await ana.does("move", table="s1.1", ply=0, action=hand[-1])
        found: Weighed = Weigh()(hosted.live.reviews._asked(hosted.live.room, "s1.1", "en"))
        assert found.review is not None
        assert set(hand) <= {option.action for option in found.review.moves[0].options}

    play(tmp_path, script)
