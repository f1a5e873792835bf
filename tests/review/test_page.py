"""The page of a review: whole in itself, readable, and of one mind about every number."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from game.figures.strip import BAR
from game.review import pictures
from game.review.model import LABELS, MARKS, Review
from game.review.page import page
from game.review.style import BANDS
from game.review.words import better_moves, label, words
from tests.pages import Node, read, rows
from tests.review.samples import ALL, HOSTILE, hostile, seoul, two_buyers, unfinished

ROOT = Path(__file__).resolve().parents[2]
TAGS = {
    "a", "article", "b", "bdi", "blockquote", "body", "button", "caption", "circle", "code", "dd",
    "desc", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "g", "h1", "h2", "h3",
    "h4", "head", "header", "html", "i", "li", "main", "meta", "ol", "p", "path", "q", "rect",
    "script", "section", "small", "span", "style", "summary", "svg", "table", "tbody", "td", "text",
    "tfoot", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
every_sample = pytest.mark.parametrize("make", ALL.values(), ids=ALL.keys())
Make = Callable[[], Review]


@cache
def shown(make: Make) -> str:
    """The page of a sample; several tests look at it."""
    return page(make())


@cache
def seen(make: Make) -> Node:
    return read(shown(make))


def number(text: str) -> float:
    return float(text.replace("−", "-"))


# --- whole in itself ------------------------------------------------------------------------------


@every_sample
def test_nothing_is_loaded_and_only_our_own_script_runs(make: Make) -> None:
    text = shown(make)
    root = read(text)
    for node in root.all():
        assert node.tag in TAGS, node.tag
        for name, value in node.attrs.items():
            assert not name.startswith("on"), (node.tag, name)
            assert name not in ("src", "srcset", "style", "action", "xlink:href"), node.tag
            assert "url(" not in value
            if name == "href":
                assert value.startswith("#")
    assert "url(" not in root.one("style").text
    assert "@import" not in root.one("style").text
    assert set(re.findall(r"https?://[^\"' ]+", text)) <= {"http://www.w3.org/2000/svg"}
    policy = next(
        node.attrs["content"]
        for node in root.all("meta")
        if node.attrs.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag in ("style", "script"):
        digest = b64encode(sha256(root.one(tag).text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


@every_sample
def test_the_same_review_is_the_same_page(make: Make) -> None:
    assert page(make()) == page(make())


@pytest.mark.long
def test_another_process_makes_the_same_page() -> None:
    told = (
        "import sys; sys.path.insert(0, '.');"
        "from tests.review.samples import two_buyers; from game.review.page import page;"
        "from hashlib import sha256; print(sha256(page(two_buyers()).encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stdout.strip() == sha256(page(two_buyers()).encode()).hexdigest()


def test_colours_follow_the_reader_unless_they_are_fixed() -> None:
    assert "data-look" not in seen(seoul).one("html").attrs
    assert read(page(seoul(), "dark")).one("html").attrs["data-look"] == "dark"
    style = seen(seoul).one("style").text
    assert "prefers-color-scheme:dark" in style
    used = set(re.findall(r"var\(--([\w-]+)\)", page(seoul())))
    assert used <= set(re.findall(r"--([\w-]+):", style))


# --- readable -------------------------------------------------------------------------------------


@every_sample
def test_structure_for_those_who_do_not_see_it(make: Make) -> None:
    root = seen(make)
    assert root.one("html").attrs["lang"] == "en"
    headings = [int(n.tag[1]) for n in root.all() if re.fullmatch("h[1-6]", n.tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(headings)), headings
    ids = [n.attrs["id"] for n in root.all() if "id" in n.attrs]
    assert len(ids) == len(set(ids))
    for node in root.all():
        if node.tag == "a":
            assert node.attrs["href"][1:] in ids
            assert node.said
        for name in ("aria-labelledby", "aria-describedby"):
            assert node.attrs.get(name, ids[0]) in ids
        if node.tag == "details":
            first = next(c for c in node.inside if isinstance(c, Node))
            assert first.tag == "summary"
            assert first.said
        if node.tag == "table":
            assert node.one("caption").said
            assert all("scope" in th.attrs for th in node.all("th"))
            assert all(next(row.all("th"), None) is not None for row in node.all("tr"))
        if node.tag == "svg":
            assert node.attrs["role"] == "img"
            assert next(c for c in node.inside if isinstance(c, Node)).tag == "title"


@every_sample
def test_every_move_is_there_and_every_moment_leads_to_its_turn(make: Make) -> None:
    review = make()
    root = seen(make)
    items = list(root.section("transcript").all("li", "move"))
    assert [item.attrs["id"] for item in items] == [f"m{move.index}" for move in review.moves]
    assert all(item.one("details", "turn") for item in items)
    links = [a.attrs["href"] for h in root.section("moments").all("h3") for a in h.all("a")]
    assert links == [f"#m{moment.move}" for moment in review.moments]
    for link in links:
        assert "open" in root.id(link[1:]).one("details", "turn").attrs


def test_a_move_tells_everything_that_it_holds() -> None:
    review = seoul()
    root = seen(seoul)
    for move in review.moves:
        said = root.id(f"m{move.index}").said
        held = [move.action_label, move.own, move.event, label(move.label)["word"]]
        held += [line.text for line in (*move.notices, *move.said)]
        held += [cause.text for cause in move.causes] + [label(m)["word"] for m in move.marks]
        held += [move.thought.text] if move.thought else []
        held += [option.label for option in move.options if len(move.options) > 1]
        for text in held:
            assert text in said, (move.index, text)


def test_better_moves_are_better_and_few() -> None:
    for move in seoul().moves:
        found = better_moves(move)
        assert len(found) <= 3
        assert all(option.loss < move.loss for option in found)
        assert bool(found) == (move.loss - move.best.loss >= 0.5)


def test_what_is_not_over_shows_nothing_hidden() -> None:
    said = seen(unfinished).said
    assert words()["ui"]["still_open"] in said
    assert "Kang Dae-jung thought" not in said
    assert "brother on the board" not in said


# --- numbers --------------------------------------------------------------------------------------


@every_sample
def test_the_score_is_the_same_sum_everywhere(make: Make) -> None:
    review = make()
    card = seen(make).section("outcome")
    found = re.search(r"(\d+) of 100.* = skill (−?\d+), luck ([+−]?\d+)", card.said)
    assert found is not None
    score, skill, luck = map(number, found.groups())
    assert score == skill + luck == round(review.score)
    desc = next(d.text for d in card.all("desc") if d.text.startswith("Par"))
    par, choices, chance, end = (number(x) for x in re.findall(r"[+−]?\d+", desc))
    assert par + choices + chance == end == score
    assert (par + choices, chance) == (skill, luck)
    if review.parts:
        table = rows(card.one("table"))
        bars = next(svg for svg in card.all("svg") if "Your deal" in svg.one("desc").text)
        drawn = [int(x) for x in re.findall(r"\d+", bars.one("desc").text)]
        assert drawn == [round(float(row[1])) for row in table]
        for row in table:
            weight = Decimal(row[2].removesuffix(" %")) / 100
            assert abs(Decimal(row[1]) * weight - Decimal(row[3])) < Decimal("0.01")
        (total,) = rows(card.one("table"), "tfoot")
        assert Decimal(total[1]) == sum(Decimal(row[3]) for row in table)
        assert abs(float(total[1]) - review.score) < 0.02


@every_sample
def test_the_accuracy_is_the_sum_that_it_shows(make: Make) -> None:
    review = make()
    card = seen(make).section("seller")
    headline = next(card.one("dl", "three").all("dd")).said
    if review.accuracy.game is None:
        assert headline == words()["ui"]["accuracy_none"]
        assert not list(card.all("table", "accuracy"))
        return
    table = card.one("table", "accuracy")
    terms = [[Decimal(cell) for cell in row[2:]] for row in rows(table)]
    assert len(terms) == len(review.accuracy.terms)
    assert all(accuracy * weight == product for accuracy, weight, product in terms)
    ((_, weight, product),) = rows(table, "tfoot")
    assert Decimal(weight) == sum(term[1] for term in terms)
    assert Decimal(product) == sum(term[2] for term in terms)
    quotient = float(Decimal(product) / Decimal(weight))
    assert f"{product} ÷ {weight} = {quotient:.1f}" in card.said
    assert abs(quotient - review.accuracy.game) < 0.1
    assert abs(int(headline) - review.accuracy.game) <= 0.6


@every_sample
def test_the_graph_draws_the_numbers_of_its_table(make: Make) -> None:
    review = make()
    root = seen(make)
    card = root.section("worth")
    if not review.moves:
        assert not list(card.all("svg"))
        return
    table = rows(card.one("table", "numbers"))
    told = [number(row[1]) for row in table]
    assert told == [round(move.before) for move in review.moves]
    own = {f"m{move.index}" for move in review.moves}
    items = [node for node in root.all() if node.attrs.get("id") in own]
    assert told == [number(item.attrs["data-before"]) for item in items]
    (last,) = rows(card.one("table", "numbers"), "tfoot")
    for svg in card.all("svg"):
        assert re.findall(r"\d+", svg.one("desc").text)[0] == str(round(review.moves[0].before))
        drawn = values_drawn(svg)
        assert drawn == pytest.approx([*told, number(last[1])], abs=0.15)
    bars = [
        round(number(n.attrs["height"]) / BAR, 2)
        for n in next(card.all("svg")).all("rect")
        if n.attrs["fill"] == "var(--trust)"
    ]
    said = [
        number(x) for k in range(9) for row in table for x in row[5].split(", ")[k : k + 1] if x
    ]
    assert bars == pytest.approx([max(x, 1 / BAR) for x in said], abs=0.01)


def values_drawn(svg: Node) -> list[float]:
    """The points that the line stands for, read off the labels of the grid."""
    grid = [
        (number(n.attrs["y"]), number(n.text))
        for n in svg.all("text")
        if n.attrs.get("text-anchor") == "end" and n.text.isdecimal()
    ]
    (y0, v0), (y1, v1) = grid[0], grid[-1]
    lines = [n for n in svg.all("path") if n.attrs["fill"] == "none"
             and n.attrs.get("stroke") == "var(--specific)"]  # fmt: skip
    line = max(lines, key=lambda n: number(n.attrs["stroke-width"]))
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", line.attrs["d"])
    shift = 0.36 * number(next(svg.all("text")).attrs["font-size"])
    return [v0 + (float(y) + shift - y0) * (v1 - v0) / (y1 - y0) for _, y in points]


@pytest.mark.parametrize("make", [seoul, two_buyers])
def test_the_continuum_shows_the_places_of_the_text(make: Make) -> None:
    review = make()
    card = seen(make).section("seller")
    svg = card.one("svg")
    told = [float(x) for x in re.findall(r" (\d\.\d\d)", svg.one("desc").text)]
    dots = [g for g in svg.all("g") if list(g.all("circle"))]
    width = float(svg.attrs["width"])
    drawn = [(number(next(g.all("circle")).attrs["cx"]) - 10) / (width - 20) for g in dots]
    assert drawn == pytest.approx(told, abs=0.005)
    assert review.style.d is not None
    expected = [review.style.d, *(b.d for b in review.buyers)]
    assert told[: len(expected)] == [round(x, 2) for x in expected]
    cells = [row for row in rows(card.one("table", "reads")) if len(row) == 4]
    places, errors = cells[0::2], cells[1::2]
    for read_, place, error in zip(review.reads, places, errors, strict=True):
        assert place[1:] == [f"{read_.d:.2f}", f"{read_.ideal:.2f}", f"{read_.truth:.2f}"]
        assert error[1:3] == [f"{read_.error:.2f}", f"{read_.ideal_error:.2f}"]
    last = {r.buyer: f"{r.d:.2f}" for r in review.reads}.values()
    assert set(last) <= {f"{x:.2f}" for x in told}


def test_losses_read_alike_in_moments_transcript_and_graph() -> None:
    review = seoul()
    root = seen(seoul)
    for moment, article in zip(review.moments, root.section("moments").all("article"), strict=True):
        badge = article.one("span", "badge").said.split(" ", 1)[1]
        assert badge == pictures.moment_label(moment)
        assert any(badge == text.said for text in root.section("worth").all("text"))
        item = root.id(f"m{moment.move}")
        if moment.kind != "slow_leak":
            assert badge == next(item.all("span", "badge")).said.split(" ", 1)[1]
    assert "−17" in next(root.id("m8").all("span", "badge")).said


# --- edges ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 17, 80])
def test_any_number_of_moves_fits(count: int) -> None:
    review = seoul()
    many = tuple(
        replace(review.moves[k % 18], index=k + 1, entry=f"e{k + 1}", table_turn=k + 1)
        for k in range(count)
    )
    root = read(page(replace(review, moves=many, moments=(), next=())))
    assert len(list(root.all("li", "move"))) == count
    for svg in root.all("svg"):
        assert float(svg.attrs["height"]) < 700


@pytest.mark.parametrize("score", [-12.0, 0.0, 100.0, 131.0])
def test_scores_beyond_the_scale_are_still_drawn(score: float) -> None:
    review = seoul()
    found = replace(review, score=score, luck=score - review.skill)
    assert f"{'−' if score < 0 else ''}{abs(score):.0f} of 100" in read(page(found)).said


def test_hostile_texts_stay_texts() -> None:
    text = page(hostile())
    root = read(text)
    assert len(list(root.all("script"))) == 1
    assert "alert(1)" not in root.one("script").text
    clean = HOSTILE.replace("\u202e", "").replace("\u2066", "")
    assert root.one("h1").said.endswith(" ".join(clean.split()))
    assert root.said.count("{{ 7*7 }}") > 40, "a text is never a template"
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    plain = [node.tag for node in seen(seoul).all() if node.tag not in ("text", "path", "g")]
    assert [n.tag for n in root.all() if n.tag not in ("text", "path", "g")] == plain


def test_broken_characters_do_not_break_the_page() -> None:
    letter = "a\ud800b\x00c\x1bd\nsecond line"
    text = page(replace(seoul(), letter=letter))
    text.encode("utf-8")
    assert read(text).section("letter").one("p").text == "abcd\nsecond line"


# --- words ----------------------------------------------------------------------------------------


def test_every_id_has_its_words_and_no_word_is_idle() -> None:
    for kind in (*LABELS, *MARKS, "slow_leak"):
        assert {"word", "sign", "means"} <= set(label(kind))
    signs = [label(kind)["sign"] for kind in (*LABELS, *MARKS, "slow_leak")]
    assert len(set(signs)) == len(signs), "never colour alone"
    assert set(BANDS) <= set(words()["bands"])
    sources = [(ROOT / "assets/review/page.html"), *(ROOT / "game").glob("review/*.py"),
               *(ROOT / "game/terminal").glob("*.py")]  # fmt: skip
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for id in words()["ui"]:
        asked = re.sub(r"_(one|many|\d)$", "(_|_one|_many)?", id)
        assert re.search(rf"""f?['"]{asked}['"{{]""", text), f"{id} is never shown"
    template = (ROOT / "assets/review/page.html").read_text(encoding="utf-8")
    for id in re.findall(r"\bui\('(\w+)'", template):
        assert id in words()["ui"]
