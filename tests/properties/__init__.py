"""The engine against the reference on random worlds."""
