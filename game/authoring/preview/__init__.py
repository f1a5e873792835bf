"""`longlunch preview`: a scenario being written, played beside its file."""
