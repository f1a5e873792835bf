"""Monte Carlo, claims, balance: what many engagements say about a scenario."""
