"""The text face: play in a terminal, or through a pipe."""
