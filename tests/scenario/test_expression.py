"""The expression grammar: reading, refusing, comparing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.expression import (
    And,
    Compare,
    Expression,
    ExpressionError,
    Flag,
    Kind,
    Named,
    Not,
    Number,
    Or,
    Words,
    check,
    compile_expression,
    machine_vocabulary,
    names,
    parse,
)

STATES = Words(("stranger", "wary", "trusted"), ranks=(0, -1, 1))
VOCABULARY: dict[str, Kind] = {
    "trust": Number(),
    "patience": Number(),
    "turn": Number(),
    "price_named": Flag(),
    "trust_state": STATES,
    "phase": Words(("table", "after"), ordered=False),
}


def flat(kind: type[And | Or], parts: list[Expression]) -> Expression:
    merged: list[Expression] = []
    for part in parts:
        merged.extend(part.parts if isinstance(part, kind) else [part])
    return kind(tuple(merged))


numbers = st.decimals(-999, 999, places=3).map(float)
atom = st.one_of(
    st.just(Named("price_named")),
    st.builds(
        Compare,
        st.sampled_from(["trust", "patience", "turn"]),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        st.one_of(numbers, st.just("patience")),
    ),
    st.builds(Compare, st.just("trust_state"), st.just("=="), st.sampled_from(STATES.words)),
)
trees = st.recursive(
    atom,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: flat(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: flat(Or, parts)),
    ),
    max_leaves=8,
)


@pytest.mark.long
@given(trees)
def test_what_is_written_is_read_back(tree: Expression) -> None:
    assert parse(str(tree)) == tree


@given(trees, st.integers(0, 2**32 - 1))
def test_a_closure_agrees_with_reading_the_tree_row_by_row(tree: Expression, seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = {
        "trust": chance.random(7, dtype=np.float32) * 4 - 2,
        "patience": chance.random(7, dtype=np.float32) * 4 - 2,
        "turn": chance.integers(0, 5, 7).astype(np.int16),
        "price_named": chance.random(7) < 0.5,
        "trust_state": chance.integers(0, 3, 7).astype(np.int8),
    }
    got = compile_expression(tree, VOCABULARY)(values)
    assert got.dtype == np.bool_
    assert got.tolist() == [truth(tree, values, row) for row in range(7)]


def truth(tree: Expression, values: dict[str, np.ndarray], row: int) -> bool:  # type: ignore[type-arg]
    if isinstance(tree, Named):
        return bool(values[tree.name][row])
    if isinstance(tree, Not):
        return not truth(tree.part, values, row)
    if isinstance(tree, And):
        return all(truth(part, values, row) for part in tree.parts)
    if isinstance(tree, Or):
        return any(truth(part, values, row) for part in tree.parts)
    left = float(values[tree.name][row])
    if isinstance(tree.value, float):
        right = float(np.float32(tree.value))
    elif tree.value in values:
        right = float(values[tree.value][row])
    else:
        right = STATES.words.index(tree.value)
    return {
        "<": left < right, "<=": left <= right, ">": left > right,
        ">=": left >= right, "==": left == right, "!=": left != right,
    }[tree.op]  # fmt: skip


def test_the_normal_form() -> None:
    text = "( price_named and trust<.30 )and patience = 2.0 or not(turn>3 or price_named)"
    assert str(parse(text)) == (
        "price_named and trust < 0.3 and patience == 2 or not (turn > 3 or price_named)"
    )
    assert names(parse(text)) == {"price_named", "trust", "patience", "turn"}


def test_words_compare_by_rank_and_those_outside_the_order_rank_below_all() -> None:
    states = {"trust_state": np.array([0, 1, 2], np.int8)}
    assert compile_expression("trust_state >= stranger", VOCABULARY)(states).tolist() == [
        True, False, True,
    ]  # fmt: skip
    assert compile_expression("trust_state == wary", VOCABULARY)(states).tolist() == [
        False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", 0, 1),
        ("trust >", 7, 8),
        ("trust > > 3", 8, 9),
        ("trust > 0.3 patience", 12, 20),
        ("(trust > 0.3", 12, 13),
        ("trust > 0.3)", 11, 12),
        ("trust $ 0.3", 6, 7),
        ("trust > 1e3", 8, 11),
        ("and trust > 1", 0, 3),
        ("trust > not", 8, 11),
        ("trust > 1234567890123456", 8, 24),
    ],
)
def test_a_broken_text_is_refused_where_it_breaks(text: str, start: int, end: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert (refused.value.kind, refused.value.start, refused.value.end) == ("syntax", start, end)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("trsut > 1", "name", "trsut"),
        ("trust", "type", "trust"),
        ("trust_state", "type", "trust_state"),
        ("price_named > 0", "type", "price_named"),
        ("trust > stranger", "type", "stranger"),
        ("trust_state == friend", "name", "friend"),
        ("trust_state == 2", "name", "2"),
        ("trust_state > wary", "type", ">"),
        ("phase > table", "type", ">"),
    ],
)
def test_a_vocabulary_refuses(text: str, kind: str, word: str) -> None:
    [problem] = check(parse(text), VOCABULARY)
    assert (problem.kind, problem.word) == (kind, word)
    assert text[problem.start : problem.end]
    with pytest.raises(ExpressionError):
        compile_expression(text, VOCABULARY)


def test_deep_and_long_texts_are_refused() -> None:
    for text in ("(" * 350 + "trust", "not " * 90 + "price_named", "trust > 1 and " * 40 + "trust"):
        with pytest.raises(ExpressionError):
            parse(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError as refused:
        assert 0 <= refused.start < refused.end
    else:
        assert parse(str(tree)) == tree
        assert all(p.end <= len(text) for p in check(tree, VOCABULARY))


def test_the_machine_speaks_of_what_its_common_file_needs() -> None:
    vocabulary = machine_vocabulary()
    assert isinstance(vocabulary["price_named"], Flag)
    assert all(isinstance(vocabulary[name], Number) for name in ("trust", "damage", "patience"))
