"""The rules of the negotiation: numpy only, no input or output, no clock, no text."""
