"""The peer's problems, measured: see `python -m benchmarks.sabre --help`."""
