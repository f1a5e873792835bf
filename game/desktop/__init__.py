"""The desktop face: a window in which the game is played."""
