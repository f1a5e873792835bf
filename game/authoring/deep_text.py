"""What `check --deep` prints of a scenario for people: verdicts, plays, what is reached, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.analysis.dominance import never_best
from game.analysis.hearing import LETTERS, NOTICES, SAYS
from game.analysis.measured import Expectation
from game.analysis.missing_lines import Wanted, Words, missing_lines
from game.analysis.panel import PANEL
from game.authoring.deep import Deep
from game.authoring.deep_words import asked, compared, effect_text, nudge_text, percent
from game.scenario.diagnostics import listing
from game.scenario.model import Expect

OWN = 0.8  # share of what is heard that should be a buyer's own
MOST = 20  # lines that are listed to be written
_LONG = 12  # ids in a line


def deep_text(deep: Deep) -> str:
    """The report of one scenario."""
    return "\n".join(_lines(deep)) + "\n"


def _lines(deep: Deep) -> Iterator[str]:
    scenario, measured = deep.subject.scenario, deep.measured
    yield f"{scenario.scenario}: {measured.games:,} playthroughs by {len(PANEL)} sellers"
    if not scenario.expect:
        yield "  expects nothing: “expect:” says what a scenario is meant to show"
    for result in measured.expectations:
        yield from _expectation(deep, scenario.expect[int(result.claim.id) - 1], result)
    for play in deep.plays:
        why = play.why(scenario.plays[play.name])
        yield f"  {_mark(play.passed)} play {play.name}" + (f": {why}" if why else "")
    yield from _reached(deep)
    yield from _moves(deep)
    for buyer in scenario.buyers:
        yield from _words(deep, missing_lines(measured.reach, buyer))


def _mark(passed: bool) -> str:
    return "✓" if passed else "✗"


# --- expectations ---------------------------------------------------------------------------------


def _expectation(deep: Deep, entry: Expect, result: Expectation) -> Iterator[str]:
    if result.claim.statement:
        yield f"  {_mark(result.passed)} {result.claim.statement}"
    for found in result.findings:
        lead = " " if result.claim.statement else _mark(found.passed)
        yield (
            f"  {lead} {compared(entry, result.claim, found)}: {effect_text(found)}; "
            f"{'wanted' if found.passed else 'but wanted'} {asked(found)}"
        )
    for one in result.sensitivities:
        if one.flips:
            turns = listing((str(turn) for turn, _ in one.flips), 6)
            share = f"stays so in {percent(one.held)} of {one.turns} turns of one weight by 20 %"
            yield f"      {share}; not with {turns}"
        elif one.largest is not None:
            turn, effect = one.largest
            yield (
                f"      stays so in all {one.turns} turns of one weight by 20 %; most moved by "
                f"{turn}, to {_short(effect)}"
            )
    single = deep.subject.buyer_path("")[0] == "buyer"
    if not result.passed:
        found_ = nudge_text(result, single)
        yield f"      smallest change: {found_}" if found_ else "      no single number mends it"


def _short(value: float) -> str:
    return f"{value:.2f}".replace("-", "−").replace("0.", ".", 1)


# --- what is reached ------------------------------------------------------------------------------


def _reached(deep: Deep) -> Iterator[str]:
    reach, subject = deep.measured.reach, deep.subject
    states = {
        state: sum(n for (_, name), n in reach.states.items() if name == state)
        for state in subject.machine.states
    }
    games = reach.games * len(subject.scenario.buyers)
    shown = ", ".join(f"{name} {percent(n / games)}" for name, n in states.items())
    yield f"  trust states: {shown}"
    endings = ("agreement", "parted", "impasse", "deadline", "walkaway")
    told = ", ".join(
        f"{name} {percent(reach.events[name] / reach.games)}"
        for name in endings
        if reach.events[name]
    )
    yield f"  endings: {told}"
    never = [move for move in sorted(reach.legal) if not reach.moves[move]]
    if never:
        yield f"  moves that no seller made, though they could be made: {listing(never, _LONG)}"


def _moves(deep: Deep) -> Iterator[str]:
    decisions = deep.measured.decisions
    if not decisions.at_table:
        return
    best = ", ".join(
        f"{verb} {percent(n / decisions.at_table)}" for verb, n in decisions.best.most_common(5)
    )
    yield f"  best most often, in {decisions.at_table} weighed states: {best}"
    for one in never_best(decisions):
        yield f"  never best: {one.move}, {one.states} states, {one.loss:.0f} points lost"


# --- words ----------------------------------------------------------------------------------------


def _words(deep: Deep, words: Words) -> Iterator[str]:
    name = deep.subject.scenario.buyers[words.buyer].name
    own = f"  words of {name}: {percent(words.own)} of what is heard is not borrowed"
    enough = words.enough(OWN)
    if not enough:
        yield own
        return
    wanted = enough[:MOST]
    count = f"these {len(wanted)} lines" if len(wanted) > 1 else "this line"
    more = f"; {len(enough)} lines make it {percent(OWN)}" if len(enough) > len(wanted) else ""
    yield f"{own}; write {count} and {percent(wanted[-1].share)} is{more}"
    yield from _paste(deep, words.buyer, wanted)


def _paste(deep: Deep, buyer: str, wanted: Sequence[Wanted]) -> Iterator[str]:
    known = deep.subject.voice(buyer)
    taken: set[str] = set()
    if known is not None:
        voice, _ = known
        taken = {*voice.says, *voice.notices, *voice.letters}
        yield f"    # for voices/{voice.voice}.yaml"
    else:
        yield "    # for a file voices/NAME.yaml that begins with “voice: NAME”;"
        yield "    # the buyer then says “voice: NAME”"
    yield from ("    " + line for line in paste(wanted, taken))


def paste(wanted: Sequence[Wanted], taken: set[str]) -> Iterator[str]:
    """Lines to be written as they stand in a voice file, with ids that are not `taken`.

    In each section the first pays most; the comment says how much is the buyer's own by then, if
    they are written in the order of these shares.
    """
    for section in (SAYS, NOTICES, LETTERS):
        some = [one for one in wanted if one.gap.section == section]
        if some:
            yield f"{section}:"
        for one in some:
            key = _key(one, taken)
            taken.add(key)
            yield (
                f'  {key}: {{{_keys(one)}, text: "…"}}'
                f"  # heard {one.heard:,} times; then {percent(one.share)}"
            )


def _key(one: Wanted, taken: set[str]) -> str:
    parts = (one.gap.on.replace(".", "_"), one.gap.state, one.gap.pole)
    base = "_".join(part for part in parts if part)[:36]
    key, number = base, one.number
    while key in taken or number > 1:
        key = f"{base}_{number}"
        if key not in taken:
            break
        number += 1
    return key


def _keys(one: Wanted) -> str:
    gap = one.gap
    if gap.section == LETTERS:
        return f"on: {gap.on}, trust: {gap.state}"
    pole = f", as: {gap.pole}" if gap.pole else ""
    return f"on: {gap.on}, in: [{gap.state}]{pole}"
