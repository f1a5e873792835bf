"""Moments tried again: the one that is due, or a named one, and what the try comes to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from game.analysis.settings import usage
from game.core.vocabulary import Phase
from game.review import profile_files as files
from game.review.principles import principles
from game.review.profile import Moment, Profile
from game.review.schedule import PASS_WITHIN, passes
from game.review.tries import TryResult, first_move, moment_tried, try_loss
from game.scenario.diagnostics import ScenarioError, listing, printable, refused
from game.session.game import Game
from game.session.moments import GameError
from game.session.texts import Texts
from game.session.transcript import Transcript
from game.session.tries import comparison
from game.session.writing import numeral
from game.terminal.catalogue import text as play_text
from game.terminal.play import DONE, Coach, Leave, TextPlay
from game.terminal.profile import described, tries_so_far
from game.terminal.profile import text as profile_text
from game.terminal.prompt import EndOfInput, Prompt
from game.terminal.screen import Screen

_LOOKS = 2  # misses after which the strongest move is shown

_words = Texts("profile_words.yaml", "again")


def again(
    named: str | None = None, fresh: bool = False, listed: bool = False, today: date | None = None
) -> int:
    """Try a moment of the profile again: the named one, or the most urgent that is due.

    The first try of a day has the luck of the first time, unless it is to be `fresh`; later ones
    are. `listed` shows the moments instead. `today` is the day that the try counts for. Returns
    the exit status; raises :class:`LongLunchError` (PR, R, RD, U or W code).
    """
    today = today or date.today()
    if listed and (named is not None or fresh):
        raise usage(text("list_alone"), text("list_alone_form"), text("list_alone_fix"))
    profile = Profile.load(files.data_dir())
    screen = Screen()
    if named is None and not profile.book.moments:
        screen.text(text("none_yet"))
        return DONE
    if listed:
        _list(screen, profile, today)
        return DONE
    if named is not None:
        moment = _named(profile, named)
        game = _before(profile, moment, fresh, today)
    else:
        found = _due(screen, profile, fresh, today)
        if found is None:
            return DONE
        moment, game = found
    prompt = Prompt(screen)
    try:
        _begin(screen, prompt, game, moment, today)
    except EndOfInput:
        return DONE
    copy = profile.copy_of(moment)

    def write(transcript: Transcript, path: Path) -> None:
        if path == copy:
            profile.keep_lines(moment, transcript)
        else:  # another program tries in the copy at the same time
            transcript.save(path)

    judge = Judge(profile, moment, today)
    coach = _coach() if game.settings.coach else None
    return TextPlay(game, copy, screen, prompt, coach, judge, write).run(resumed=True)


def _coach() -> Coach:
    from game.review.coach import coach_word

    return coach_word


# --- which moment -------------------------------------------------------------------------------


def _named(profile: Profile, name: str) -> Moment:
    """The moment of an id, or of its beginning; U001 where there is none, or more than one."""
    ids = [moment.id for moment in profile.book.moments]
    found = [id for id in ids if id == name] or [id for id in ids if name and id.startswith(name)]
    if len(found) == 1:
        return profile.moment(found[0])
    shown = printable(name[:40])
    complaint = text("several" if found else "unknown", value=shown)
    known = listing(found or ids, 6)
    form = text("unknown_form", value=known) if known else text("unknown_form_none")
    raise usage(complaint, form, text("unknown_fix"))


def _due(
    screen: Screen, profile: Profile, fresh: bool, today: date
) -> tuple[Moment, Game] | None:  # fmt: skip
    """The most urgent moment that can be played; None, and why, where nothing is due.

    A game of older rules must not stand before all others for ever. Raises the first complaint
    where no moment that is due can be played.
    """
    refusals: list[ScenarioError] = []
    for moment in profile.due(today):
        try:
            return moment, _before(profile, moment, fresh, today)
        except ScenarioError as problem:
            refusals.append(problem)
            why = _in_short(problem)
            screen.text(text("passed_over", value=described(moment), why=why), "muted")
    if refusals:
        raise refusals[0]
    left = [moment.due for moment in profile.book.moments if moment.passed is None]
    if not left:
        screen.text(profile_text("due_all_passed"))
        return None
    screen.text(profile_text("due_none", when=min(left).isoformat()))
    screen.text(text("all_shown"), "muted")
    return None


def _before(profile: Profile, moment: Moment, fresh: bool, today: date) -> Game:
    """The game of a moment, just before the move to be tried; raises :class:`ScenarioError`."""
    shown = str(profile.copy_of(moment))
    game = Game.resume(profile.transcript_of(moment), shown)
    try:
        game.try_again(moment.entry, fresh or any(made.date == today for made in moment.tries))
    except GameError as problem:
        raise refused(
            "R004", str(problem), shown, "the game that was reviewed", "review it once more"
        ) from None
    return game


def _list(screen: Screen, profile: Profile, today: date) -> None:
    """Every moment: what is due first, then what comes back, then what is passed."""
    screen.rule(text("list"))
    due = profile.due(today)
    rest = [moment for moment in profile.book.moments if moment not in due]
    rest.sort(key=lambda m: (m.passed is not None, m.passed or m.due, -m.loss, m.id))
    for moment in (*due, *rest):
        if moment.passed is not None:
            when = text("passed_on", when=moment.passed.isoformat())
        elif moment.due > today:
            when = text("comes_back", when=moment.due.isoformat())
        elif moment.due == today:
            when = text("due_today")
        else:
            when = text("due_since", when=moment.due.isoformat())
        screen.item("·", f"{described(moment)}. {when}")
        screen.whole("   " + profile_text("due_start", value=moment.id))


# --- one try ------------------------------------------------------------------------------------


def _begin(screen: Screen, prompt: Prompt, game: Game, moment: Moment, today: date) -> None:
    """Where the try stands and what counts; nothing of what would have been better."""
    screen.rule(text("title", value=printable(game.scenario.title)))
    at_table = game.phase in (Phase.TABLE, Phase.AFTER)
    so_far = {"points": points(moment.loss), "value": tries_so_far(moment)}
    if at_table and moment.turn:
        screen.text(text("where", turn=moment.turn, count=game.number("meeting"), **so_far))
    else:
        screen.text(text("where_away", **so_far))
    tried = comparison(game)
    screen.text(text("fresh" if tried is not None and tried.fresh else "same"))
    screen.text(text("counts", total=numeral(PASS_WITHIN)))
    if moment.passed is not None:
        screen.text(text("over"), "muted")
    elif moment.due > today:
        screen.text(text("early", when=moment.due.isoformat()), "muted")
    if screen.short and not prompt.piped:  # before the briefing fills it
        prompt.ask(play_text("go"))


def judge_of(screen: Screen, game: Game) -> Judge | None:
    """The judge of a try that is played from any file; None if its move is no moment's, or done.

    Says that the first move counts. A profile that cannot be read is told of, and is no failure.
    """
    if first_move(game) is not None:
        return None
    try:
        profile = Profile.load(files.data_dir())
    except ScenarioError as problem:
        screen.text(text("not_known", value=_in_short(problem)), "muted")
        return None
    moment = moment_tried(profile.book, game)
    if moment is None:
        return None
    screen.text(text("counts_too"), "key")
    return Judge(profile, moment, date.today())


class Judge:
    """Says of the first move of a try whether it passed, and keeps it in the profile at once.

    A first move that was taken back counts all the same; what is done instead is practice.
    """

    def __init__(self, profile: Profile, moment: Moment, today: date) -> None:
        self.profile, self.moment, self.today = profile, moment, today
        self._misses = sum(not passes(made.loss) for made in moment.tries)
        self._counted = False

    def __call__(self, play: TextPlay) -> None:
        first = first_move(play.game)
        if first is None or first is not play.game.turns[-1]:
            return
        result = try_loss(play.game)
        self._misses += not result.passed
        if self._counted:
            follows = text("taken_back")
        else:
            self._counted = True
            follows = self._kept(result, play.path)
        self._tell(play.screen, result, follows)
        if not play.game.ended and not play.prompt.piped:
            play.screen.blank()
            if play.prompt.ask(text("go_on")).lower() in ("q", "quit"):
                raise Leave

    def _kept(self, result: TryResult, path: Path) -> str:
        """Keep the try, and say when the moment comes back; that it cannot be is no failure."""
        profile, before = self.profile, self.moment
        here = path.resolve() == profile.copy_of(before).resolve()
        try:
            profile.tried(before.id, self.today, result.counted, result.entry if here else None)
            profile.save()
        except ScenarioError as problem:
            return text("not_kept", value=_in_short(problem))
        try:
            now = profile.moment(before.id)
        except KeyError:
            return text("erased")
        if now.passed is not None:
            return text("over" if before.passed is not None else "done")
        if result.passed and now.due == before.due:
            return text("not_due", when=now.due.isoformat())
        days = (now.due - self.today).days
        return _words.counted("returns", days, when=now.due.isoformat())

    def _tell(self, screen: Screen, result: TryResult, follows: str) -> None:
        s = screen
        s.blank()
        s.rule(text("passed" if result.passed else "missed"))
        said = {"move": result.label, "points": points(result.loss), "total": numeral(PASS_WITHIN)}
        if result.action == result.best:
            s.text(text("none_better", **said))
        elif result.passed:
            s.text(text("near" if passes(round(result.loss, 2)) else "approved", **said))
        else:
            s.text(text("far", low=points(result.low), **said))
        if result.action != result.best:
            if result.passed or self._misses >= _LOOKS:
                s.text(text("strongest", move=result.best_label))
            else:
                s.text(text("hidden"))
        rule = principles().get(self.moment.principle or "")
        if rule is not None:
            s.text(f"{text('principle')}: {rule.text}", "notice")
        s.text(follows)
        if not result.passed:
            s.text(text("once_more"), "muted")
            s.whole("   " + profile_text("due_start", value=self.moment.id))


def points(value: float) -> str:
    """Points as they are read: whole ones from ten on, and never a miss that looks like a pass."""
    if value >= 9.95:
        return numeral(value)
    near = PASS_WITHIN < value < PASS_WITHIN + 0.05
    return numeral(value, 2 if near else 1)


def _in_short(problem: ScenarioError) -> str:
    first = problem.diagnostics[0]
    return f"{first.code}, {first.message}"


# --- words --------------------------------------------------------------------------------------


def text(id: str, **values: object) -> str:
    """A text by its id, with its values put in. Raises KeyError for an unknown id."""
    return _words(id, **{name: printable(str(value)) for name, value in values.items()})
