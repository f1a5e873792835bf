"""What a simulated person sees: the forms of a page and how it stands, read from its HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Button:
    name: str
    value: str
    label: str = ""


@dataclass(slots=True)
class Form:
    """A form: hidden and preset fields, what can be chosen, and its buttons that may be pressed."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # radios and lists
    writes: list[str] = field(default_factory=list)  # lines of text
    scales: list[str] = field(default_factory=list)  # sliders from 0 to 1
    buttons: list[Button] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._button: Button | None = None
        self._list = ""
        self._off = 0  # fieldsets that are disabled, around this place
        self._fieldsets: list[bool] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        at = {name: value or "" for name, value in attrs}
        start = _STARTS.get(tag)
        if start is not None:
            start(self, at, "disabled" in at)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "button":
            self._button = None
        elif tag == "select":
            self._list = ""
        elif tag == "fieldset" and self._fieldsets:
            self._off -= self._fieldsets.pop()

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.label = f"{self._button.label} {data.strip()}".strip()
        self.text.append(data)

    def _form_starts(self, at: dict[str, str], _: bool) -> None:
        self._form = Form(at.get("action", ""))
        self.forms.append(self._form)

    def _fieldset_starts(self, _: dict[str, str], off: bool) -> None:
        self._fieldsets.append(off)
        self._off += off

    def _button_starts(self, at: dict[str, str], off: bool) -> None:
        if self._form is not None and not off and not self._off:
            self._button = Button(at.get("name", ""), at.get("value", ""))
            self._form.buttons.append(self._button)

    def _input_starts(self, at: dict[str, str], off: bool) -> None:
        form, name, kind = self._form, at.get("name", ""), at.get("type", "text")
        if form is None or not name or off or self._off:
            return
        if kind == "radio" and name == "action":  # a card to choose is as good as a button
            form.buttons.append(Button(name, at.get("value", "")))
        elif kind == "radio":
            form.choices.setdefault(name, []).append(at.get("value", "on"))
        elif kind == "range":
            form.scales.append(name)
        elif kind in ("text", "search"):
            form.writes.append(name)
            form.fields[name] = at.get("value", "")
        elif kind != "checkbox" or "checked" in at:
            form.fields[name] = at.get("value", "on" if kind == "checkbox" else "")

    def _textarea_starts(self, at: dict[str, str], off: bool) -> None:
        if self._form is not None and at.get("name") and not off and not self._off:
            self._form.writes.append(at["name"])

    def _select_starts(self, at: dict[str, str], off: bool) -> None:
        if self._form is not None and not off:
            self._list = at.get("name", "")

    def _option_starts(self, at: dict[str, str], off: bool) -> None:
        if self._form is not None and self._list and not off:
            self._form.choices.setdefault(self._list, []).append(at.get("value", ""))


_STARTS: dict[str, Callable[[_Reader, dict[str, str], bool], None]] = {
    "form": _Reader._form_starts,
    "fieldset": _Reader._fieldset_starts,
    "button": _Reader._button_starts,
    "input": _Reader._input_starts,
    "textarea": _Reader._textarea_starts,
    "select": _Reader._select_starts,
    "option": _Reader._option_starts,
}


def read(html: str) -> tuple[list[Form], str]:
    """The forms of a page or a piece of one, and all its text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.forms, " ".join(" ".join(reader.text).split())


def lines_of(text: bytes) -> list[Any]:
    """The lines of a message, of a stream or a poll."""
    return [json.loads(line.removeprefix(b"data: ")) for line in text.splitlines() if line]


class Page:
    """A page that is kept in step with its room by what a stream or a poll sends."""

    def __init__(self) -> None:
        self.edition = ""
        self.order: list[str] = []
        self.gone = False
        self.changes = 0
        self._have: dict[str, int] = {}
        self._html: dict[str, str] = {}
        self._read: dict[str, tuple[list[Form], str]] = {}

    @property
    def query(self) -> str:
        """What the page has, as the server wants to hear it."""
        have = [f"{id}.{version}" for id, version in self._have.items()]
        return "?have=" + ",".join([f"e.{self.edition}", *have] if self.edition else have)

    def take(self, lines: list[Any]) -> bool:
        """Take a message in, as its lines; whether anything is new."""
        if not lines:
            return False
        head, *parts = lines
        if head.get("gone"):
            self.gone = True
            return True
        self.edition, self.order = str(head["e"]), list(head.get("order", self.order))
        for id, version, html in parts:
            self._have[id], self._html[id] = version, html
            self._read.pop(id, None)
        for id in set(self._have) - set(self.order):
            for kept in (self._have, self._html, self._read):
                kept.pop(id, None)
        self.changes += 1
        return True

    def event(self, event: bytes) -> bool:
        """Take an event of a stream in."""
        return event.startswith(b"data: {") and self.take(lines_of(event))

    def version(self, part: str) -> int:
        return self._have.get(part, -1)

    def html(self, part: str) -> str:
        return self._html.get(part, "")

    def forms(self) -> list[Form]:
        """Every form on the page, from the top down."""
        return [form for id in self.order for form in self._part(id)[0]]

    def says(self, text: str) -> bool:
        """Whether these words stand somewhere on the page."""
        return any(text in self._part(id)[1] for id in self.order)

    def _part(self, id: str) -> tuple[list[Form], str]:
        if id not in self._read:
            self._read[id] = read(self._html.get(id, ""))
        return self._read[id]
