"""Room is given and taken; columns become tabs; what does not fit scrolls."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.layout import (
    Column,
    Flow,
    Grid,
    Row,
    Spacer,
    Stack,
    Track,
    px,
    share,
    shared,
    track_widths,
)
from game.desktop.overlap import faults
from game.desktop.pilot import Pilot
from game.desktop.screen import Screen
from game.desktop.screens.gallery import GalleryScreen
from game.desktop.settings import Settings
from game.desktop.widget import Widget
from game.desktop.widgets import AdaptiveColumns, Button, Card, Label, Pane, ScrollArea, Tabs
from tests.marks import spread

WORDS = "Words that wrap where there is no more room for them in a line. " * 4


class Shown(Screen):
    """A screen of one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def build(self) -> Widget:
        return self.widget


def shown(widget: Widget, scale: float = 1.0) -> Pilot:
    return Pilot.over(Shown(widget), settings=Settings(text_scale=scale))


def box(wide: float, high: float, **more: float) -> Widget:
    return Spacer(width=wide, height=high, **more)  # type: ignore[arg-type]  # grow only


lengths = st.lists(st.tuples(st.floats(0, 500), st.floats(0, 1), st.sampled_from([0.0, 1.0, 2.0])),
                   min_size=1, max_size=6)  # fmt: skip


@given(lengths, st.floats(0, 2000))
def test_room_is_shared_exactly_where_that_is_possible(
    parts: list[tuple[float, float, float]], room: float
) -> None:
    natural = [n for n, _, _ in parts]
    least = [n * m for n, m, _ in parts]
    grow = [g for _, _, g in parts]
    given_ = shared(room, natural, grow, least)
    assert all(g >= m - 1e-6 for g, m in zip(given_, least, strict=True))
    if room >= sum(natural):
        assert all(g >= n - 1e-6 for g, n in zip(given_, natural, strict=True))
        assert sum(given_) == pytest.approx(room if sum(grow) else sum(natural), abs=1e-6)
    else:
        assert sum(given_) == pytest.approx(max(room, sum(least)), abs=1e-6)


def test_what_grows_gives_way_first() -> None:
    assert shared(100, [80, 60], [1, 0], [0, 0]) == [40, 60]
    assert shared(40, [80, 60], [1, 0], [0, 0]) == [0, 40]


some_tracks = st.lists(st.sampled_from([px(200), px(336), share(), share(2)]), min_size=1)


@pytest.mark.long
@given(st.floats(0, 5000), some_tracks)
def test_columns_fill_the_width_and_no_more(room: float, tracks: list[Track]) -> None:
    gaps = 8.0 * (len(tracks) - 1)
    whole = sum(track_widths(tracks, room, 8.0)) + gaps
    assert whole <= max(room, gaps) + 1e-6
    fixed = sum(track.fixed or 0.0 for track in tracks)
    if any(track.fixed is None for track in tracks) and room >= gaps + fixed:
        assert whole == pytest.approx(room)


def test_a_row_puts_the_rest_between() -> None:
    left, right = box(100, 20), box(60, 30)
    shown(Row(left, Spacer(), right, gap=0, padding=10))
    assert left.rect.left == 10
    assert right.rect.right == 1270


def test_a_row_aligns_across() -> None:
    low, high = box(50, 20), box(50, 80)
    shown(Column(Row(low, high, cross="centre")))
    assert low.rect.centery == high.rect.centery


def test_a_column_takes_room_from_what_scrolls() -> None:
    area = ScrollArea(Label(WORDS * 40), grow=1)
    foot = Label(WORDS)
    pilot = shown(Column(area, foot, gap=0))
    natural = foot.size(1280)[1]
    assert foot.rect.height == pytest.approx(natural)
    assert area.rect.height == pytest.approx(720 - natural)
    assert area.most > 0
    assert pilot.overlaps() == []


def test_cards_that_grow_are_never_lower_than_their_words() -> None:
    cards = [Card(Label(WORDS * 2), grow=1) for _ in range(2)]
    area = ScrollArea(Label(WORDS * 30))
    shown(Column(*cards, area))
    for card in cards:
        assert card.rect.height >= card.least(1280) - 0.01
        assert card.children[0].rect.bottom <= card.rect.bottom


def test_a_flow_goes_on_in_the_next_line() -> None:
    parts = [box(500, 20) for _ in range(5)]
    shown(Column(Flow(*parts, gap=10)))
    assert [p.rect.top for p in parts] == [0, 0, 30, 30, 60]


def test_cells_of_a_row_are_equally_high() -> None:
    low, high = Card(Label("One")), Card(Label(WORDS))
    shown(Column(Grid(low, high, tracks=[px(400), px(200)])))
    assert low.rect.height == high.rect.height > 100


def test_a_stack_lays_its_children_over_each_other() -> None:
    under, over = box(10, 10), box(10, 10)
    shown(Stack(under, over, padding=4))
    assert under.rect == over.rect == pygame.FRect(4, 4, 1272, 712)


def test_hidden_children_take_no_room() -> None:
    first, second = Label("one"), Label("two")
    pilot = shown(Column(first, second, gap=0))
    first.visible = False
    pilot.wait(0)
    assert second.rect.top == 0
    assert not pilot.sees("one")


def test_words_that_change_are_laid_out_again() -> None:
    first, second = Label("one"), Label("two")
    pilot = shown(Column(first, second, gap=0))
    before = second.rect.top
    first.text = WORDS * 3
    pilot.wait(0)
    assert second.rect.top > before


# --- scrolling ------------------------------------------------------------------------------------


def scrolled() -> tuple[Pilot, ScrollArea, list[Button]]:
    buttons = [Button(f"button {i:02}") for i in range(40)]
    area = ScrollArea(Column(*buttons), grow=1, name="area")
    return shown(Column(area)), area, buttons


def test_the_wheel_scrolls_and_stops_at_both_ends() -> None:
    pilot, area, buttons = scrolled()
    pilot.wheel("area", -2)
    assert area.offset > 0
    assert buttons[0].rect.top < 0
    pilot.wheel("area", 500)
    assert area.offset == 0
    pilot.wheel("area", -500)
    assert area.offset == area.most


def test_what_gets_the_focus_comes_into_view() -> None:
    pilot, area, buttons = scrolled()
    for _ in buttons:
        pilot.key("tab")
    focused = pilot.app.screen.root.focused
    assert focused is buttons[-1]
    assert area.rect.contains(focused.rect)


def test_a_page_is_scrolled_by_key_and_the_bar_by_mouse() -> None:
    pilot, area, _ = scrolled()
    pilot.key("page down")
    assert area.offset > 400
    pilot.key("page up")
    assert area.offset == 0
    knob = area.bar()
    assert knob is not None
    pilot.point(knob.centerx, knob.centery, "move", "down")
    pilot.point(knob.centerx, 715, "move", "up")
    assert area.offset > area.most * 0.8


def test_words_alone_can_be_scrolled_by_keyboard() -> None:
    area = ScrollArea(Label(WORDS * 40), grow=1, name="area")
    pilot = shown(Column(area))
    pilot.key("tab", "down", "down")
    assert pilot.focus == "area"
    assert area.offset > 50


def test_the_end_stays_in_view_while_words_are_added() -> None:
    words = Label(WORDS * 20)
    area = ScrollArea(words, grow=1, at_end=True)
    pilot = shown(Column(area))
    area.scroll_to(area.most)
    words.text = WORDS * 40
    pilot.wait(0)
    assert area.offset == area.most > 400


# --- columns and tabs -----------------------------------------------------------------------------


def panes(keep_main: bool = False) -> AdaptiveColumns:
    return AdaptiveColumns(
        [
            Pane("Left", Label("left words"), px(300)),
            Pane("Middle", Button("middle button")),
            Pane("Right", Label("right words"), px(300)),
        ],
        main=1, keep_main=keep_main,
    )  # fmt: skip


def test_columns_stand_side_by_side() -> None:
    pilot = shown(panes())
    left, middle, right = (
        pilot.find(n).rect for n in ("left words", "middle button", "right words")
    )
    assert left.right <= middle.left < middle.right <= right.left


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_large_text_makes_tabs_of_columns(scale: float) -> None:
    columns = panes()
    pilot = shown(columns, scale)
    assert pilot.sees("middle button")
    assert not pilot.sees("left words")
    pilot.click("Left")
    assert pilot.sees("left words")
    assert not pilot.sees("middle button")
    columns.show(1)
    assert pilot.sees("middle button")


def test_the_main_pane_can_stay_beside_the_tabs() -> None:
    pilot = shown(panes(keep_main=True), 2.0)
    assert pilot.sees("middle button")
    assert pilot.sees("left words")
    pilot.click("Right")
    assert pilot.sees("middle button")
    assert pilot.sees("right words")


def test_columns_change_while_they_are_shown() -> None:
    pilot = shown(panes())
    for scale, together in ((1.75, False), (1.0, True), (2.0, False), (1.25, True)):
        pilot.app.settings.text_scale = scale
        pilot.app.restyle()
        pilot.wait(0)
        assert pilot.sees("middle button")
        assert pilot.sees("left words") is together
        assert pilot.overlaps() == []


def test_tabs_are_changed_by_key_from_anywhere() -> None:
    pilot = shown(Tabs([("One", Button("first")), ("Two", Button("second"))]))
    pilot.key("ctrl+tab")
    assert pilot.sees("second")
    pilot.key("ctrl+tab")
    assert pilot.sees("first")


# --- faults ---------------------------------------------------------------------------------------


def test_faults_are_found() -> None:
    window = pygame.FRect(0, 0, 1280, 720)
    one, two = Label("one and the same place"), Label("two in one place")
    pilot = shown(Column(one, two))
    assert faults(pilot.app.screen.root.top, window) == []
    two.rect = pygame.FRect(one.rect)
    assert any("covers" in fault for fault in faults(pilot.app.screen.root.top, window))
    two.rect = pygame.FRect(1200, 100, 200, 30)
    assert any("wider" in fault for fault in faults(pilot.app.screen.root.top, window))
    two.rect = pygame.FRect(10, 715, 200, 30)
    assert any("higher" in fault for fault in faults(pilot.app.screen.root.top, window))
    two.rect = pygame.FRect(10, 100, 20, 30)
    assert any("needs more height" in f for f in faults(pilot.app.screen.root.top, window))


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("size", spread([(1280, 720), (1920, 1080), (1700, 720), (1280, 1000)]))
def test_the_gallery_has_no_faults(scale: float, size: tuple[int, int]) -> None:
    pilot = Pilot.over(GalleryScreen(), size, Settings(text_scale=scale))
    assert pilot.overlaps() == []
    for tab in ("Words", "Parts") if scale >= 1.5 else ():
        pilot.click(tab)
        assert pilot.overlaps() == []
    pilot.key("f10")
    assert pilot.overlaps() == []
