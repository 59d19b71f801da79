"""From a plain synopsis to the skeleton of a story, by rules of English alone."""
