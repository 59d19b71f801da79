"""How a checked story is shown."""
