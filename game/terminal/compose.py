"""Putting a package together: from the shortlist, or issue by issue."""

from __future__ import annotations

from game.session.game import Game
from game.session.notation import ActionError, package_of, parse_package
from game.session.words import ui
from game.session.writing import aside, capital, listed, named
from game.terminal.catalogue import text
from game.terminal.prompt import Prompt
from game.terminal.screen import Screen
from game.terminal.table import worth_to_you


def compose(screen: Screen, prompt: Prompt, game: Game) -> int | None:
    """An action index for the package chosen, None if the player went back."""
    packages = game.shortlist()
    if not packages:
        prompt.complain(text("compose_none"))
        return None
    screen.rule(ui("table_compose"))
    for number, package in enumerate(packages, 1):
        words = aside(game.words.package(package), worth_to_you(game, package))
        screen.item(f"{number:>2}", words)
    answer = prompt.ask(text("compose_list"))
    if answer.lower() == "c":
        composed = _issue_by_issue(screen, prompt, game)
        return None if composed is None else game.rules.base_actions + composed
    if answer.isdecimal() and 1 <= int(answer) <= len(packages):
        return game.rules.base_actions + packages[int(answer) - 1]
    if "=" in answer:
        try:
            package = parse_package(game.rules, answer.removeprefix("propose:"))
            return game.rules.base_actions + package
        except ActionError as problem:
            prompt.complain(str(problem))
            return None
    screen.text(text("compose_back"), "muted")
    return None


def _issue_by_issue(screen: Screen, prompt: Prompt, game: Game) -> int | None:
    chosen = []
    for issue in game.rules.issues:
        options = game.scenario.issues[issue].options
        label = game.words.label(issue)
        each = listed(f"{k} {game.words.short(issue, k - 1)}" for k in range(1, len(options) + 1))
        screen.text(named(capital(label), each))
        while True:
            answer = prompt.ask(text("compose_issue", about=label))
            if not answer:
                screen.text(text("compose_back"), "muted")
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(options):
                chosen.append(int(answer) - 1)
                break
            prompt.complain(text("no_number", count=answer[:20], total=len(options)))
    package = package_of(game.rules, chosen)
    screen.text(aside(game.words.package(package), worth_to_you(game, package)), "key")
    return package
