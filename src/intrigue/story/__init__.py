"""A telling run through the engine: checked, explained, asked."""
