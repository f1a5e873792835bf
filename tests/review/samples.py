"""Reviews made by hand, for the views of a review.

`seoul` is the one of the target picture: two meetings, a mistake, a great move, a missed chance, a
slow leak and two reads. The others are the edges: two buyers, nobody there any more after one turn,
sixty moves, a game that has not begun or is not over, and a scenario whose every text is hostile.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from game.review.model import (
    Buyer,
    Cause,
    FactDot,
    Moment,
    Next,
    Principle,
    Read,
    Review,
    Style,
)
from tests.review.story import OTHERS, Play, Story, accuracy_of, label_of, review_of

# --- Seoul: the target picture ----------------------------------------------------------------

PRINCIPLES = (
    Principle("price", "Trust is the price of admission; the price itself comes after.",
              "Trompenaars & Hampden-Turner 1997, ch. 7"),
    Principle("flight", "A flight only you can move is a clock only the other side can read.",
              "Moore 2004"),
    Principle("questions", "A follow-up question says more about you than a second slide.",
              "Huang et al. 2017"),
)  # fmt: skip

_SEOUL = (
    Play("prepare_history", "Read up on their history", phase="prepare", luck=0.2,
         own="You look up how the house began. Somebody may ask."),
    Play("prepare_objectives", "Read up on what they want", loss=1.6, luck=-0.4, phase="prepare",
         better=("prepare_referral", "Find somebody they trust")),
    Play("greet", "Greet, and take your time", loss=0.8, luck=1.0, radius=3.0, comfort=2.8,
         own="Good day, Director Kang. I walked the last part.",
         said=("Ah. I had begun to tell the teapot about you.",), trust=(0.15,),
         notice="He moves the better chair out for you, by a hand's breadth."),
    Play("small_talk:harvest", "Talk about the persimmon harvest", luck=2.2, radius=3.0,
         comfort=2.7, own="Was it a good year for persimmons?", trust=(0.19,),
         said=("My mother says that every year is good, and some are shorter.",),
         thought="He has seen the tree. Good."),
    Play("ask_history", "Ask about the founding of the firm", luck=2.6, comfort=2.5, trust=(0.27,),
         own="All I know is a year and a borrowed cart. How did it begin?", as_label="great",
         said=("One room, and the press had the better half.",),
         told="press_lobby",
         notice="He sits up. It makes him not stiffer, but younger.",
         thought="At last somebody who asks where the thing comes from.", principle="questions"),
    Play("share_meal", "Accept a second cup", loss=0.6, luck=1.4, radius=3.0, comfort=2.3,
         trust=(0.35,), own="Gladly. The first was gone too quickly.", better=OTHERS[7],
         notice="He pours for you first."),
    Play("ask_indirect:export", "Ask how the export plan came about", loss=0.8, luck=2.0,
         comfort=2.1, trust=(0.38,), own="And when the house began to think of other countries?",
         said=("A hall in Ansan, with nothing in it but paint and an echo.",),
         told="march_line"),
    Play("quote_price:fair", "Put the price on the table", loss=17.2, luck=-0.6, radius=0.0,
         comfort=2.0, trust=(0.24,), own="Then let me say it plainly: forty-one the unit.",
         better=("ask_indirect:board", "Ask indirectly about the board"),
         said=("Forty-one. I see. … And for that, the installation would be included, of course?",),
         notice="The cup goes back to its saucer without a sound.",
         thought="So that is what this visit is. Then I owe it to the house to ask for everything.",
         causes=(Cause("price_before_trust", "A price, before there was trust", 12.4, -0.11),
                 Cause("push", "Nearer to the deal than they were ready for", 4.8, -0.03)),
         principle="price", face_up=19.0),
    Play("hold", "Hold the price", loss=3.9, luck=0.9, radius=0.0, comfort=2.1, trust=(0.24,),
         own="That is what it costs to look after it.", better=OTHERS[3],
         said=("Naturally. One asks.",)),
    Play("give_demand:installation", "Give the installation", luck=-1.1, radius=0.0, comfort=2.1,
         trust=(0.23,), as_label="only", said=("You are generous.",)),
    Play("ask_indirect:months", "Ask indirectly about the contract length", loss=3.4, luck=1.2,
         radius=1.0, comfort=2.0, trust=(0.26,), better=OTHERS[2],
         said=("My daughter has begun to correct my letters.",)),
    Play("tell_own", "Tell something of your own", loss=3.2, luck=-1.5, radius=3.0, comfort=1.9,
         trust=(0.28,), own="I was an apprentice the year we built a line that was wrong.",
         marks=("missed_chance",), better=("accept_invitation", "Accept the visit to the works"),
         said=("Then come and see ours. Tomorrow, before the shift.",)),
    Play("tell_return", "Name your flight", loss=8.3, luck=-0.8, radius=1.0, comfort=2.0,
         trust=(0.26,), own="I fly on Friday, at twenty to seven.",
         better=("stay_open", "Say that your return is open"),
         said=("Friday. So. Then there is not much time for us.",),
         causes=(Cause("known_flight", "Your flight was known, and used", 8.1, 0.0),),
         principle="flight"),
    Play("visit", "Walk through the works", loss=0.4, luck=-0.2, phase="between", radius=3.0,
         trust=(0.27,), own="You walk behind the foreman and ask about the stool.",
         notice="The women at line two laugh about something, and let you in on it."),
    Play("quote_reasons:fair", "Explain the price", loss=2.2, luck=-3.0, radius=0.0, comfort=1.8,
         trust=(0.24,), meeting=2, event="A message from the airline: an earlier departure.",
         said=("Daeil says thirty-eight.",), better=OTHERS[7]),
    Play("concede", "Come down a step", loss=2.9, luck=1.0, radius=0.0, comfort=1.8, trust=(0.22,),
         meeting=2, said=("And the second year of service?",), better=OTHERS[9]),
    Play("decline_demand", "Say no, with a reason", loss=0.3, luck=1.1, radius=0.0, comfort=1.8,
         trust=(0.27,), meeting=2, own="That I cannot do, and I will tell you why.",
         said=("That I can repeat upstairs.",)),
    Play("accept", "Accept the offer", loss=0.9, luck=-0.4, radius=0.0, comfort=1.7,
         trust=(0.28,), meeting=2, said=("Then we shall see each other in March.",)),
)  # fmt: skip


def seoul() -> Review:
    """The target picture: 18 moves, 15 of them at the table in two meetings."""
    truth = 0.86
    return review_of(_SEOUL, Story(par=73.0, extra={
        "moments": (
            Moment(5, "great", "Turn 3: ask about the founding of the firm",
                   "The next best kind of move would have cost 7.4 points.", 7.4, "questions"),
            Moment(8, "mistake", "Turn 6: a price, before there was trust",
                   "Cost 17 points. Better: ask indirectly about the board.", 17.2, "price"),
            Moment(9, "slow_leak", "Turns 7 to 10: a slow leak",
                   "10 points together, and no turn that shows it. Most of it in turn 7.", 10.5,
                   ""),
        ),
        "reads": (
            Read("kang", "Kang Dae-jung", 4, 0.55, 0.5, truth, 0.31, 0.74, 0.12, False, True),
            Read("kang", "Kang Dae-jung", 9, 0.69, 1.0, truth, 0.17, 0.81, 0.05, False, True),
        ),
        "style": Style(0.31, 15, "specific"),
        "buyers": (
            Buyer("kang", "Kang Dae-jung", truth, "a line that runs in March",
                  "the persimmon harvest", "the brother on the board"),
        ),
        "facts": (
            FactDot("press_lobby", "the first noodle press", "kang",
                    "public", True),
            FactDot("march_line", "the way to export", "kang", "public", True),
            FactDot("ship_space", "start of the line", "kang", "semi", False),
            FactDot("board_limit", "price", "kang", "private", False),
            FactDot("brother_plan", "the brother on the board", "kang", "private", False),
        ),
        "principles": PRINCIPLES,
        "next": (
            Next("try_again", "e8", "Turn 6 once more, with the same luck."),
            Next("scenario", "toronto", "Toronto, two buyers: one specific and one diffuse."),
            Next("principle", "price", "Before a price, ask yourself what he knows about you."),
        ),
        "letter": "Dear friend,\n\nthe line runs. My mother asked whether the young man who "
                  "liked the press will come in spring. I said that I would ask.\n\nKang Dae-jung",
    }))  # fmt: skip


# --- the edges ----------------------------------------------------------------------------------


def left_after_one() -> Review:
    """The buyer left after turn 1: one move, no moments, no style, no reads, no deal."""
    play = Play("disagree_hard", "Contradict openly", loss=31.0, luck=-2.0, trust=(0.02,),
                said=("Good day to you.",), notice="He gets up.", better=OTHERS[0],
                causes=(Cause("slight", "A slight, before others", 31.0, -0.1),))  # fmt: skip
    return review_of((play,), Story(extra={
        "ending": "walkaway", "ending_title": "They walked away", "deal": "",
        "moments": (Moment(1, "blunder", "Turn 1: a slight", "Cost 31 points.", 31.0, ""),),
    }))  # fmt: skip


def not_begun() -> Review:
    """No move at all, and still going on."""
    return review_of((), Story(extra={
        "ended": False, "ending": "none", "ending_title": "Still open", "deal": "", "stage": 1,
        "parts": (), "buyers": (),
    }))  # fmt: skip


def unfinished() -> Review:
    """`seoul` left after turn 8: nothing of what lies hidden is there yet."""
    moves = tuple(replace(m, trust=(), thought=None, causes=()) for m in seoul().moves[:10])
    return replace(
        seoul(), moves=moves, ended=False, ending="none", ending_title="Not over yet", deal="",
        score=moves[-1].worth + moves[-1].luck, parts=(), reads=(), buyers=(), letter="",
        skill=seoul().par + sum(m.skill for m in moves), luck=sum(m.luck for m in moves),
        facts=tuple(fact for fact in seoul().facts if fact.told), moments=seoul().moments[:2],
        accuracy=accuracy_of(moves), style=Style(None, 3, ""),
    )  # fmt: skip


def sixty() -> Review:
    """Sixty moves in four meetings, most of them small."""
    plays = [
        Play(f"small_talk:{k % 5}", f"Talk about number {k}",
             loss=0.0 if k % 4 else k * 7 % 11 * 1.2, luck=((k * 5) % 7 - 3) * 0.5 + 1.0,
             radius=float(k % 4), trust=((k % 30) / 40 + 0.1,),
             said=(f"Line {k}.",), meeting=1 + (k - 1) // 15)
        for k in range(1, 61)
    ]  # fmt: skip
    return review_of(plays, Story(extra={
        "style": Style(0.5, 60, "between"),
        "moments": tuple(
            Moment(k, plays[k - 1].as_label or label_of(0.7 * plays[k - 1].loss),
                   f"Turn {k}: talk about number {k}", "Cost some points.", plays[k - 1].loss, "")
            for k in (4, 28, 36)
        ),
    }))  # fmt: skip


def two_buyers() -> Review:
    """Two people at one table, each with a trust, a read and an end of the continuum."""
    names = (("kurian", "Maya Kurian"), ("dalgleish", "Tom Dalgleish"))
    plays = (
        Play("greet@kurian", "Greet Maya Kurian", luck=1.0, radius=3.0, trust=(0.2, 0.3),
             said=("Welcome.", "Morning.")),
        Play("ask_direct:budget@dalgleish", "Ask Tom Dalgleish about the budget", loss=2.4,
             luck=0.5, radius=1.0, trust=(0.14, 0.4), told="budget",
             said=("We had hoped to begin elsewhere.", "Ninety thousand.")),
        Play("quote_price:fair@dalgleish", "Put the price on the table", loss=24.0, luck=-1.0,
             radius=0.0, trust=(0.05, 0.45), said=("I see.", "Fine by me.")),
        Play("propose:price_eur=86000;delivery=May", "Propose: 86,000 EUR, delivery: May",
             loss=1.0, luck=2.0, radius=0.0, trust=(0.06, 0.5)),
    )  # fmt: skip
    return review_of(plays, Story(names=names, par=47.0, trust=(0.15, 0.3), extra={
        "scenario": "toronto-committee", "title": "Two chairs in Toronto", "help": "guided",
        "blind": True, "hints": 2, "coached": 1, "undone": 3, "stage": 2,
        "moments": (Moment(3, "blunder", "Turn 3: too soon for her", "Cost 24 points.", 24.0, ""),),
        "buyers": (
            Buyer("kurian", "Maya Kurian", 0.78, "somebody who stays", "the lake", "the merger"),
            Buyer("dalgleish", "Tom Dalgleish", 0.16, "a number that holds", "", ""),
        ),
        "reads": (
            Read("kurian", "Maya Kurian", 2, 0.8, 0.5, 0.78, 0.02, 0.7, 0.08, True, True),
            Read("dalgleish", "Tom Dalgleish", 2, 0.1, 0.0, 0.16, 0.06, 0.2, 0.04, True, True),
        ),
        "facts": (
            FactDot("budget", "price", "dalgleish", "semi", True),
            FactDot("merger", "the merger", "kurian", "private", False),
        ),
        "style": Style(0.12, 4, "very_specific"),
    }))  # fmt: skip


HOSTILE = "</script><script>alert(1)</script>\"' onload=x {{ 7*7 }} \u202eevil\u2066 &amp; <!--"


def hostile() -> Review:
    """`seoul` with every text that a scenario or a player can write turned into an attack."""
    kept = {"phase", "label", "marks", "kind", "depth", "ending", "help", "band", "entry",
            "state", "transcript", "principle", "told", "id", "buyer"}  # fmt: skip

    def turned(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return value if name in kept or not value else f"{value} {HOSTILE}"
        if isinstance(value, tuple):
            return tuple(turned(item, name) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{f.name: turned(getattr(value, f.name), f.name) for f in fields(value)}
            )
        return value

    found = turned(seoul())
    assert isinstance(found, Review)
    return found


ALL = {
    "seoul": seoul, "left_after_one": left_after_one, "not_begun": not_begun, "sixty": sixty,
    "two_buyers": two_buyers, "unfinished": unfinished, "hostile": hostile,
}  # fmt: skip
