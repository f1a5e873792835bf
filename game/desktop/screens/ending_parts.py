"""What the end of a game shows: its name, the letter, the three parts of the score, the bonus."""

from __future__ import annotations

from game.core.vocabulary import Ending
from game.desktop.layout import Column, Row
from game.desktop.screens.sheets_parts import points, score_names, weights
from game.desktop.text import BODY, HERO, LABEL, SMALL, SPOKEN, STRONG, TITLE, Run
from game.desktop.widget import Widget
from game.desktop.widgets import Card, Divider, Label, RichText, section
from game.desktop.words import counted, say
from game.session.endings import ending_name, ending_title
from game.session.game import Game
from game.session.tries import comparison
from game.session.words import ui
from game.session.writing import listed, named, numeral


def ending_lines(game: Game) -> list[str]:
    """What else is to be said of it."""
    result = game.outcome()
    lines = [ui(f"ending_{ending_name(game)}_line")]
    if int(result.ending[0]) == Ending.WALKAWAY:
        view = game.final_view()
        ends = game.rules.machine.ends[view["true_trust_state"][:, 0]].tolist()
        for buyer, left in enumerate(ends):
            if left:
                spent = float(view["patience"][buyer][0]) <= 0
                lines.append(say("ending.why_patience" if spent else "ending.why_damage"))
                break
    deals, total = int(result.deals[0]), int(game.rules.calendar.deals)
    if total > 1 and deals:
        lines.append(say("ending.deals", count=deals, total=total))
    return lines


def letter(game: Game) -> Widget | None:
    """The letter as paper; None where nobody writes."""
    written = game.letter()
    if written is None:
        return None
    name = game.scenario.buyers[written.buyer].name if written.buyer else ""
    head = ui("review_letter") + (f" · {say('ending.letter_from', value=name)}" if name else "")
    return Card(
        Label(head, LABEL), Label(written.text, SPOKEN.but(size=20, leading=1.5)),
        padding=(36, 28), gap=16, radius=4, name=ui("review_letter"),
    )  # fmt: skip


def score(game: Game) -> Widget:
    """The score and its three parts, each with its value and its weight."""
    result = game.outcome()
    values = [
        float(part[0])
        for part in (result.seller_utility, result.buyer_utility, result.relationship)
    ]
    names = score_names()
    whole = numeral(float(result.score[0]))
    number = RichText([Run(whole, HERO), Run(" " + say("ending.of_hundred"), SMALL)])
    bars = weights(values, names, [str(points(value)) for value in values])
    helps: list[Widget] = []
    for id, name, value, share in zip(
        ("yours", "theirs", "relationship"), names, values, game.rules.score, strict=True
    ):
        part = say("ending.part", value=points(value), share=points(float(share)))
        worth = numeral(100 * value * float(share), 1)
        head = Row(Label(named(name, part), SMALL.but(colour="ink"), grow=1),
                   Label(worth, STRONG.but(size=13), shrink=False), gap=10)  # fmt: skip
        helps.append(Column(head, Label(say(f"ending.help_{id}"), SMALL), gap=0))
    title = Label(say("ending.score"), LABEL)
    return Card(Column(title, number, gap=0), bars, Divider(2), *helps, gap=8, padding=18)


def bonus(game: Game) -> Widget | None:
    """What the boss paid beside what the account became; None without a bonus."""
    you, result = game.scenario.you, game.outcome()
    if not you.bonus:
        return None
    paid = int(result.deals[0]) > 0
    line = ui("boss_paid", value=you.bonus) if paid else ui("boss_unpaid")
    account = say("ending.account", value=points(float(result.relationship[0])))
    words = [Label(line.replace("..", "."), BODY), Label(account, BODY)]
    return Card(
        section(Label(say("ending.boss"), LABEL), *words, gap=4), fill="note", border=None,
        padding=16,
    )  # fmt: skip


def agreed(game: Game) -> Widget | None:
    """The packages that were signed; None without any."""
    signed = [turn.signed for turn in game.turns if turn.signed >= 0]
    if not signed:
        return None
    lines = [Label(game.words.package(package), BODY) for package in signed]
    return Card(section(Label(say("ending.package"), LABEL), *lines, gap=4), padding=16)


def played(game: Game) -> Widget:
    """Level of help, seed and turns; hints, moves taken back, words of the coach."""
    settings = game.settings
    how = ui(f"help_{settings.help}")
    if settings.blind:
        how = listed((how, say("ending.blind")))
    turns = int(game.outcome().turns[0])
    lines = [counted("ending.how_line", turns, value=how, seed=game.seed)]
    counts = (("hints", game.hints), ("undone", game.undone), ("coached", game.coached))
    lines += [say(f"ending.{id}", value=count) for id, count in counts if count]
    if game.undone:
        lines.append(say("ending.practice"))
    elif not game.hints and not game.coached:
        lines.append(say("ending.clean"))
    words = [Label(line, SMALL) for line in lines]
    return Card(section(Label(say("ending.how"), LABEL), *words, gap=3), padding=16)


def tried(game: Game) -> Widget | None:
    """A try beside the first line; None in the first line itself."""
    found = comparison(game)
    if found is None:
        return None
    luck = ui("try_fresh_chance" if found.fresh else "try_same_chance")
    shown = [Label(luck, SMALL)]
    if found.instead is not None:
        shown.insert(0, Label(ui("try_now", move=found.instead.label), BODY))
    for key, value in (("try_original", found.original), ("try_this", found.score)):
        number = ui("try_open") if value is None else numeral(value, 1)
        shown.append(Label(named(ui(key), number), STRONG))
    return Card(section(Label(say("ending.try"), LABEL), *shown, gap=3), padding=16)


def heading(game: Game) -> Widget:
    """The ending's name and what there is to say of it."""
    words = " ".join(ending_lines(game))
    return Column(Label(ending_title(game), TITLE.but(size=36)), Label(words, BODY), gap=2)
