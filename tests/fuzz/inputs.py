"""What the fuzzer feeds: a file of some kind, changed, among sound ones."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
GOOD = ROOT / "tests" / "scenarios" / "good"
SCHEMAS = sorted((ROOT / "docs").glob("*.schema.json"))
CORPUS = Path(__file__).parent / "corpus"

# The first byte of an input says what the rest is.
KINDS = (
    "scenario", "voice", "moves", "machine", "phrases", "manifest", "catalogue", "zip",
    "common/moves", "common/machine", "common/voices",
)  # fmt: skip
MAIN = "fuzzed.yaml"
_NAMED = re.compile(rb"^voice: \w+", re.MULTILINE)

_WITH_VOICE = """
scenario: fuzzed
title: Fuzzed
extends: bakery
buyer: {voice: fuzzed}
"""
_WITH_PACK = """
scenario: fuzzed
title: Fuzzed
extends: bakery
"""
_MANIFEST = """pack: fuzzed-pack
title: Fuzzed
version: "1"
authors: [Somebody]
licence: CC0-1.0
language: en
scenarios: [fuzzed]
"""


@dataclass(frozen=True)
class Input:
    """One input: its kind, and the bytes of the file that is changed."""

    kind: str
    data: bytes

    @classmethod
    def of(cls, raw: bytes) -> Input:
        return cls(KINDS[raw[0] % len(KINDS)] if raw else KINDS[0], raw[1:])

    def raw(self) -> bytes:
        return bytes([KINDS.index(self.kind)]) + self.data

    def files(self) -> dict[str, bytes]:
        """The pack that the file lies in; for the kinds that are a file of a pack."""
        bakery = (GOOD / "corner_bakery.yaml").read_bytes()
        files = {
            "pack.yaml": _MANIFEST.encode(),
            "scenarios/bakery.yaml": bakery,
            "scenarios/fuzzed.yaml": _WITH_PACK.encode(),
        }
        if self.kind == "voice":
            files["scenarios/fuzzed.yaml"] = _WITH_VOICE.encode()
        if self.kind == "moves":
            files["phrases.yaml"] = PHRASES.encode()
        if self.kind == "phrases":
            files["moves.yaml"] = MOVES.encode()
        place = {
            "voice": "voices/fuzzed.yaml",
            "manifest": "pack.yaml",
            "catalogue": "locale/de/fuzzed.po",
        }
        return files | {place.get(self.kind, f"{self.kind}.yaml"): self.data}


MOVES = """moves:
  greet: {radius: 2.5, diffuse: [0.0, 0.2, 0.04], patience: 0.01}
  show_round:
    radius: 2
    family: show_round
    ring: company
    group: people
    args: topics
    specific: [0.02, 0.01, 0.0]
    diffuse: [0.05, 0.12, 0.04]
    answers: [invites]
    when_asked: {invites: {specific: [0.0, 0.02, 0.0], diffuse: [0.0, 0.08, 0.03]}}
    prepared: [history]
    needs: [deal_open]
    forbids: [price_named]
    effect: room
  name_a_figure: {radius: 0.3, family: figure, ring: terms, args: prices, offers: price}
"""
PHRASES = """moves:
  show_round:
    label: "Ask to be shown round"
    tempts: "One look is worth an hour of talk."
    says:
      round_one: "Would you show me the place, {address}?"
      round_two: {text: "May we walk through it once?", when: early}
  name_a_figure:
    label: "Name a figure"
    says: {figure_one: "{price}, say.", figure_two: "Say {price}."}
  greet.fuzzed: {label: "Greet", says: {greet_fuzz: "Hello."}}
"""
MACHINE = """trust_machine:
  start: stranger
  states:
    acquainted: {patience: 0.07, enter: trust > 0.3 and not price_named}
    guest:
      rank: 4
      enter: trust > 0.8 or deals >= 2
      leave: trust < 0.7
      to: partner
      tells: [public, semi, private]
      tone: warm
    closed: {enter: damage > 0.7 or patience <= 0, ends: walkaway}
"""
CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "title"
msgid "Fuzzed"
msgstr "Verwirrt"

msgctxt "facts.third_shop.text"
msgid "A third shop opens at Easter."
msgstr "Zu Ostern kommt ein dritter Laden dazu."
"""


def seeds() -> Iterator[Input]:
    """Sound files of every kind, to begin with."""
    for path in sorted([*GOOD.glob("*.yaml"), *SCENARIOS.glob("*.yaml")]):
        yield Input("scenario", path.read_bytes())
    for path in sorted((GOOD / "voices").glob("*.yaml")):
        yield Input("voice", _NAMED.sub(b"voice: fuzzed", path.read_bytes(), count=1))
    guest = (SCENARIOS / "voices" / "dale.yaml").read_bytes().split(b"\n")[:90]
    yield Input("voice", _NAMED.sub(b"voice: fuzzed", b"\n".join(guest), count=1))
    yield Input("moves", MOVES.encode())
    yield Input("machine", MACHINE.encode())
    yield Input("machine", (SCENARIOS / "common" / "machine.yaml").read_bytes())
    yield Input("phrases", PHRASES.encode())
    for name in ("moves", "machine", "voices"):
        yield Input(f"common/{name}", (SCENARIOS / "common" / f"{name}.yaml").read_bytes())
    yield Input("manifest", _MANIFEST.encode())
    yield Input("catalogue", CATALOGUE.encode())
    files = Input("moves", MOVES.encode()).files()
    for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Input("zip", zipped(files, compression))


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A plain zip, as other programs make it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


def kept() -> list[Path]:
    """Inputs that once did harm, and stay."""
    return sorted(CORPUS.glob("*.bin"))
