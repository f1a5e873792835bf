"""How fast it is, on one core, against the budgets: `python -m benchmarks`."""
