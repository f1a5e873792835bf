"""The parts that screens are made of."""

from game.desktop.widget import Options, Size, Widget
from game.desktop.widgets.buttons import Button, Pressable, Segmented, Toggle
from game.desktop.widgets.cards import Card
from game.desktop.widgets.choices import Choice, ChoiceCard, ChoiceList
from game.desktop.widgets.dialogue import DialogueColumn, Utterance
from game.desktop.widgets.entry import TextInput
from game.desktop.widgets.labels import Divider, Label, Painted, RichText
from game.desktop.widgets.picture import SvgPicture
from game.desktop.widgets.progress import ProgressBar
from game.desktop.widgets.scroll import ScrollArea
from game.desktop.widgets.sheet import Sheet, Toast, dialog, head_row, section
from game.desktop.widgets.slider import ReadMarker, Slider
from game.desktop.widgets.tabs import AdaptiveColumns, Pane, Tabs

__all__ = [
    "AdaptiveColumns", "Button", "Card", "Choice", "ChoiceCard", "ChoiceList", "DialogueColumn",
    "Divider", "Label", "Options", "Painted", "Pane", "Pressable", "ProgressBar", "ReadMarker",
    "RichText", "ScrollArea", "Segmented", "Sheet", "Size", "Slider", "SvgPicture", "Tabs",
    "TextInput", "Toast", "Toggle", "Utterance", "Widget", "dialog", "head_row", "section",
]  # fmt: skip
