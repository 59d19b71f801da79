"""The engine as Python sees it: what its answers mean is told by the examples of `reference`, which are put to it too."""
