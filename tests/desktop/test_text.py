"""Words as pictures: wrapped, cut, measured; whatever they are made of, nothing fails."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop import fonts
from game.desktop.canvas import Canvas, scale_for
from game.desktop.fonts import Fonts
from game.desktop.styles import BODY, LABEL, SPEECH, STYLES, Run, TextStyle, clean, marked
from game.desktop.text import Paragraph, TextEngine
from game.desktop.theme import CONTRAST, PALETTES, PAPER, Palette
from game.figures.theme import contrast

pygame.font.init()
ENGINE = TextEngine(Fonts())
LONG = "It is in the lobby. My mother dusts it. You are the first supplier to ask about it."


def lines(paragraph: Paragraph) -> list[str]:
    return ["".join(part.text for part in line.fragments) for line in paragraph.lines]


def squeezed(text: str) -> str:
    return "".join(text.split())


def ink(surface: pygame.Surface) -> int:
    """How many px are not white."""
    return int((pygame.surfarray.array3d(surface).sum(axis=2) < 700).sum())


def test_every_face_has_its_file() -> None:
    assert [face for face in fonts.FACES if fonts.path_of(face) is None] == []
    assert len(fonts.files()) == len(fonts.FACES)


def test_words_wrap_within_their_width() -> None:
    laid_out = ENGINE.layout(LONG, 200)
    assert len(laid_out.lines) > 2
    assert all(line.width <= 200.01 for line in laid_out.lines)
    assert " ".join(lines(laid_out)) == LONG
    assert laid_out.height == pytest.approx(len(laid_out.lines) * ENGINE.line_height(BODY))


@given(st.text(max_size=60), st.floats(8, 400))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: float) -> None:
    laid_out = ENGINE.layout(text, width)
    assert squeezed("".join(lines(laid_out))) == squeezed(clean(text))
    for line in laid_out.lines:
        letters = sum(len(part.text) for part in line.fragments)
        assert line.width <= width + 0.02 or letters == 1


@given(st.text(min_size=1, max_size=80), st.integers(1, 3))
def test_what_is_cut_says_so(text: str, most: int) -> None:
    whole, cut = ENGINE.layout(text, 120), ENGINE.layout(text, 120, most=most)
    assert cut.cut is (len(whole.lines) > most)
    assert len(cut.lines) <= most
    if cut.cut:
        assert lines(cut)[-1].endswith("…")
        assert cut.lines[-1].width <= 120.01


def test_a_word_wider_than_its_place_is_broken() -> None:
    laid_out = ENGINE.layout("Donaudampfschifffahrtsgesellschaft", 60)
    assert len(laid_out.lines) > 2
    assert "".join(lines(laid_out)) == "Donaudampfschifffahrtsgesellschaft"


def test_line_breaks_are_kept() -> None:
    assert lines(ENGINE.layout("one\n\ntwo", 300)) == ["one", "", "two"]


def test_scripts_without_spaces_may_break_anywhere() -> None:
    assert len(ENGINE.layout("面条机面条机面条机面条机", 50).lines) > 1


@pytest.mark.parametrize(
    "text", ["a\0b", "\ud800", "😀👩‍👩‍👧", "\u202eabc\u2066", "\x1b[31m", "\ufffe\uffff"]
)
def test_nothing_in_a_text_makes_it_fail(text: str) -> None:
    laid_out = ENGINE.layout(text, 100)
    for line in laid_out.lines:
        for part in line.fragments:
            surface, _ = ENGINE.surface(part, pygame.Color("black"))
            assert surface.get_width() > 0
    assert not set("\0\u202e\u2066\x1b\ud800") & set("".join(lines(laid_out)))


def test_a_missing_letter_comes_from_another_face_or_is_a_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("game.desktop.fonts.faces", lambda *_: ())  # the computer has no more
    faces = Fonts()
    assert faces.face_for("sans", "Ł") == "sans"
    assert faces.face_for("sans", "α") == "serif"
    assert faces.face_for("sans-bold", "α") == "serif-bold"
    assert faces.face_for("serif", "中") == "serif"
    assert ENGINE.measure("中", BODY) > 0


def test_large_text_is_as_much_larger() -> None:
    twice = TextEngine(Fonts(), 1.0, 2.0)
    assert twice.measure(LONG, BODY) == pytest.approx(2 * ENGINE.measure(LONG, BODY), rel=0.01)
    assert twice.line_height(BODY) == 2 * ENGINE.line_height(BODY)


def test_a_larger_window_renders_finer_and_measures_the_same() -> None:
    fine = TextEngine(Fonts(), 1.5)
    assert fine.measure(LONG, BODY) == ENGINE.measure(LONG, BODY)
    part = ENGINE.layout("Kang").lines[0].fragments[0]
    low, _ = ENGINE.surface(part, pygame.Color("black"))
    high, _ = fine.surface(part, pygame.Color("black"))
    assert high.get_height() > 1.3 * low.get_height()
    assert high.get_width() == pytest.approx(1.5 * part.width, abs=2.5)


def test_scales_are_forgotten_with_what_was_made_for_them() -> None:
    engine = TextEngine(Fonts())
    before = engine.layout(LONG, 300)
    assert engine.layout(LONG, 300) is before
    engine.rescale(1.0, 1.5)
    assert len(engine.layout(LONG, 300).lines) > len(before.lines)


def test_a_line_is_rendered_once() -> None:
    part = ENGINE.layout("The noodle press").lines[0].fragments[0]
    first, _ = ENGINE.surface(part, pygame.Color("black"))
    assert ENGINE.surface(part, pygame.Color("black"))[0] is first
    assert ENGINE.surface(part, pygame.Color("red"))[0] is not first


def test_marks_become_runs() -> None:
    runs = marked("the **price** and __how__ it is said", BODY)
    assert [run.text for run in runs] == ["the ", "price", " and ", "how", " it is said"]
    assert runs[1].style.face == "sans-bold"
    assert runs[3].style.face == "sans-italic"


def test_styles_in_one_line_share_a_baseline() -> None:
    runs = (Run("Forty-one ", SPEECH), Run("a unit", BODY))
    line = ENGINE.layout(runs, 600).lines[0]
    assert [part.x for part in line.fragments] == sorted(part.x for part in line.fragments)
    assert line.height == ENGINE.line_height(SPEECH)


def test_capitals_with_tracking_are_wider() -> None:
    plain = TextStyle("sans-bold", LABEL.size)
    assert ENGINE.measure("kang", LABEL) > ENGINE.measure("KANG", plain)
    assert lines(ENGINE.layout("Kang", style=LABEL)) == ["KANG"]


def test_the_first_letters_of_a_paragraph_can_be_shown() -> None:
    surface = pygame.Surface((400, 120))
    canvas = Canvas(surface, ENGINE, PAPER)
    paragraph = ENGINE.layout(LONG, 380)
    amounts = []
    for letters in (0, 5, 30, 60, None):
        surface.fill("white")
        canvas.words(paragraph, 4, 4, letters=letters)
        amounts.append(ink(surface))
    assert amounts[0] == 0
    assert amounts == sorted(amounts)
    assert len(set(amounts)) == len(amounts)


def test_paler_words_leave_the_kept_line_as_it_was() -> None:
    surface = pygame.Surface((200, 40))
    canvas = Canvas(surface, ENGINE, PAPER)
    paragraph = ENGINE.layout("Kang", style=BODY)
    pictures = []
    for alpha in (255, 90, 255):
        surface.fill("white")
        canvas.words(paragraph, 4, 4, alpha=alpha)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[2] != pictures[1]


# --- canvas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1280, 720), 1), ((1920, 1080), 1.5), ((2560, 1080), 1.5), ((640, 720), 0.5)],
)
def test_the_scale_leaves_room_for_the_smallest_layout(size: tuple[int, int], scale: float) -> None:
    assert scale_for(*size) == scale
    assert size[0] / scale >= 1280
    assert size[1] / scale >= 720


def test_cards_have_round_corners_and_their_border() -> None:
    surface = pygame.Surface((120, 80))
    surface.fill("white")
    Canvas(surface, ENGINE, PAPER).card(pygame.FRect(10, 10, 100, 60), "ink", "diffuse", 12)
    ground, edge, fill = (
        surface.get_at((10, 10)),
        surface.get_at((60, 10)),
        surface.get_at((60, 40)),
    )
    assert tuple(ground)[:3] == (255, 255, 255)
    assert edge == PAPER.colour("diffuse")
    assert fill == PAPER.colour("ink")


def test_round_shapes_have_no_dark_edges() -> None:
    surface = pygame.Surface((80, 80))
    surface.fill("white")
    Canvas(surface, ENGINE, PAPER).circle(40, 40, 30, "card")
    darkest = pygame.surfarray.array3d(surface).min()
    assert darkest >= PAPER.colour("card").b - 2


def test_translucent_fills_blend_and_need_no_large_surface() -> None:
    surface = pygame.Surface((900, 300))
    surface.fill("white")
    Canvas(surface, ENGINE, PAPER).fill(pygame.FRect(0, 0, 900, 300), "shade")
    seen = {tuple(surface.get_at((x, y)))[:3] for x in (0, 450, 899) for y in (0, 63, 64, 299)}
    assert len(seen) == 1
    assert max(seen.pop()) < 220


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda p: p.name)
def test_text_can_be_read_in_every_theme(palette: Palette) -> None:
    def ratio(one: str, other: str) -> float:
        shades = [palette.colour(name) for name in (one, other)]
        return contrast(*(f"#{c.r:02x}{c.g:02x}{c.b:02x}" for c in shades))

    for ground in ("paper", "card", "hover", "pressed", "note"):
        assert ratio("ink", ground) >= 7
    for ground in ("paper", "card"):
        assert ratio("muted", ground) >= (7.0 if palette is CONTRAST else 4.5)
    assert ratio("on_ink", "ink") >= 7
    assert ratio("ring", "paper") >= 3


def test_styles_use_colours_and_faces_that_exist() -> None:
    for style in STYLES.values():
        assert style.face in fonts.FACES
        assert all(palette.colour(style.colour) for palette in PALETTES.values())


def test_a_window_in_ever_new_sizes_holds_no_file_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window is dragged larger through hundreds of sizes, and some systems allow 256 files."""
    opened: list[object] = []
    real = pygame.font.Font

    def counted(file: object, px: int) -> pygame.font.Font:
        opened.append(file)
        return real(file, px)  # type: ignore[arg-type]

    monkeypatch.setattr("game.desktop.fonts.pygame.font.Font", counted)
    fonts = Fonts()
    first = fonts.font("serif", 10)
    for px in range(10, 410):
        fonts.font("serif", px)
    assert len(opened) == 400 and not any(isinstance(file, str | Path) for file in opened)
    assert first.size("Kang") == fonts.font("serif", 10).size("Kang")
    assert len(opened) == 401  # the oldest had been closed
    assert fonts.font("serif", 409) is fonts.font("serif", 409)
