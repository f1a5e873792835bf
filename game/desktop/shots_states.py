"""The table of pictures: a name, and how a studio is brought to show it. Adding one is a line."""

from __future__ import annotations

from collections.abc import Callable

from game.core.vocabulary import Ending
from game.desktop.input import Command
from game.desktop.pilot import Pilot
from game.desktop.reviewing import Ready
from game.desktop.shots_access import ACCESS
from game.desktop.shots_host import HOST
from game.desktop.shots_lesson import LESSON
from game.desktop.shots_studio import LONG, TODAY, Studio, play_gently, play_on, reviewed, scenario
from game.scenario.diagnostics import LongLunchError
from game.scenario.load import load_from_sources
from game.session.seating import Settings

State = Callable[[Studio], Pilot]
_GUIDED, _EXAM = Settings("guided"), Settings("exam")


# --- home and what belongs to no game -------------------------------------------------------------


def _home(studio: Studio) -> Pilot:
    from game.desktop.screens.home import HomeScreen

    return studio.show(HomeScreen(TODAY))


def _settings(page: str) -> State:
    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.settings_screen import SettingsScreen

        return studio.show(SettingsScreen(page))

    return make


def _help(page: str) -> State:
    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.help import HelpScreen

        return studio.show(HelpScreen(page))

    return make


def _self_test(answers: int | None) -> State:
    """Before the first item (None), at an item, or the result once all are answered."""

    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.selftest import SelfTestScreen

        screen = SelfTestScreen(TODAY)
        pilot = studio.show(screen)
        if answers is not None:
            pilot.click("begin")
            for number in range(min(answers, len(screen.ids))):
                pilot.click(f"answer {1 + number % 3}")
        return studio.rest(pilot)

    return make


def _gallery(studio: Studio) -> Pilot:
    from game.desktop.screens.gallery import GalleryScreen

    return studio.show(GalleryScreen())


def _failure(studio: Studio) -> Pilot:
    from game.desktop.failure import FailureScreen

    return studio.show(FailureScreen(RuntimeError("the cup fell from the table")))


def _diagnosis(studio: Studio) -> Pilot:
    from game.desktop.screens.diagnosis import DiagnosisScreen

    broken = "scenario: broken\ntitel: a table nobody can sit down at\n"
    try:
        load_from_sources({"broken.yaml": broken}, "broken.yaml")
    except LongLunchError as problem:
        refused = problem
        return studio.show(DiagnosisScreen(refused, lambda: DiagnosisScreen(refused)))
    raise LookupError("a scenario without a title was accepted")


# --- before the table -----------------------------------------------------------------------------


def _briefing(name: str) -> State:
    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.briefing import BriefingScreen

        return studio.show(BriefingScreen(scenario(name), seed=7))

    return make


def _prepare(name: str) -> State:
    return lambda studio: studio.show(studio.sit(name).screen())


def _between(studio: Studio) -> Pilot:
    """Two slots of time between two meetings, with something agreed on to keep."""
    playing = studio.sit("paris")
    game = playing.game
    while not game.ended and not (playing.kind == "prepare" and game.turns and any(
        turn.number for turn in game.turns)):  # fmt: skip
        play_gently(game, 1)
    playing.save()
    return studio.show(playing.screen())


# --- the table ------------------------------------------------------------------------------------


def _table(name: str, turn: int = 1, settings: Settings | None = None, seed: int = 3) -> State:
    return lambda studio: studio.show(studio.at_turn(name, turn, seed, settings).screen())


def _over(studio: Studio) -> Pilot:
    """The last words are read; the way to the ending is open."""
    playing = studio.at_turn("osaka", 3)
    pilot = studio.show(playing.screen())
    pilot.command(Command.PART)
    if pilot.sees("Stay"):
        pilot.key("right", "return")
    return studio.rest(pilot)


def _scene(studio: Studio) -> Pilot:
    pilot = _table("seoul", 5)(studio)
    pilot.command(Command.HIDE)
    return studio.rest(pilot)


def _say_it_first(studio: Studio) -> Pilot:
    studio.settings.say_it_first = True
    return _table("toronto", 4)(studio)


def _watched(studio: Studio) -> Pilot:
    """The pointer rests on an action, so that its wording is shown at length."""
    from game.desktop.screens.table_talk import HandCard

    pilot = _table(LONG, 6)(studio)
    card = next(w for w in pilot.all() if isinstance(w, HandCard))
    pilot.point(*card.rect.center, "move")
    return studio.rest(pilot)


def _sheet(
    name: str, table: str = "seoul", turn: int = 8, settings: Settings | None = None
) -> State:
    """A sheet over a table: its `open_<name>` is called as the table does it."""

    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.table_sheets import opener

        playing = studio.at_turn(table, turn, 3, settings)
        pilot = studio.show(playing.screen())
        opened = opener(name)
        if opened is None:
            raise LookupError(f"there is no sheet “{name}”")
        opened(pilot.app.screen, playing, lambda action: None)
        return studio.rest(pilot)

    return make


def _ask_read(table: str) -> State:
    def make(studio: Studio) -> Pilot:
        from game.desktop.screens.table_sheets import AskRead

        playing = studio.at_turn(table, 4, 3, reads=False)
        pilot = studio.show(playing.screen())
        pilot.app.screen.open(AskRead(playing, playing.game.present, True, lambda: None))
        return studio.rest(pilot)

    return make


def _ask_part(studio: Studio) -> Pilot:
    pilot = _table("seoul", 4)(studio)
    pilot.command(Command.PART)
    return studio.rest(pilot)


# --- the end and the review -----------------------------------------------------------------------


def _numbers(pilot: Pilot) -> Pilot:
    if any(w.accessible_name == "the numbers" for w in pilot.all()):
        pilot.click("the numbers")
    return pilot


def _ending(kind: Ending, name: str = "osaka", numbers: bool = False) -> State:
    def make(studio: Studio) -> Pilot:
        pilot = studio.show(studio.ended(name, kind).screen())
        return studio.rest(_numbers(pilot) if numbers else pilot)

    return make


def _parted(studio: Studio) -> Pilot:
    playing = studio.at_turn("toronto", 3)
    while not playing.game.ended:
        playing.play(playing.game.parse("part"))
    return studio.show(playing.screen())


def _long_ending(studio: Studio) -> Pilot:
    playing = studio.sit(LONG, 2)
    play_on(playing.game)
    playing.save()
    return studio.rest(_numbers(studio.show(playing.screen())))


def _share(studio: Studio) -> Pilot:
    pilot = _ending(Ending.AGREEMENT, numbers=True)(studio)
    pilot.click("share")
    return studio.rest(pilot)


def _review(
    name: str, seed: int, moves: int | None = None, stages: int | None = None,
    move: int | None = None, opened: str = "",
) -> State:  # fmt: skip
    """A review, made here instead of in a process of its own; `opened` is a sheet over it."""

    def make(studio: Studio) -> Pilot:
        from game.desktop.screens import review_sheets
        from game.desktop.screens.review import ReviewScreen

        playing = studio.sit(name, seed)
        if moves is None:
            play_on(playing.game)
        else:
            play_gently(playing.game, moves)
        playing.save()
        told = reviewed(name, seed, moves, stages)
        screen = ReviewScreen(playing, Ready(told))
        pilot = studio.show(screen)
        for _ in told:
            pilot.wait(0.2)
        if move is not None:
            screen.select(move)
        if opened:
            if screen.review is None:
                raise LookupError("the review did not come")
            screen.open(getattr(review_sheets, f"{opened}_sheet")(screen.review))
        return studio.rest(pilot)

    return make


def _waiting(studio: Studio) -> Pilot:
    """Nothing of the review has come yet."""
    from game.desktop.screens.review import ReviewScreen

    class Never(Ready):
        busy = True  # it stays so

        def __init__(self) -> None:
            super().__init__(())

    return studio.show(ReviewScreen(studio.ended("osaka", Ending.AGREEMENT), Never()))


# Name of a state: how it comes about, and whether the profile is full before.
SHOTS: dict[str, tuple[State, bool]] = {
    "home-empty": (_home, False),
    "home-full": (_home, True),
    "settings-looks": (_settings("looks"), False),
    "settings-sound": (_settings("sound"), False),
    "settings-keys": (_settings("keys"), False),
    "settings-data": (_settings("data"), True),
    "help-play": (_help("play"), False),
    "help-levels": (_help("levels"), False),
    "help-ways": (_help("ways"), False),
    "help-keys": (_help("keys"), False),
    "help-credits": (_help("credits"), False),
    "selftest-intro": (_self_test(None), False),
    "selftest-item": (_self_test(1), False),
    "selftest-result": (_self_test(99), False),
    "gallery": (_gallery, False),
    "failure": (_failure, False),
    "diagnosis": (_diagnosis, False),
    "briefing": (_briefing("seoul"), False),
    "briefing-several": (_briefing("toronto-committee"), False),
    "briefing-long": (_briefing(LONG), False),
    "prepare": (_prepare("seoul"), False),
    "prepare-long": (_prepare(LONG), False),
    "prepare-between": (_between, False),
    "table-first": (_table("seoul"), False),
    "table-late": (_table("seoul", 12), False),
    "table-guided": (_table("toronto", 6, _GUIDED), False),
    "table-exam": (_table("paris", 5, _EXAM), False),
    "table-flight": (_table("rotterdam", 11), False),
    "table-several": (_table("toronto-committee", 6), False),
    "table-several-guided": (_table("toronto-committee", 9, _GUIDED), False),
    "table-long": (_table(LONG, 6, _GUIDED), False),
    "table-long-late": (_table(LONG, 20), False),
    "table-watched": (_watched, False),
    "table-say-first": (_say_it_first, False),
    "table-scene": (_scene, False),
    "table-over": (_over, False),
    "sheet-offer": (_sheet("offer"), False),
    "sheet-offer-long": (_sheet("offer", LONG), False),
    "sheet-log": (_sheet("log"), False),
    "sheet-log-long": (_sheet("log", LONG, 12), False),
    "sheet-notes": (_sheet("notes"), False),
    "sheet-notes-long": (_sheet("notes", LONG, 20), False),
    "sheet-actions": (_sheet("actions"), False),
    "sheet-actions-long": (_sheet("actions", LONG), False),
    "sheet-rewind": (_sheet("rewind"), False),
    "sheet-rewind-exam": (_sheet("rewind", settings=_EXAM), False),
    "sheet-calendar": (_sheet("calendar"), False),
    "sheet-calendar-long": (_sheet("calendar", LONG), False),
    "sheet-menu": (_sheet("menu"), False),
    "sheet-menu-guided": (_sheet("menu", "toronto", 5, _GUIDED), False),
    "sheet-read": (_ask_read("seoul"), False),
    "sheet-read-long": (_ask_read(LONG), False),
    "sheet-part": (_ask_part, False),
    "ending-agreement": (_ending(Ending.AGREEMENT), False),
    "ending-impasse": (_ending(Ending.IMPASSE), False),
    "ending-walkaway": (_ending(Ending.WALKAWAY), False),
    "ending-deadline": (_ending(Ending.DEADLINE), False),
    "ending-parted": (_parted, False),
    "ending-numbers": (_ending(Ending.AGREEMENT, "seoul", True), False),
    "ending-long": (_long_ending, False),
    "ending-share": (_share, False),
    "review-waiting": (_waiting, False),
    "review-1": (_review("osaka", 5, 1), False),
    "review-first-stage": (_review("seoul", 11, stages=1), False),
    "review": (_review("seoul", 11), False),
    "review-move": (_review("seoul", 11, move=4), False),
    "review-60": (_review(LONG, 2, 60, 1), False),
    "review-score": (_review("seoul", 11, opened="score"), False),
    "review-accuracy": (_review("seoul", 11, opened="accuracy"), False),
    "review-people": (_review("seoul", 11, opened="people"), False),
    "review-how": (_review("seoul", 11, opened="how"), False),
    **HOST,
    **LESSON,
    **ACCESS,
}
