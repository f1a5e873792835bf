"""Files that are replaced in one step."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

_NAME = 40  # letters of a name that its temporary neighbour keeps; systems bound a name's length


def replace(path: Path, data: bytes, *, lasting: bool = True, mode: int | None = None) -> None:
    """New bytes under a name: whoever reads it, or is killed, finds the old ones or the new ones.

    `lasting`: they outlast a loss of power, which takes the disk's time. Without `mode` nobody but
    the owner may read them. Raises OSError; then everything is as it was.
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:_NAME]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
