"""The trainee's profile as text: what was reviewed, what is due, taking it away, erasing it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from rich.table import Table
from rich.text import Text

from game.analysis.settings import usage
from game.review import profile_files as files
from game.review.profile import Moment, Profile, ReviewRecord, Summary
from game.review.words import word
from game.session.texts import Texts
from game.session.writing import inside, listed, numeral
from game.terminal.prompt import EndOfInput, Prompt, is_yes
from game.terminal.screen import Screen

DONE = 0
_LATEST = 12  # reviews in the list
_NARROW = 60  # columns; a table of six would be cut to nothing

text = Texts("profile_words.yaml", "profile")


def show(as_json: bool = False) -> int:
    """Print the profile, or one JSON object with the sums and what is due today."""
    profile, today = Profile.load(files.data_dir()), date.today()
    if as_json:
        print(json.dumps(as_object(profile, today), ensure_ascii=False, indent=2))
        return DONE
    screen = Screen()
    if profile.empty:
        screen.text(text("empty"))
        return DONE
    screen.rule(text("title"))
    if profile.book.reviews:
        _sums(screen, profile.summary())
    if profile.book.tests:
        screen.pair(text("tests"), text.counted("tests", len(profile.book.tests)))
    if profile.book.reviews:
        _history(screen, sorted(profile.book.reviews, key=lambda r: r.date))
    if profile.book.moments:
        _moments(screen, profile, today)
    screen.blank()
    screen.text(text("private", value=profile.folder), "muted")
    return DONE


def as_object(profile: Profile, today: date) -> dict[str, object]:
    """`longlunch.profile/1`: the file's own object, with the sums and the ids of what is due."""
    return profile.book.model_dump(mode="json") | {
        "today": today.isoformat(),
        "summary": profile.summary().as_json(),
        "due": [moment.id for moment in profile.due(today)],
    }


def _sums(screen: Screen, sums: Summary) -> None:
    screen.pair(text("reviews"), text.counted("reviews", sums.reviews))
    screen.pair(text("score"), text("score_mean", value=_whole(sums.score)))
    if sums.accuracy is not None:
        screen.pair(text("accuracy"), text("accuracy_mean", value=_whole(sums.accuracy)))
    if sums.accuracy_by_phase:
        each = sums.accuracy_by_phase.items()
        shown = (
            text("accuracy_phase", value=word("phases", name), count=_whole(x)) for name, x in each
        )
        screen.pair(text("accuracy_phases"), listed(shown))
    if sums.style is not None:
        style = text.counted("style_mean", sums.style_n, value=_place(sums.style))
        screen.pair(text("style"), style)
    if sums.read_error is None or sums.read_within is None:
        reads = text("reads_none")
    else:
        off = text("reads_error", value=_place(sums.read_error))
        near = text("reads_within", count=_whole(100 * sums.read_within))
        reads = f"{off}; {near}"
    screen.pair(text("reads"), reads)


def _history(screen: Screen, reviews: list[ReviewRecord]) -> None:
    shown = reviews[-_LATEST:]
    screen.blank()
    cut = len(shown) < len(reviews)
    title = text("history_latest", count=len(shown), total=len(reviews)) if cut else text("history")
    screen.text(title, "heading")
    if screen.width < _NARROW:
        for one in shown:
            score, accuracy = _whole(one.score), _whole(one.accuracy)
            row = text("row", value=one.scenario, count=score, total=accuracy)
            screen.item(one.date.isoformat(), row)
        return
    table = Table(box=None, pad_edge=False, header_style="muted", padding=(0, 2, 0, 0))
    for name in ("date", "table", "score", "accuracy", "style", "help"):
        left = name in ("date", "table", "help")
        table.add_column(Text(text(f"column_{name}")), justify="left" if left else "right")
    for one in shown:
        help = inside(word("help", one.help))
        table.add_row(
            one.date.isoformat(), Text(one.scenario), _whole(one.score), _whole(one.accuracy),
            _place(one.style), text("blind", value=help) if one.blind else help,
        )  # fmt: skip
    screen.show(table)


def _moments(screen: Screen, profile: Profile, today: date) -> None:
    moments = profile.book.moments
    left = [moment for moment in moments if moment.passed is None]
    due = profile.due(today)
    screen.blank()
    if due:
        screen.text(text("due"), "heading")
        for moment in due:
            screen.item("·", described(moment))
            screen.whole("   " + text("due_start", value=moment.id))
    elif left:
        screen.text(text("due_none", when=min(m.due for m in left).isoformat()))
    else:
        screen.text(text("due_all_passed"))
    gone = text("passed_of", count=len(moments) - len(left), total=len(moments))
    screen.pair(text("passed"), gone)


def described(moment: Moment) -> str:
    """Where a moment is, what it cost and how often it was tried, without a full stop."""
    where = "due_at" if moment.turn else "due_away"
    cost = text(where, value=moment.scenario, turn=moment.turn, count=_whole(moment.loss))
    return f"{cost}; {tries_so_far(moment)}"


def tries_so_far(moment: Moment) -> str:
    """`tried once so far`, as part of a sentence."""
    tries = len(moment.tries)
    return text.counted("due_tries", tries) if tries else text("due_untried")


# --- taking it away, and removing it ------------------------------------------------------------


def export(path: Path) -> int:
    """Write everything that is kept about the person into a zip."""
    names = files.export(files.data_dir(), path)
    screen = Screen()
    screen.whole(text("exported", value=path))
    screen.text(text.counted("exported", len(names)) if names else text("exported_nothing"))
    return DONE


def erase(saves: bool = False, sure: bool = False) -> int:
    """Remove it; a person is asked first, and a pipe must have said --yes."""
    folder = files.data_dir()
    screen = Screen()
    prompt = Prompt(screen)
    if not sure and prompt.piped:
        raise usage(text("needs_yes"), text("needs_yes_form"), text("needs_yes_fix"))
    found = files.held(folder, saves)
    if found.nothing:
        files.erase(folder, saves)  # a lock without a profile is nothing to speak of
        screen.text(text("erase_nothing"))
        return DONE
    if not sure:
        _list(screen, text("erase_what"), found)
        try:
            answer = prompt.ask(text("erase_ask"))
        except EndOfInput:
            answer = ""
        if not is_yes(answer):
            screen.text(text("erase_kept"))
            return DONE
    gone = files.erase(folder, saves)
    _list(screen, text("erased"), gone)
    for link in gone.links:
        screen.whole(text("erased_link", value=link))
    if not saves and files.held(folder, saves=True).saves:
        screen.text(text("erased_saves_stay"), "muted")
    return DONE


def _list(screen: Screen, title: str, what: files.Erased) -> None:
    screen.text(title)
    if what.profiles:
        screen.item("·", text("erase_profile"))
    for id, count in (
        ("aside", what.aside),
        ("moments", what.moments),
        ("saves", what.saves),
        ("leftovers", what.leftovers),
    ):
        if count:
            screen.item("·", text(f"erase_{id}", count=count))


def set_aside() -> int:
    """Keep a profile that cannot be used under another name, so that a new one can begin."""
    moved = files.set_aside(files.data_dir())
    screen = Screen()
    if moved is None:
        screen.text(text("aside_nothing"))
    else:
        screen.whole(text("aside", value=moved))
    return DONE


def json_alone() -> Exception:
    """The complaint about --json where nothing is shown (U001)."""
    return usage(text("json_alone"), text("json_alone_form"), text("json_alone_fix"))


# --- words --------------------------------------------------------------------------------------


def _whole(value: float | None) -> str:
    return text("unknown") if value is None else numeral(value)


def _place(value: float | None) -> str:
    return text("unknown") if value is None else numeral(value, 2)
