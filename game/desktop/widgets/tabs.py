"""Pages behind tabs, and columns of a screen that turn into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

import pygame

from game.desktop.canvas import Canvas
from game.desktop.input import Command
from game.desktop.layout import Flow, Grid, Track, share
from game.desktop.text import BUTTON
from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets.buttons import Button

_SPACE = 12.0  # between the strip and the page


class _Tab(Button):
    """The handle of one page: a line under the chosen one."""

    role = "tab"

    def __init__(self, text: str, on_press: Callable[[], object]) -> None:
        super().__init__(text, on_press, kind="quiet", style=BUTTON)
        self.chosen = False

    @property
    def state_text(self) -> str:
        return "shown" if self.chosen else ""

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        r = self.rect
        if self.chosen:
            bar = pygame.FRect(r.left + 6, r.bottom - 1.5, r.width - 12, 3)
            canvas.card(bar, "ink", None, 1.5)


class Tabs(Widget):
    """Shows one of several pages: `pages` are (title, widget)."""

    role = "tabs"

    def __init__(
        self, pages: Sequence[tuple[str, Widget]], shown: int = 0,
        on_change: Callable[[int], object] | None = None, **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.shown, self.on_change = shown, on_change
        self.pages = [page for _, page in pages]
        self._tabs = [_Tab(title, self._opener(i)) for i, (title, _) in enumerate(pages)]
        self.strip = Flow(*self._tabs, gap=6)
        self.add(self.strip)
        for page in self.pages:
            self.add(page)
        self._mark()

    def _opener(self, index: int) -> Callable[[], object]:
        return lambda: self.show(index)

    def _mark(self) -> None:
        for i, tab in enumerate(self._tabs):
            tab.chosen = i == self.shown

    def show(self, index: int) -> None:
        """Show a page; IndexError beyond the last."""
        self.pages[index]
        if index == self.shown:
            return
        self.shown = index
        self._mark()
        self.invalidate()
        self.relayout()
        if self.attached:
            self.root.ui.play("page")
        if self.on_change is not None:
            self.on_change(index)

    def shown_children(self) -> list[Widget]:
        return [self.strip, self.pages[self.shown]] if self.pages else [self.strip]

    def measure(self, width: float) -> Size:
        wide, high = self.strip.size(width)
        sizes = [page.size(width) for page in self.pages]
        wide = max([wide, *(w for w, _ in sizes)])
        return wide, high + _SPACE + max((h for _, h in sizes), default=0.0)

    def least(self, width: float) -> float:
        high = self.strip.size(width)[1] + _SPACE
        pages = [page.least(width) for page in self.pages]
        return self.height or max(self.min_height, high + max(pages, default=0.0))

    def layout(self) -> None:
        high = self.strip.size(self.rect.width)[1]
        r = self.rect
        self.strip.arrange(pygame.FRect(r.left, r.top, r.width, high))
        if self.pages:
            top = high + _SPACE
            page = pygame.FRect(r.left, r.top + top, r.width, max(0.0, r.height - top))
            self.pages[self.shown].arrange(page)

    def draw(self, canvas: Canvas) -> None:
        y = self.strip.rect.bottom
        canvas.line((self.rect.left, y), (self.rect.right, y))

    def on_anywhere(self, command: Command) -> bool:
        return self.on_command(command)

    def on_command(self, command: Command) -> bool:
        step = {Command.NEXT_TAB: 1, Command.PREV_TAB: -1}.get(command, 0)
        if not step or not self.pages:
            return False
        self.show((self.shown + step) % len(self.pages))
        focused = self.root.focused
        if focused is None or not any(focused is w for w in self.walk()):
            self.root.focus(self._tabs[self.shown])
        return True


@dataclass(frozen=True, slots=True)
class Pane:
    """A column of a screen: its tab's title, what is in it, how wide it is among columns."""

    title: str
    content: Widget
    track: Track = share()  # noqa: RUF009 (frozen, so it may be shared)


class AdaptiveColumns(Widget):
    """Columns side by side; where text is large, tabs, with the pane `main` first.

    With `keep_main` the main pane stays in view and only the others become tabs beside it.
    """

    role = "columns"

    def __init__(
        self, panes: Sequence[Pane], *, main: int = 0, keep_main: bool = False, gap: float = 28.0,
        **options: Unpack[Options],
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.panes, self.main, self.keep_main, self.gap = list(panes), main, keep_main, gap
        self.tabs: Tabs | None = None
        self._narrow: bool | None = None

    def attached_now(self) -> None:
        narrow = self.root.ui.narrow
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for child in list(self.children):
            _release(child)
            child._detach()
        self.children = []
        self.tabs = None
        if not narrow:
            tracks = [pane.track for pane in self.panes]
            self.add(Grid(*(p.content for p in self.panes), tracks=tracks, gap=self.gap, fill=True))
            return
        main = self.panes[self.main]
        rest = [pane for i, pane in enumerate(self.panes) if i != self.main]
        order = rest if self.keep_main else [main, *rest]
        self.tabs = Tabs([(pane.title, pane.content) for pane in order])
        if self.keep_main:
            both = [main.content, self.tabs]
            self.add(Grid(*both, tracks=[share(1.5), share()], gap=self.gap, fill=True))
        else:
            self.add(self.tabs)

    def show(self, index: int) -> None:
        """Bring a pane (by its number among `panes`) into view where panes are tabs."""
        if self.tabs is None:
            return
        content = self.panes[index].content
        if content in self.tabs.pages:
            self.tabs.show(self.tabs.pages.index(content))

    def measure(self, width: float) -> Size:
        return self.children[0].size(width) if self.children else (0.0, 0.0)

    def least(self, width: float) -> float:
        return max((child.least(width) for child in self.children), default=0.0)

    def layout(self) -> None:
        for child in self.children:
            child.arrange(self.rect)


def _release(widget: Widget) -> None:
    """Let the panes go from the container that held them, so that another can take them."""
    for child in widget.children:
        if isinstance(child, Tabs):
            _release(child)
        child.parent = None
    widget.children = []
