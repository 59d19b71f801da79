"""Model to numbers, and back to names."""
