"""What a file in a pack may be called, so that the same pack can lie on every system."""

from __future__ import annotations

import re

MANIFEST = "pack.yaml"
LAYERS = ("moves.yaml", "machine.yaml", "phrases.yaml", "policies.yaml")
FOLDERS = ("locale", "scenarios", "voices")
LONGEST = 120  # characters of a name with its folder

_BELONGS = re.compile(
    r"(?:pack|moves|machine|phrases|policies)\.yaml"
    r"|(?:README|LICEN[CS]E|COPYING|AUTHORS|NOTICE|CHANGELOG)"
    r"|[A-Za-z0-9][A-Za-z0-9._-]*\.(?:md|txt)"
    r"|scenarios/[a-z][a-z0-9-]*\.yaml"
    r"|voices/[a-z][a-z0-9_-]*\.yaml"
    r"|locale/[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/(?:(?:voices|pack)/)?[a-z][a-z0-9_-]*\.po"
)
_FOLDER = re.compile(
    r"scenarios|voices|locale(?:/[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*(?:/(?:voices|pack))?)?"
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\.|$)")


def belongs(name: str) -> bool:
    """Whether a pack has a place for a file of this name, with forward slashes."""
    return _BELONGS.fullmatch(name) is not None


def folder_belongs(name: str) -> bool:
    """Whether a pack has a place for a folder of this name."""
    return _FOLDER.fullmatch(name) is not None


def fault_of(name: str) -> str:
    """Why a file of this name could not lie inside a folder on every system; "" if it could."""
    if not name:
        return "has no letters"
    if len(name) > LONGEST:
        return f"has {len(name)} characters"
    if not name.isascii() or not name.isprintable():
        return "has characters other than plain letters, digits and signs"
    if "\\" in name:
        return "has a backslash"
    if ":" in name:
        return "has a colon, as of a drive"
    if name.startswith("/"):
        return "begins at the root of the disk"
    parts = name.split("/")
    if any(part in (".", "..") for part in parts):
        return "leads out of the pack"
    if any(part == "" for part in parts):
        return "has an empty part"
    if any(part[-1] in ". " or part[0] == " " for part in parts):
        return "has a part that begins or ends with a space, or ends with a full stop"
    if any(_DEVICE.match(part.lower()) for part in parts):
        return "is that of a device on some systems"
    return ""
