"""Tools for those who write scenarios, or translate them."""
