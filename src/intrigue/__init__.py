"""Stories that execute."""
