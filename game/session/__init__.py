"""One human game: the meeting in words, the hand, undo, and the transcript it is kept in."""
