"""What a lint looks at: a valid scenario, the trees of its files, and its compiled rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from game.scenario.check import Examined
from game.scenario.codes import CODES, SEVERITIES
from game.scenario.diagnostics import Diagnostic, Edit, Related
from game.scenario.load import Loaded
from game.scenario.messages import dotted
from game.scenario.model_voice import VoiceModel
from game.scenario.tree import Item, Path, Place, find, nearest

if TYPE_CHECKING:
    from game.authoring.lints.possible import Possible
    from game.authoring.lints.texts import Corpus
    from game.core.rules import Rules


class Subject:
    """One scenario without errors; what is costly to make is made when first asked for."""

    def __init__(self, loaded: Loaded, root: Item, examined: Examined) -> None:
        self.loaded = loaded
        self.scenario = loaded.scenario
        self.machine = loaded.machine
        self.moves = loaded.moves
        self.root = root
        self.trees = examined.trees
        self.lines = examined.lines
        self.file = examined.file
        self._single = find(root, ("buyer",)) is not None

    @cached_property
    def rules(self) -> Rules:
        """The compiled rules, as games are played by them."""
        from game.scenario.compile import compile_rules

        return compile_rules(self.scenario, self.machine, self.moves)

    @cached_property
    def possible(self) -> Possible:
        """Moves that can be made here, trust states that can be come to."""
        from game.authoring.lints.possible import Possible

        return Possible(self)

    @cached_property
    def corpus(self) -> Corpus:
        """All its texts."""
        from game.authoring.lints.texts import Corpus

        return Corpus(self)

    def buyer_path(self, buyer: str) -> Path:
        """Where a buyer stands in the scenario."""
        return ("buyer",) if self._single else ("buyers", buyer)

    def voice(self, buyer: str) -> tuple[VoiceModel, Item] | None:
        """A buyer's own voice and its tree; None if the common one speaks for him."""
        model = self.loaded.voices.get(buyer)
        tree = self.trees.get(f"voices/{self.scenario.buyers[buyer].voice}.yaml")
        return None if model is None or tree is None else (model, tree)

    def place(self, path: Path, root: Item | None = None) -> Place:
        """Where to point for a path: at a short value, else at its key, else at what is nearest."""
        return nearest(root or self.root, path).spot

    def key(self, path: Path, root: Item | None = None) -> Place:
        """The place of the key at a path."""
        item = nearest(root or self.root, path)
        return item.key or item.place

    def inherited(self, path: Path) -> bool:
        """Whether what stands at a path comes from a scenario that this one extends."""
        return nearest(self.root, path).file != self.file

    def related(self, message: str, place: Place) -> Related:
        return self.lines.related(message, place)

    def complaint(
        self,
        code: str,
        message: str,
        at: Path | Place,
        *,
        expected: str,
        fix: str,
        field: str = "",
        root: Item | None = None,
        related: Iterable[Related] = (),
        edits: Iterable[Edit] = (),
    ) -> Diagnostic:
        """A finding of a lint, at a path of the scenario (or of ``root``) or at a place.

        Its severity belongs to its code.
        """
        assert code in CODES, code
        place = at if isinstance(at, Place) else self.place(at, root)
        return self.lines.complaint(
            code,
            message,
            place,
            field=field or ("" if isinstance(at, Place) else dotted(at)),
            severity=SEVERITIES.get(code, "error"),
            expected=expected,
            fix=fix,
            related=tuple(related),
            edits=tuple(edits),
        )


def subjects(examined: Iterable[Examined]) -> Iterator[Subject]:
    """The scenarios without errors among some files."""
    for one in examined:
        if one.loaded is not None and one.root is not None:
            yield Subject(one.loaded, one.root, one)
