"""The picture of your own path, which grows as you talk."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin

from game.desktop.canvas import Canvas
from game.desktop.widget import Size
from game.desktop.widgets import SvgPicture
from game.desktop.widgets.picture import aspect
from game.desktop.words import say
from game.figures.spiral import Spiral, spiral, spiral_places
from game.figures.theme import Theme

_SIDE = 306.0  # px, before the place is known
_LEAST = 200.0  # px, below which a figure cannot be drawn; it is scaled down then
_GROWS = 0.7  # seconds for one more move
Point = tuple[float, float]


class PathPicture(SvgPicture):
    """Drawn for the very size of its place, so that its words keep theirs."""

    def __init__(self) -> None:
        super().__init__(name=say("table.path_title"), placeholder=False, grow=1)
        self.data: Spiral | None = None
        self.theme: Theme | None = None
        self._scale = 1.0
        self._side = _SIDE
        self._grown = 1.0  # of the newest stretch
        self._after = ""  # the picture to show when it has grown
        self._wanted = False  # whether there is a path that was not drawn yet
        self._last: Spiral | None = None  # the one before it, if it can grow out of that

    @property
    def state_text(self) -> str:
        return self.data.desc if self.data is not None else ""

    def draw_path(self, data: Spiral, theme: Theme, text_scale: float) -> None:
        """Show a path; one more move grows, unless motion is not wanted."""
        if not self._wanted:
            self._last = self.data
        if theme is not self.theme:
            self._last = None
        self.data, self.theme, self._scale = data, theme, min(text_scale, 1.5)
        self._wanted = True  # drawn when its size is known, so that it is drawn once
        self.relayout()

    def _follow(self, before: Spiral | None, data: Spiral) -> None:
        svg, self.fade = self._made(), True
        if self._after == svg:
            return  # on its way already
        if self._after:  # the stretch before has no time left to grow
            self.fade = False
            self.show(self._after)
            self.fade = True
        if self.attached and self.root.ui.motion and self._follows(before, data):
            self._grown, self._after = 0.0, svg
            self.prepare(svg)
            self.animate()
        else:
            self._grown, self._after = 1.0, ""
            self.show(svg)

    def _made(self) -> str:
        assert self.data is not None and self.theme is not None
        return spiral(self.data, self.theme, self._side, self._side, self._scale)

    def _places(self, data: Spiral) -> tuple[Point, ...]:
        return spiral_places(data, self._side, self._side, self._scale)

    def _follows(self, before: Spiral | None, after: Spiral) -> bool:
        """Whether the path has one move more and the others lie where they lay."""
        if before is None or len(after.radii) != len(before.radii) + 1 or not before.radii:
            return False
        same = zip(self._places(before), self._places(after), strict=False)
        return all(hypot(a - c, b - d) < 0.5 for (a, b), (c, d) in same)

    def measure(self, width: float) -> Size:
        return min(width, _SIDE), min(width, _SIDE)

    def layout(self) -> None:
        side = max(_LEAST, float(round(min(self.rect.width, self.rect.height))))
        if side != self._side and self.data is not None:
            self._side = side
            self.svg, self._after, self._grown = self._made(), "", 1.0
        elif self._wanted and self.data is not None:
            self._follow(self._last, self.data)
        self._wanted = False
        super().layout()

    def tick(self, dt: float) -> bool:
        if self._after:
            self._grown = min(1.0, self._grown + dt / _GROWS)
            self.invalidate()
            if self._grown >= 1.0:
                svg, self._after = self._after, ""
                self.fade = False  # the stretch stands already
                self.show(svg)
            return True
        return super().tick(dt)

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        if not self._after or self.data is None:
            return
        grow = self._grown * self._grown * (3 - 2 * self._grown)
        line = self._stretch(grow)
        canvas.stroke(line, "ink", 2.4 * self._zoom())
        canvas.circle(*line[-1], 5.5, "ink")

    def _zoom(self) -> float:
        """Px on screen a px of the picture."""
        return min(self.rect.width, self.rect.height * aspect(self.svg)) / self._side

    def _stretch(self, grow: float) -> list[Point]:
        """Points from the last place but one toward the last, about the middle; px on screen."""
        assert self.data is not None
        scale = self._zoom()
        wide = self._side * scale
        left, top = self.rect.centerx - wide / 2, self.rect.centery - wide / aspect(self.svg) / 2
        middle = self._side / 2
        (x0, y0), (x1, y1) = self._places(self.data)[-2:]
        one, two = atan2(y0 - middle, x0 - middle), atan2(y1 - middle, x1 - middle)
        turn = (two - one) % (2 * pi)
        near, far = hypot(x0 - middle, y0 - middle), hypot(x1 - middle, y1 - middle)
        points = []
        steps = 12
        for k in range(steps + 1):
            t = grow * k / steps
            radius = near + (far - near) * t * t * (3 - 2 * t)
            angle = one + turn * t
            x, y = middle + radius * cos(angle), middle + radius * sin(angle)
            points.append((left + x * scale, top + y * scale))
        return points
