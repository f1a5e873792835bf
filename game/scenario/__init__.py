"""YAML in, Rules out: loading with positions, validation, diagnostics, compilation."""
