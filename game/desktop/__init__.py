"""The desktop face: a window in which the game is played."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # a game does not greet for its library
