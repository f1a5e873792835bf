"""The files of a profile: where they are, one writer at a time, replaced whole, erased for good."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from game.scenario.diagnostics import Diagnostic, ScenarioError, refused
from game.scenario.translated import common_words

if TYPE_CHECKING:
    from game.session.transcript import Transcript

FILE = "profile.json"
MOMENTS = "moments"
SAVES = "saves"
GAME = ".lunch.json"
_LOCK = ".profile.lock"
_ASIDE = "profile.aside-*.json"
_MOST_BYTES = 64 << 20
_TRIES, _PAUSE = 200, 0.05  # for the lock: ten seconds in all


def data_dir() -> Path:
    """The folder in which this user's profile and saved games are kept."""
    return Path(platformdirs.user_data_dir("longlunch", appauthor=False))


def copy_path(folder: Path, digest: str) -> Path:
    """Where the copy of a transcript lies; a colon may be in no file name on some systems."""
    return folder / MOMENTS / (digest.removeprefix("sha256:") + GAME)


# --- reading and writing ------------------------------------------------------------------------


def read(folder: Path) -> bytes | None:
    """The bytes of the profile, None if there is none; raises PR001, PR004, RD002 or RD003."""
    path = folder / FILE
    shown = str(path)
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise _linked(path)
        if stat.S_ISDIR(kind):
            raise refused("RD002", "this is a folder", shown, "a file", "move the folder away")
        if not stat.S_ISREG(kind):
            raise refused("PR001", "this is no ordinary file", shown, "a file", "move it away")
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise _unreadable(path, problem) from None
    if len(raw) > _MOST_BYTES:
        raise refused(
            "PR001", "too large for a profile", shown, f"at most {_MOST_BYTES >> 20} MiB",
            "longlunch profile set-aside keeps it under another name, and a new one begins",
        )  # fmt: skip
    return raw


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[list[Path]]:
    """Hold the folder for one writer; raises W001 for whatever cannot be written inside.

    The list is for new files: they are removed again if the writing fails.
    """
    made: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder):
            try:
                yield made
            except BaseException:
                for path in made:
                    with contextlib.suppress(OSError):
                        path.unlink()
                raise
    except OSError as problem:
        raise unwritable(folder / FILE, problem) from None


def keep_copy(folder: Path, digest: str, game: Transcript, made: list[Path]) -> None:
    """Keep a transcript among the moments, unless it lies there; `made` gets what is new."""
    path = copy_path(folder, digest)
    if path.parent.is_symlink():
        raise _linked(path.parent)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.is_file() and not path.is_symlink():
        return
    made.append(path)
    game.save(path)


def replace_copy(folder: Path, digest: str, game: Transcript) -> None:
    """Replace a copy by one in which more was tried; raises OSError.

    What was erased meanwhile stays erased: then it is a FileNotFoundError.
    """
    path = copy_path(folder, digest)
    _there(path)
    with _locked(folder):
        _there(path)
        game.save(path)


def _there(path: Path) -> None:
    if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def set_aside(folder: Path) -> Path | None:
    """Give a profile that cannot be used another name, which is returned; None if none is there.

    Raises W001. A new profile begins with the next review; the moments' copies stay.
    """
    if not os.path.lexists(folder / FILE):
        return None
    with writing(folder):
        number = 1
        while os.path.lexists(free := folder / _ASIDE.replace("*", str(number))):
            number += 1
        os.rename(folder / FILE, free)
    return free


# --- everything that is kept --------------------------------------------------------------------


def kept(folder: Path, saves: bool) -> tuple[list[Path], list[Path]]:
    """(files, leftovers) about the person; a leftover is what a killed program had half written.

    Only what this program names is found: other files in the same folders are not ours.
    """
    places = [folder / MOMENTS, *([folder / SAVES] if saves else [])]
    files = [folder / FILE, *sorted(folder.glob(_ASIDE))]
    leftovers = sorted(folder.glob(f".{FILE}.*"))
    for place in places:
        files += sorted(p for p in place.glob(f"*{GAME}") if not p.name.startswith("."))
        leftovers += sorted(place.glob(f".*{GAME}.*"))
    return [path for path in files if os.path.lexists(path)], leftovers


def export(folder: Path, path: Path) -> list[str]:
    """Write all of it into a zip, file by file as it is, and return the names inside.

    Saved games are among it, and damaged files too. Raises PR005 if `path` exists, and W001.
    """
    if os.path.lexists(path):
        raise refused(
            "PR005", "the file is there already", str(path), "a new file", "name another one"
        )
    names = []
    made: str | None = None
    try:
        handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                note = common_words("profile_words.yaml")["profile"]["export_note"]
                _put(archive, "README.txt", str(note).encode())
                for one in kept(folder, saves=True)[0]:
                    if one.is_file() and not one.is_symlink():
                        names.append(one.relative_to(folder).as_posix())
                        _put(archive, names[-1], _bytes_of(one))
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, path)
    except BaseException as problem:
        if made is not None:
            with contextlib.suppress(OSError):
                os.unlink(made)
        if isinstance(problem, OSError):
            raise unwritable(path, problem, "the export") from None
        raise
    return names


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Without the date of the day, so that the same files give the same zip."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    archive.writestr(member, data)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many files of each kind. `links` stood in the place of some of them: when they are
    erased the links go, and what they lead to is left alone."""

    profiles: int = 0
    aside: int = 0
    moments: int = 0
    saves: int = 0
    leftovers: int = 0
    links: tuple[Path, ...] = ()

    @property
    def nothing(self) -> bool:
        return self == Erased()


def held(folder: Path, saves: bool = False) -> Erased:
    """What :func:`erase` would remove."""
    files, leftovers = kept(folder, saves)
    links = [path for path in (*files, *leftovers, folder / MOMENTS) if path.is_symlink()]
    return _counts(folder, files, leftovers, links)


def erase(folder: Path, saves: bool = False) -> Erased:
    """Remove the profile, what was set aside, the moments, and on request the saved games.

    Folders that become empty go too. What cannot be removed is told of by W001 for each file,
    after everything else is gone.
    """
    if not folder.is_dir():
        return Erased()
    stuck: list[Diagnostic] = []
    links: list[Path] = []
    try:
        with _locked(folder):
            if (folder / MOMENTS).is_symlink():  # nothing of ours was ever put through it
                _remove([folder / MOMENTS], links, stuck)
            files, leftovers = kept(folder, saves)
            files = _remove(files, links, stuck)
            leftovers = _remove(leftovers, links, stuck)
            # Ours too; whoever waits for it sees that it is gone, and makes a new one.
            with contextlib.suppress(OSError):
                (folder / _LOCK).unlink()
    except OSError as problem:
        raise unwritable(folder, problem, "what is kept", "removed") from None
    if sys.platform == "win32":  # where an open file cannot be removed
        with contextlib.suppress(OSError):
            (folder / _LOCK).unlink()
    for place in (folder / MOMENTS, folder / SAVES, folder):
        with contextlib.suppress(OSError):
            place.rmdir()
    if stuck:
        raise ScenarioError(stuck)
    return _counts(folder, files, leftovers, links)


def _counts(folder: Path, files: list[Path], leftovers: list[Path], links: list[Path]) -> Erased:
    return Erased(
        profiles=sum(path == folder / FILE for path in files),
        aside=sum(path.parent == folder and path.name != FILE for path in files),
        moments=sum(path.parent == folder / MOMENTS for path in files),
        saves=sum(path.parent == folder / SAVES for path in files),
        leftovers=len(leftovers),
        links=tuple(links),
    )


def _remove(paths: list[Path], links: list[Path], stuck: list[Diagnostic]) -> list[Path]:
    """Remove files, or links and not what they lead to; returns those that are gone by us."""
    gone = []
    for path in paths:
        linked = path.is_symlink()
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as problem:
            stuck += unwritable(path, problem, "the file", "removed").diagnostics
            continue
        gone.append(path)
        if linked:
            links.append(path)
    return gone


# --- one writer at a time -----------------------------------------------------------------------


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock; raises OSError where it cannot be made or somebody holds it for too long."""
    path = folder / _LOCK
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except FileNotFoundError:  # an erasure took the folder away
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            continue
        try:
            if _taken(handle) and _still(handle, path):
                yield
                return
        finally:
            os.close(handle)  # which gives the lock back
        time.sleep(_PAUSE)
    raise TimeoutError(None, "another program is writing to it", str(path))


def _still(handle: int, path: Path) -> bool:
    """Whether the lock is the one that others will find: an erasure removes it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: better kept by one than not at all
        return True


def unwritable(
    path: Path, problem: OSError, what: str = "the profile", done: str = "saved"
) -> ScenarioError:
    """W001: something cannot be written or removed there; a command ends with status 2."""
    return refused(
        "W001",
        f"{what} could not be {done}: {problem.strerror or problem}",
        str(path),
        "a place that can be written to",
        "make room there, or check the permissions of the folder",
    )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise _unreadable(path, problem) from None


def _unreadable(path: Path, problem: OSError) -> ScenarioError:
    return refused(
        "RD003",
        f"the file cannot be read: {problem.strerror or problem}",
        str(path),
        "a readable file",
        "check the permissions of the file and its folders",
    )


def _linked(path: Path) -> ScenarioError:
    return refused(
        "PR004",
        "this is a link to somewhere else",
        str(path),
        "the file or folder itself",
        "put what it leads to in its place, or remove the link",
    )
