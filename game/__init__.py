"""Long Lunch: a negotiation role-play simulator in which trust sets the price."""

__version__ = "0.1.0"
