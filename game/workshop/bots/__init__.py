"""Simulated people who fill a session over real HTTP."""
