"""How the engine grows with the world: see `python -m benchmarks.growth --help`."""
