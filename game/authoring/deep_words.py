"""Numbers and bounds of the measured findings in words."""

from __future__ import annotations

from typing import Any

from game.analysis.claim_models import Claim, Test
from game.analysis.claims import Finding
from game.analysis.measured import Expectation
from game.scenario.model import Expect

_RULES = {
    "greater": "more than {0}",
    "less": "less than −{0}",
    "positive": "more than 0",
    "at_least": "no less than −{0}",
    "at_most": "less than {0}",
    "above": "above {0}",
    "below": "below {0}",
    "between": "between {0} and {1}",
    "null": "within ±{0}",
    "rises": "each step up, end to end more than {0}",
    "monotone": "each step up, end to end more than {0}",
    "falls": "each step down, end to end more than {0}",
    "steps": "no step above {0}, one change of leader",
}


def number(value: float) -> str:
    """Two digits after the point, as people write them here: .06, −.31, 1.4, 12."""
    if abs(value) >= 10:
        return f"{value:.0f}".replace("-", "−")
    text = f"{value:.2f}" if abs(value) < 1 else f"{value:.2f}".rstrip("0").rstrip(".")
    sign, text = ("−", text[1:]) if text.startswith("-") else ("", text)
    sign = sign if text.strip("0.") else ""
    return sign + (text[1:] if text.startswith("0.") else text)


def percent(share: float) -> str:
    """A share in whole percent; never 100 % for less than all, or 0 % for something."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        return "less than 1 %"
    return f"{whole} %"


def exact(value: float) -> str:
    """A number of a file as it is written there: .72, 12, −.2."""
    sign, text = ("−", f"{-value:g}") if value < 0 else ("", f"{value:g}")
    return sign + (text[1:] if text.startswith("0.") else text)


def test_of(claim: Claim, finding: Finding) -> Test:
    return next(test for test in claim.tests if test.number == finding.test)


def asked(finding: Finding) -> str:
    """What the rule of a finding asks of its effect."""
    return _RULES[finding.rule].format(number(finding.bound), number(1 - finding.bound))


def compared(entry: Expect, claim: Claim, finding: Finding) -> str:
    """What is measured, in whom, and of which arms."""
    test = test_of(claim, finding)
    names = [_named(name, entry.arms[name]) for name, _ in test.arms]
    what = finding.measure
    if test.contrast == "arms":
        what += f" of {names[0]} − {names[1]}"
    elif test.contrast == "ratio" and len(names) == 2:
        what += f" of {names[0]} ÷ {names[1]}"
    return what + ("" if finding.buyers == "ANY" else f" ({finding.buyers})")


def _named(name: str, policy: Any) -> str:
    """An arm by its policy where that is a word, else by its own name."""
    return policy if isinstance(policy, str) and policy.isidentifier() else name


def effect_text(finding: Finding) -> str:
    """An effect with its 99 % interval."""
    return f"{number(finding.effect)} ({number(finding.low)} … {number(finding.high)})"


def bound_text(entry: Expect, claim: Claim, finding: Finding) -> str:
    """What was expected."""
    return f"{compared(entry, claim, finding)} {asked(finding)}, at 99 %"


def fallen_short(entry: Expect, claim: Claim, finding: Finding) -> str:
    """A failed expectation, with its effect."""
    said = f"“{claim.statement}”: " if claim.statement else ""
    return f"{said}{compared(entry, claim, finding)} is {effect_text(finding)}"


def nudge_text(result: Expectation, single: bool) -> str:
    """The smallest change of one number that makes an expectation pass; "" if none was found."""
    nudge = result.nudge
    if nudge is None:
        return ""
    path = [str(s + 1) if isinstance(s, int) else s for s in nudge.dial.path]
    if single and path[0] == "buyers":
        path = ["buyer", *path[2:]]
    gives = ", ".join(number(found.effect) for found in nudge.findings)
    way = f"{exact(nudge.dial.value)} → {exact(nudge.value)}"
    return f"{'.'.join(path)} {way} gives {gives}"
