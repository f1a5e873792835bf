"""Actions as text, both ways (decision 2): `verb[:argument][@buyer]`.

A package is `propose:price_eur=9200;delivery=May`, all issues named. Indices are those of the
rules' table: base actions first, then every package.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from game.core.rules import Rules
from game.session.refusals import cannot
from game.session.writing import listed


class ActionError(ValueError):
    """A text that names no action: `message` says why, `suggestion` is the nearest that would."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        hint = cannot("meant", value=message, example=suggestion) if suggestion else message
        super().__init__(hint)
        self.message = message
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Parts:
    """A base action taken apart; empty strings where there is nothing."""

    verb: str
    argument: str = ""
    buyer: str = ""


def parts_of(text: str) -> Parts:
    """`small_talk:harvest@kang` taken apart, without asking whether it exists."""
    base, _, buyer = text.partition("@")
    verb, _, argument = base.partition(":")
    return Parts(verb.strip(), argument.strip(), buyer.strip())


def format_action(rules: Rules, index: int) -> str:
    """The text of an action. Raises IndexError outside the table."""
    if not 0 <= index < rules.n_actions:
        raise IndexError(f"there is no action {index}")
    if index < rules.base_actions:
        return rules.actions[index]
    return "propose:" + format_package(rules, index - rules.base_actions)


def format_package(rules: Rules, package: int) -> str:
    """`price_eur=9200;delivery=May`, in the scenario's order of issues."""
    chosen = rules.bargain.options[package].tolist()
    pairs = zip(rules.issues, rules.option_texts, chosen, strict=True)
    return ";".join(f"{issue}={texts[k]}" for issue, texts, k in pairs)


def parse_action(rules: Rules, text: str, present: Sequence[str] | None = None) -> int:
    """The index of an action. `present` are the buyers at this table.

    With one of them there the addressee may be left out; with several it may be too if the verb
    takes none. Raises :class:`ActionError` with what would be right.
    """
    parts = parts_of("".join(text.split()) if "=" not in text else text.strip())
    if parts.verb not in rules.verbs:
        raise ActionError(cannot("no_move", value=parts.verb), _near(parts.verb, rules.verbs))
    if parts.verb == "propose" and parts.argument:
        return rules.base_actions + parse_package(rules, parts.argument)
    known = rules.once(_by_verb).get(parts.verb, {})
    if parts.buyer and parts.buyer not in rules.buyers.names:
        raise ActionError(
            cannot("no_person", value=parts.buyer), _near(parts.buyer, rules.buyers.names)
        )
    argument = _argument(parts, list(known))
    base = parts.verb + (f":{argument}" if argument else "")
    if base in known:  # a verb that is said to the whole table
        return known[base]
    if parts.buyer:
        return known[f"{base}@{parts.buyer}"]
    here = list(present) if present is not None else list(rules.buyers.names)
    if len(here) == 1:
        return known[f"{base}@{here[0]}"]
    raise ActionError(cannot("no_addressee", value=base, list=listed(here)), f"{base}@{here[0]}")


def _by_verb(rules: Rules) -> dict[str, dict[str, int]]:
    """The base actions of each verb, name -> index."""
    out: dict[str, dict[str, int]] = {}
    for index, name in enumerate(rules.actions):
        out.setdefault(parts_of(name).verb, {})[name] = index
    return out


def _argument(parts: Parts, known: list[str]) -> str:
    arguments = list(dict.fromkeys(parts_of(name).argument for name in known))
    if parts.argument in arguments:
        return parts.argument
    if not parts.argument:
        # which one is meant nobody can guess, so one of them is an example and no suggestion
        missing = "needs_price" if parts.verb.startswith("quote") else "needs_argument"
        example = f"{parts.verb}:{arguments[len(arguments) // 2]}"
        raise ActionError(
            cannot(missing, value=parts.verb, example=example, list=listed(arguments))
        )
    if arguments == [""]:
        raise ActionError(cannot("no_argument", value=parts.verb), parts.verb)
    same = [a for a in arguments if _same_number(a, parts.argument)]
    if same:
        return same[0]
    near = _near(parts.argument, arguments)
    raise ActionError(
        cannot("other_argument", value=parts.verb, argument=parts.argument, list=listed(arguments)),
        f"{parts.verb}:{near}" if near else "",
    )


def parse_package(rules: Rules, text: str) -> int:
    """The package of `issue=option` pairs, in any order; every issue once."""
    chosen: dict[str, int] = {}
    for pair in filter(None, (p.strip() for p in text.split(";"))):
        issue, equals, option = (s.strip() for s in pair.partition("="))
        if not equals:
            raise ActionError(
                cannot(
                    "no_pair", value=pair, example=f"{rules.issues[0]}={rules.option_texts[0][0]}"
                )
            )
        if issue not in rules.issues:
            raise ActionError(cannot("no_issue", value=issue), _near(issue, rules.issues))
        if issue in chosen:
            raise ActionError(cannot("twice", value=issue))
        chosen[issue] = _option(rules, issue, option)
    missing = [issue for issue in rules.issues if issue not in chosen]
    if missing:
        example = rules.option_texts[rules.issues.index(missing[0])][0]
        raise ActionError(
            cannot("missing", list=listed(missing), example=f"{missing[0]}={example}")
        )
    return package_of(rules, [chosen[issue] for issue in rules.issues])


def _option(rules: Rules, issue: str, text: str) -> int:
    texts = rules.option_texts[rules.issues.index(issue)]
    written = "_".join(text.split())
    for k, known in enumerate(texts):
        if known == written or _same_number(known, written) or known.lower() == written.lower():
            return k
    near = _near(written, texts)
    raise ActionError(
        cannot("other_argument", value=issue, argument=text, list=listed(texts)),
        f"{issue}={near}" if near else "",
    )


def package_of(rules: Rules, options: Sequence[int]) -> int:
    """Index of the package with these option numbers, one an issue."""
    index = 0
    for texts, k in zip(rules.option_texts, options, strict=True):
        index = index * len(texts) + k
    return index


def _same_number(a: str, b: str) -> bool:
    try:
        return float(a) == float(b.replace(",", ""))
    except ValueError:
        return False


def _near(text: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(text, known, 1, 0.6)
    return close[0] if close else ""
