"""Zips of packs, sound and hostile, built in memory: nothing of the kind lies in the repository."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable

MANIFEST = b"""pack: small-pack
title: A small pack
version: "1"
authors: [Somebody]
licence: CC0-1.0
language: en
scenarios: [first]
"""
FIRST = b"scenario: first\ntitle: First\nextends: toronto\n"
SOUND = {"pack.yaml": MANIFEST, "scenarios/first.yaml": FIRST}
TWO = SOUND | {
    "pack.yaml": MANIFEST.replace(b"[first]", b"[first, second]"),
    "scenarios/second.yaml": FIRST.replace(b"first", b"second"),
}


class Maker:
    """A zip under construction; members as they come, with whatever attributes."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self._out = io.BytesIO()
        self._zip = zipfile.ZipFile(self._out, "w")
        for name, data in (SOUND if files is None else files).items():
            self.add(name, data)

    def add(
        self,
        name: str,
        data: bytes = b"",
        mode: int = stat.S_IFREG | 0o644,
        compressed: int = zipfile.ZIP_STORED,
        attributes: int = 0,
    ) -> Maker:
        info = zipfile.ZipInfo("place-holder")
        info.filename = name
        info.create_system = 3
        info.external_attr = mode << 16 | attributes
        self._zip.writestr(info, data, compressed)
        return self

    def done(self) -> bytes:
        self._zip.close()
        return self._out.getvalue()


def central(data: bytes, name: str) -> int:
    """Where the entry of a member begins in the zip's directory."""
    at = data.rindex(name.encode())
    return data.rindex(b"PK\x01\x02", 0, at)


def patched(data: bytes, at: int, form: str, value: int) -> bytes:
    """The bytes with a little-endian number written over."""
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


def _with_directory_field(offset: int, form: str, value: int) -> bytes:
    data = Maker().done()
    return patched(data, central(data, "scenarios/first.yaml") + offset, form, value)


def encrypted() -> bytes:
    return _with_directory_field(8, "<H", 1)


def unusual() -> bytes:
    return Maker().add("README.md", b"words " * 50, compressed=zipfile.ZIP_LZMA).done()


def bomb() -> bytes:
    """A quarter of a megabyte of nothing in three hundred bytes, again and again."""
    maker = Maker()
    for number in range(9):
        maker.add(f"z{number}.txt", b" " * (256 << 10), compressed=zipfile.ZIP_DEFLATED)
    return maker.done()


def lying_size(claimed: int) -> bytes:
    """A member that the directory calls shorter or longer than it is."""
    return _with_directory_field(24, "<I", claimed)


def zip64_lie() -> bytes:
    """Sizes that are told in the extra field of 64 bits, and told wrongly."""
    data = Maker(SOUND | {"README.md": b"x" * 40}).done()
    at = central(data, "README.md")
    extra = struct.pack("<HHQ", 1, 8, 1 << 40)
    name_end = at + 46 + len("README.md")
    data = patched(data, at + 24, "<I", 0xFFFFFFFF)
    data = patched(data, at + 30, "<H", len(extra))
    data = data[:name_end] + extra + data[name_end:]
    end = data.rindex(b"PK\x05\x06")
    (size,) = struct.unpack_from("<I", data, end + 12)
    return patched(data, end + 12, "<I", size + len(extra))


def overlapping() -> bytes:
    """Two members of the directory that share one place in the file."""
    data = Maker(SOUND | {"a.txt": b"same", "b.txt": b"same"}).done()
    first = data.index(b"PK\x03\x04", data.index(FIRST))
    return patched(data, central(data, "b.txt") + 42, "<I", first)


NAMES = {
    "leading_out": "../evil.yaml",
    "leading_out_later": "scenarios/../../evil.yaml",
    "from_the_root": "/etc/passwd",
    "of_a_host": "//host/share/x.yaml",
    "of_a_drive": "C:/evil.yaml",
    "with_a_stream": "scenarios/a:b.yaml",
    "with_a_backslash": "scenarios\\first.yaml",
    "of_the_console": "voices/CON.yaml",
    "of_nothing": "voices/nul.yaml",
    "of_a_port": "voices/com1.yaml",
    "ending_in_a_full_stop": "voices/x.yaml.",
    "ending_in_a_space": "voices/x.yaml ",
    "with_an_empty_part": "voices//x.yaml",
    "beginning_here": "./pack2.yaml",
    "written_backwards": "voices/\u202elmay.x",
    "ringing_a_bell": "voices/\x07.yaml",
    "looking_alike": "voices/\u0441.yaml",
    "too_long": "x" * 300 + ".md",
    "too_deep": "a/" * 80 + "x.md",
    "without_a_letter": "",
}

ATTACKS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no_manifest": ("K001", lambda: Maker({"scenarios/first.yaml": FIRST}).done()),
    "in_a_folder_of_its_own": ("K008", lambda: Maker({"small/pack.yaml": MANIFEST}).done()),
    "cut_off": ("K002", lambda: Maker().done()[:-30]),
    "not_a_zip": ("K002", lambda: b"PK\x03\x04 or so it says"),
    "something_before": ("K002", lambda: b"#!/bin/sh\n" + Maker().done()),
    "wrong_checksum": ("K002", lambda: _with_directory_field(16, "<I", 7)),
    "shorter_than_it_is": ("K002", lambda: lying_size(5)),
    "longer_than_it_is": ("K002", lambda: lying_size(5000)),
    "far_longer_than_it_is": ("K003", lambda: lying_size(0x7FFFFFFF)),
    "other_name_inside": ("K002", lambda: Maker().done().replace(b"first.yamlsc", b"worst.yamlsc")),
    "two_in_one_place": ("K002", overlapping),
    "zip64_lie": ("K003", zip64_lie),
    "bomb": ("K003", bomb),
    "large_member": ("K003", lambda: Maker().add("big.txt", b"x" * (300 << 10)).done()),
    "many_members": (
        "K003",
        lambda: Maker(SOUND | {f"t{i}.txt": b"" for i in range(250)}).done(),
    ),
    "large_altogether": (
        "K003",
        lambda: Maker(SOUND | {f"t{i}.txt": b"x" * (255 << 10) for i in range(17)}).done(),
    ),
    "far_too_large": ("K003", lambda: Maker().add("big.txt", b"x" * (6 << 20)).done()),
    "link": (
        "K005",
        lambda: Maker().add("voices/x.yaml", b"/etc/passwd", stat.S_IFLNK | 0o777).done(),
    ),
    "device": ("K005", lambda: Maker().add("voices/x.yaml", b"", stat.S_IFCHR | 0o666).done()),
    "pipe": ("K005", lambda: Maker().add("voices/x.yaml", b"", stat.S_IFIFO | 0o666).done()),
    "junction": ("K005", lambda: Maker().add("voices/x.yaml", b"x", 0, attributes=0x400).done()),
    "encrypted": ("K006", encrypted),
    "unusual_compression": ("K006", unusual),
    "twice": (
        "K007",
        lambda: Maker().add("a.md").add("b.md").done().replace(b"b.md", b"a.md"),
    ),
    "capitals": ("K007", lambda: Maker().add("README.md", b"a").add("readme.md", b"b").done()),
    "program": ("K008", lambda: Maker().add("setup.py", b"print(1)").done()),
    "zip_in_a_zip": ("K008", lambda: Maker().add("more.zip", Maker().done()).done()),
    "folder_of_no_kind": ("K008", lambda: Maker().add("bin/", b"", stat.S_IFDIR | 0o755).done()),
    "binary_text": ("Y001", lambda: Maker().add("README.md", b"\xff\xfe\x00").done()),
    "steering_text": ("Y004", lambda: Maker().add("README.md", b"\x1b[2J").done()),
    **{
        f"name_{what}": ("K004", lambda name=name: Maker().add(name, b"x").done())
        for what, name in NAMES.items()
    },
}
