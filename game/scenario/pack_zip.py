"""Packs as zip files: read in memory and with bounds, written the same on every machine.

Nothing is ever unpacked to disk, so a member can reach nothing outside. What no pack needs is
refused all the same: links, devices, encryption, names that would lead elsewhere, sizes that lie.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from game.scenario.diagnostics import Diagnostic, ScenarioError, errors, listing, printable
from game.scenario.guard import MAX_BYTES
from game.scenario.pack_names import FOLDERS, belongs, fault_of, folder_belongs

MAX_MEMBERS = 200
MAX_TOTAL = 4 << 20  # bytes of all members together
MAX_ZIP = MAX_TOTAL + MAX_MEMBERS * 1024  # the most that so many stored members can take
MAX_RATIO = 100  # of a member's size to its compressed size; text of people stays below 20
_SMALL = 16 << 10  # bytes; below, a ratio says nothing

_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # flags: by password, strongly, the directory too
_REPARSE_POINT = 0x400  # a link, as Windows marks it
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError,
)  # fmt: skip


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files: the same bytes wherever and whenever it is made.

    Members are stored, for two libraries compress the same text to different bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def zip_files(data: bytes, shown: str) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The members of a zip by name, and what is wrong with them.

    Raises :class:`ScenarioError` (K002, K003) where there is nothing to look at.
    """
    if len(data) > MAX_ZIP:
        raise ScenarioError([too_large(f"{shown} has more than {MAX_ZIP:,} bytes", shown)])
    if not data.startswith(_LOCAL):
        raise ScenarioError([_damaged(shown, "it does not begin as a zip does")])
    if data.count(_CENTRAL) > MAX_MEMBERS:
        raise ScenarioError([too_large(f"it has more than {MAX_MEMBERS} members", shown)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, shown)
    except _BROKEN as problem:
        raise ScenarioError([_damaged(shown, _reason(problem))]) from None


def _read(archive: zipfile.ZipFile, shown: str) -> tuple[dict[str, bytes], list[Diagnostic]]:
    members = archive.infolist()
    found = [d for info in members for d in _member(info, shown)]
    found += _same_names([info.orig_filename for info in members], shown)
    total = sum(info.file_size for info in members)
    if total > MAX_TOTAL:
        found.append(too_large(f"its members have {total:,} bytes together", shown))
    files: dict[str, bytes] = {}
    if not errors(found):
        for info in members:
            if not info.is_dir():
                files[info.filename] = _contents(archive, info, shown)
    return files, found


def _contents(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> bytes:
    """What a member holds, whatever its sizes claim."""
    with archive.open(info) as member:
        data = member.read(MAX_BYTES + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile(f"{info.filename} is not as long as it claims")
    return data


def _member(info: zipfile.ZipInfo, shown: str) -> Iterator[Diagnostic]:
    """What is wrong with a member, told from the zip's directory alone."""
    name = info.orig_filename
    member = f"{shown}/{printable(name)[:120]}"
    fault = fault_of(name.removesuffix("/") if name.endswith("/") else name)
    if fault or info.filename != name:
        yield Diagnostic(
            "K004",
            f"the name “{printable(name)[:120]}” {fault or 'ends in the middle'}",
            file=shown,
            expected="a plain name inside the pack",
            fix="make the pack with “longlunch pack”",
        )
        return
    kind = stat.S_IFMT(info.external_attr >> 16)
    ordinary = (0, stat.S_IFDIR) if info.is_dir() else (0, stat.S_IFREG)
    if kind not in ordinary or info.external_attr & _REPARSE_POINT:
        yield linked(member, "is a link or a device, and no file")
        return
    if info.is_dir():
        if not folder_belongs(name.removesuffix("/")) or info.file_size:
            yield stranger(member, "error")
        return
    if not belongs(name):
        yield stranger(member, "error")
    if info.flag_bits & _ENCRYPTED:
        yield _unreadable(member, "is encrypted")
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield _unreadable(member, "is compressed in an unusual way")
    if info.file_size > MAX_BYTES:
        yield too_large(f"it has {info.file_size:,} bytes", member)
    elif info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        yield too_large(
            f"it claims to grow from {info.compress_size:,} to {info.file_size:,} bytes", member
        )


def _same_names(names: list[str], shown: str) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for name in names:
        key = name.rstrip("/").lower()
        if key in seen:
            yield same_name(name, seen[key], shown)
        else:
            seen[key] = name


def same_name(name: str, first: str, shown: str) -> Diagnostic:
    """Two files that would be one where capitals do not count."""
    twice = "stands in it twice" if name == first else f"is “{printable(first)[:80]}” again"
    return Diagnostic(
        "K007",
        f"“{printable(name)[:80]}” {twice}",
        file=shown,
        expected="names that differ in more than capitals",
        fix="rename one of the two, or remove it",
    )


def too_large(message: str, shown: str) -> Diagnostic:
    return Diagnostic(
        "K003",
        message,
        file=shown,
        expected=f"at most {MAX_MEMBERS} files of {MAX_BYTES:,} bytes, {MAX_TOTAL:,} together",
        fix="divide it into several packs, and leave out what is no text",
    )


def linked(shown: str, what: str) -> Diagnostic:
    return Diagnostic(
        "K005",
        f"this {what}",
        file=shown,
        expected="ordinary files that lie in the pack themselves",
        fix="put the file itself in the place of the link",
    )


def stranger(shown: str, severity: str) -> Diagnostic:
    """A file that a pack has no place for: an error in a zip, left out of a folder."""
    left_out = "" if severity == "error" else "; it is left out"
    return Diagnostic(
        "K008",
        f"this file has no place in a pack{left_out}",
        file=shown,
        expected=f"the files of a pack, texts, and what belongs into {listing(FOLDERS)}",
        fix="remove it, or give it the name that the pack knows it by",
        severity="error" if severity == "error" else "warning",
    )


def _unreadable(member: str, what: str) -> Diagnostic:
    return Diagnostic(
        "K006",
        f"this member {what}",
        file=member,
        expected="members that are stored or deflated, without a password",
        fix="make the pack with “longlunch pack”",
    )


def _damaged(shown: str, reason: str) -> Diagnostic:
    return Diagnostic(
        "K002",
        f"{shown} cannot be read as a pack: {reason}",
        file=shown,
        expected="a zip made by “longlunch pack”",
        fix="take a good copy, or pack its folder again",
    )


def _reason(problem: Exception) -> str:
    """What the library says, in one short line without what could steer a terminal."""
    said = printable(" ".join(str(problem).split()))[:100]
    return said[:1].lower() + said[1:] or "it is damaged"
