"""The principles: every cause teaches something, in few and different words, from a named source.

docs/principles.md lists them. After a change: python -m tests.review.test_principles
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import FrozenInstanceError
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from game.review.principles import (
    CAUSES,
    COSTS,
    GAINS,
    Kind,
    PrincipleRule,
    When,
    principle_for,
    principles,
    read_principles,
)
from game.review.why import _MOVE_CAUSE, _ONE_CAUSE, _TRUST_CAUSE
from game.scenario.diagnostics import ScenarioError
from game.session.words import phrases

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "principles.md"
FILE = ROOT / "scenarios" / "common" / "principles.yaml"
EVERY = tuple(principles().values())
SIDES: dict[When, tuple[float, ...]] = {"specific": (0.0, 0.2, 0.49), "diffuse": (0.5, 0.8, 1.0)}

# Authors, year and, where the claims give one, the doi.
PUBLICATION = re.compile(
    r"[A-Z][\w-]+(?:(?:, [A-Z][\w-]+)* & [A-Z][\w-]+| et al\.)? (?:19|20)\d\d"
    r"(?:, doi 10\.\d{4}/\S+)?"
)
CLAIMS = re.compile(r"claims [A-Z]\d\d(?:, [A-Z]\d\d)*")
ALIKE = 0.6  # of two texts' characters in common order, 1 for the same text
# what stands in every sentence
PLAIN = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that",
     "the", "they", "to", "what", "when", "you", "your")
)  # fmt: skip


@cache
def claims() -> dict[str, str]:
    """Sources of all shipped claims by id."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "scenarios" / "claims").glob("*.yaml")):
        rows = yaml.safe_load(path.read_text(encoding="utf-8")).get("claims", [])
        found |= {row["id"]: str(row["source"]) for row in rows}
    return found


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w’]+", text.lower())) - PLAIN


# --- what there is --------------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("cause", "gain"), [(c, False) for c in COSTS] + [(c, True) for c in GAINS]
)
def test_every_cause_teaches_something_on_both_sides(cause: str, gain: bool, side: When) -> None:
    for d in SIDES[side]:
        found = principle_for([cause], d, gain)
        assert found is not None
        assert cause in found.causes
        assert found.kind == ("gain" if gain else "cost")
        assert found.when in (side, "any")


def test_what_the_review_finds_are_known_causes() -> None:
    named = set(_ONE_CAUSE.values()) | set(_MOVE_CAUSE.values()) | set(_TRUST_CAUSE.values())
    assert named <= set(CAUSES)


def test_every_cause_has_words_and_every_principle_a_known_cause() -> None:
    assert len(set(CAUSES)) == len(CAUSES)
    ui = phrases()["ui"]
    assert [cause for cause in CAUSES if not str(ui.get(f"cause_{cause}", "")).strip()] == []
    for rule in EVERY:
        assert set(rule.causes) <= set(COSTS if rule.kind == "cost" else GAINS), rule.id


def test_every_principle_can_be_shown() -> None:
    shown = {
        found.id
        for cause in CAUSES
        for d in (0.2, 0.8)
        for gain in (False, True)
        if (found := principle_for([cause], d, gain)) is not None
    }
    assert shown == set(principles())


def test_there_are_enough_and_not_too_many() -> None:
    assert 24 <= len(EVERY) <= 32
    assert {rule.when for rule in EVERY} == {"specific", "diffuse", "any"}


# --- how they are written -------------------------------------------------------------------------


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_a_principle_is_a_sentence_or_two(rule: PrincipleRule) -> None:
    assert len(rule.text) <= 160
    assert 1 <= len(re.findall(r"[.!?]”?(?:\s|$)", rule.text)) <= 2
    assert rule.text[-1] in ".”" and rule.text[0].isupper()
    assert len(rule.practice) <= 200
    assert rule.practice[-1] in ".”" and rule.practice[0].isupper()
    assert rule.practice != rule.text
    # nothing that only one table has: no placeholder, no amount, no move by its id
    assert not re.search(r"[{}<>_\d]", rule.text + rule.practice)


def test_no_two_are_alike() -> None:
    for one, other in combinations(EVERY, 2):
        for a, b in ((one.text, other.text), (one.practice, other.practice)):
            ratio = SequenceMatcher(None, a.lower(), b.lower(), autojunk=False).ratio()
            common = words(a) & words(b)
            share = len(common) / min(len(words(a)), len(words(b)))
            assert ratio < ALIKE and share < ALIKE, (one.id, other.id, ratio, sorted(common))


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_a_source_is_a_publication_or_claims_that_are_tested(rule: PrincipleRule) -> None:
    known = claims()
    printed = " ".join(known.values())
    for part in rule.source.split("; "):
        if part.startswith("claims "):
            assert CLAIMS.fullmatch(part), part
            ids = part.removeprefix("claims ").split(", ")
            assert ids == sorted(ids) and set(ids) <= set(known), part
            continue
        assert PUBLICATION.fullmatch(part), part
        if "doi" not in part:
            continue
        assert part.split("doi ")[1] in printed, f"{part} is not the doi that the claims give"


# --- which is chosen ------------------------------------------------------------------------------


def test_the_weightiest_cause_that_has_one_decides() -> None:
    assert principle_for(["slight", "anchor"], 0.8, False) == principles()["one_sentence"]
    assert principle_for(["anchor", "slight"], 0.8, False) == principles()["first_number"]
    assert principle_for(["unheard_of", "anchor"], 0.8, False) == principles()["first_number"]
    # a cause that only ever brings something has nothing to say about a loss
    assert principle_for(["disclosure", "anchor"], 0.2, False) == principles()["first_number"]
    assert principle_for([], 0.5, False) is None
    assert principle_for(["unheard_of"], 0.5, True) is None


def test_the_buyers_own_side_goes_before_either_side() -> None:
    assert principle_for(["push"], 0.8, False) == principles()["one_step_nearer"]
    assert principle_for(["push"], 0.2, False) == principles()["hear_the_question"]
    for cause in ("drift", "missed_door", "open_question"):
        at = {d: principle_for([cause], d, False) for d in (0.49, 0.5)}
        assert at[0.49] is not None and at[0.49].when == "specific"
        assert at[0.5] is not None and at[0.5].when == "diffuse"


def test_a_mistake_and_a_strong_move_teach_different_things() -> None:
    for cause in sorted(set(COSTS) & set(GAINS)):
        cost, gain = principle_for([cause], 0.3, False), principle_for([cause], 0.3, True)
        assert cost is not None and gain is not None and cost != gain


# --- reading --------------------------------------------------------------------------------------


def test_principles_are_read_once_and_cannot_be_changed() -> None:
    assert principles() is principles()
    with pytest.raises(TypeError):
        principles()["mine"] = EVERY[0]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        EVERY[0].text = "Something else."  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: gain", "kind: profit", "M004"),
        ("when: any", "when: sometimes", "M004"),
        ("    practice: ", "    exercise: ", "M001"),
        ("  for_nothing:", "  For Nothing:", "M006"),
        ("causes: [witness]", "causes: []", "M007"),
        ("principles:\n", "principles: &all\n", "Y005"),
    ],
)
def test_a_file_with_a_mistake_is_refused(old: str, new: str, code: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "principles.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_principles(path)
    complaint = next(d for d in refused.value.diagnostics if d.code == code)
    assert complaint.line > 0


# --- the page -------------------------------------------------------------------------------------

_SECTION = re.compile(r"(<!-- principles -->\n).*?(<!-- /principles -->)", re.DOTALL)
_HEADINGS: dict[tuple[Kind, When], str] = {
    ("cost", "any"): "What a mistake teaches, on either side",
    ("cost", "specific"): "What a mistake teaches with a specific buyer",
    ("cost", "diffuse"): "What a mistake teaches with a diffuse buyer",
    ("gain", "any"): "What a strong move shows, on either side",
    ("gain", "specific"): "What a strong move shows with a specific buyer",
    ("gain", "diffuse"): "What a strong move shows with a diffuse buyer",
}


def listed(rules: Iterable[PrincipleRule]) -> str:
    """The page's list: a heading for each kind and side, and three lines for a principle."""
    blocks = []
    every = list(rules)
    for (kind, when), heading in _HEADINGS.items():
        blocks.append(f"### {heading}\n")
        for rule in every:
            if (rule.kind, rule.when) == (kind, when):
                causes = ", ".join(f"`{cause}`" for cause in rule.causes)
                blocks.append(
                    f"**{rule.text}**\\\n"
                    f"Practice: {rule.practice}\\\n"
                    f"`{rule.id}`; called up by {causes}; {rule.source}.\n"
                )
    return "\n".join(blocks)


def test_the_page_lists_them_all() -> None:
    page = DOC.read_text(encoding="utf-8")
    assert _SECTION.search(page) is not None
    assert page == _SECTION.sub(lambda m: m[1] + listed(EVERY) + m[2], page)


def main() -> int:
    page = DOC.read_text(encoding="utf-8")
    DOC.write_text(_SECTION.sub(lambda m: m[1] + listed(EVERY) + m[2], page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
