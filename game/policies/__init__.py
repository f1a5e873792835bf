"""Sellers that play: scripted ones in the policy notation, and a random one. All vectorised."""
