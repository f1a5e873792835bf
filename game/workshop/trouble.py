"""What keeps a workshop from being served, as one coded complaint with a way out."""

from __future__ import annotations

from game.scenario.diagnostics import Diagnostic, LongLunchError


class HostError(LongLunchError):
    """H002 to H004; the command ends with status 2."""

    def __init__(self, code: str, message: str, expected: str, fix: str, file: str = "") -> None:
        super().__init__([Diagnostic(code, message, file=file, expected=expected, fix=fix)])

    @property
    def exit_status(self) -> int:
        return 2
