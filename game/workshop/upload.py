"""A scenario that is brought along while a session runs: read apart, and refused if it is bad.

A process of its own reads it and may not take long or much: whatever the file does, the room plays
on. What comes back are texts that were found to be sound, or what is wrong with them.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import re
import tempfile
from email.parser import BytesParser
from email.policy import HTTP
from multiprocessing.connection import Connection
from pathlib import Path

from game.scenario import language
from game.scenario.diagnostics import Diagnostic, LongLunchError
from game.workshop.priority import Behind
from game.workshop.store import Source

PATIENCE = 20.0  # seconds that a file may take to be read
_MOST_MEMORY = 1 << 30  # bytes, where the system can set a limit
_MOST_SHOWN = 6  # complaints
_NAME = re.compile(r"[\w.-]{1,80}\.(yaml|yml|zip)\Z")
_FORM = "form"  # no name of a scenario
Found = list[Source] | list[str]


class Unusable(Exception):
    """The file is no scenario that can be played; `why` are its complaints, in lines."""

    def __init__(self, why: list[str]) -> None:
        super().__init__("; ".join(why))
        self.why = why


def read_apart(content_type: str, body: bytes, patience: float = PATIENCE) -> list[Source]:
    """The scenarios of the file in a form as browsers send it: of a .yaml, or a pack as .zip.

    Waits for a process; raises Unusable.
    """
    context = multiprocessing.get_context("spawn")
    # The form waits on the disk: in the arguments of a process that dies before it has read them it
    # would be waited for without end, and a process that is killed cleans up nothing.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / _FORM).write_bytes(_head(content_type) + body)
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=Behind(_read), args=(theirs, folder, language.current()), daemon=True
        )
        try:
            process.start()
            theirs.close()
            found: Found = ours.recv() if ours.poll(patience) else []
        except (EOFError, OSError):
            found = []
        finally:
            theirs.close()
            ours.close()
            if process.pid is not None:
                process.kill()
                process.join()
    sources = [one for one in found if isinstance(one, Source)]
    if not sources:
        raise Unusable([one for one in found if isinstance(one, str)])
    return sources


def _head(content_type: str) -> bytes:
    return b"content-type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"


def _file_of(form: bytes) -> tuple[str, bytes] | None:
    """The file of a form: its name and content; None for none.

    A form of forty thousand parts takes seconds to be taken apart, so that too is done here.
    """
    message = BytesParser(policy=HTTP).parsebytes(form)
    for part in message.iter_parts() if message.is_multipart() else ():
        name, content = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            return Path(name.replace("\\", "/")).name, content
    return None


def _read(pipe: Connection, folder: str, tag: str) -> None:
    _bounded()
    from game.scenario.load import load_scenario
    from game.scenario.sources import tables
    from game.scenario.translated import with_catalogues

    language.use(tag)
    try:
        name, content = _file_of((Path(folder) / _FORM).read_bytes()) or ("", b"")
        if not _NAME.match(name):
            return  # told as a file that is none
        path = Path(folder) / name
        path.write_bytes(content)
        loaded = [load_scenario(table) for table in tables(str(path)).values()]
        pipe.send([Source(one.main, with_catalogues(one)) for one in loaded])
    except LongLunchError as problem:
        pipe.send([_told(d, folder) for d in problem.diagnostics[:_MOST_SHOWN]])
    except MemoryError:
        pipe.send([])


def _told(found: Diagnostic, folder: str) -> str:
    """A complaint in one line: its code, its place, what is wrong and what to do."""
    name = found.file.replace("\\", "/").rpartition("/")[2]
    place = f"{name}:{found.line}:{found.column}" if found.line else name
    more = f" {found.fix}" if found.fix else ""
    text = f"{found.code} {place}: {found.message};{more}"
    return text.replace(f"{folder}/", "").replace(f"{folder}\\", "")[:400].rstrip("; ")


def _bounded() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
