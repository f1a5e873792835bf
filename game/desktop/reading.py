"""What is on the screen, in words for a voice: one thing, or a whole page."""

from __future__ import annotations

from game.desktop.ui import Ui
from game.desktop.widget import Widget
from game.desktop.widgets.buttons import Button, Pressable, Segmented, Toggle
from game.desktop.widgets.choices import ChoiceCard
from game.desktop.widgets.dialogue import DialogueColumn
from game.desktop.widgets.entry import TextInput
from game.desktop.widgets.labels import Label
from game.desktop.widgets.sheet import Sheet
from game.desktop.widgets.slider import Slider
from game.desktop.words import say

_ROLES = ("button", "switch", "choice", "slider", "entry", "tab", "action")


def words_of(widget: Widget, ui: Ui) -> str:
    """A thing that can have the focus: what it is called, what it is, how it stands, its key.

    Of a sheet its title, and what has the focus in it.
    """
    if isinstance(widget, Sheet):
        focused = widget.root.focused
        inside = words_of(focused, ui) if focused is not None else ""
        return _joined([widget.title, inside])
    parts = [_name(widget), *_state(widget)]
    if widget.role in _ROLES:
        parts.insert(1, say(f"reading.{widget.role}"))
    key = ui.legend(widget.hotkey) if widget.hotkey is not None else ""
    if key:
        parts.append(say("reading.key", value=key))
    return _joined(parts)


def page_of(top: Widget, title: str = "") -> str:
    """All words that are shown, in reading order; of a talk those that came last."""
    parts = [title]
    for widget in top.walk():
        if isinstance(widget, Label):
            parts.append(widget.text)
        elif isinstance(widget, DialogueColumn):
            parts.append(widget.state_text)
        elif isinstance(widget, ChoiceCard):
            parts.append(_joined([_name(widget), *_state(widget)]))
        elif isinstance(widget, Button):
            parts.append(widget.text)
        elif isinstance(widget, Toggle | Segmented | Slider):
            parts.append(_joined([_name(widget), *_state(widget)]))
    once = dict.fromkeys(part for part in parts if part.strip(" …"))
    return _joined(list(once))


def _name(widget: Widget) -> str:
    """In words for people: a button's own text rather than what tests call it."""
    if isinstance(widget, Button | Toggle):
        return widget.text
    if isinstance(widget, ChoiceCard):
        choice = widget.choice
        return _joined([choice.title, choice.tag, choice.body])
    if isinstance(widget, Pressable | Segmented | Slider | TextInput):
        return widget.accessible_name
    inside = [part.text for part in widget.walk() if isinstance(part, Label)]
    return _joined(inside) or widget.accessible_name


def _state(widget: Widget) -> list[str]:
    if isinstance(widget, Toggle):
        return [say("reading.on" if widget.on else "reading.off")]
    if isinstance(widget, Slider):
        return [_place(widget)]
    if isinstance(widget, ChoiceCard):
        return [say("reading.number", value=widget.number)] if widget.number else []
    if isinstance(widget, Button):
        return [say("reading.shown")] if widget.state_text == "shown" else []
    return [widget.state_text] if isinstance(widget, Segmented | TextInput) else []


def _place(slider: Slider) -> str:
    if slider.value is None:
        return slider.unset
    percent = f"{slider.value * 100:.0f}"
    if all(slider.ends):
        return say("reading.between", value=percent, low=slider.ends[0], high=slider.ends[1])
    return say("reading.percent", value=percent)


def _joined(parts: list[str]) -> str:
    """Sentences of their own, so that a voice rests between them."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".!?…”’:" else part + "." for part in said)
