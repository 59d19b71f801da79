"""The names of the pictures: known without drawing any."""

PICTURES = ("storyline", "knowledge", "why", "tension", "relations", "orders")
