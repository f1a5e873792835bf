"""The workshop: a room of people at one server, nothing installed, nothing lost."""
