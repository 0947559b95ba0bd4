"""The desk, and the probes of `run`."""
