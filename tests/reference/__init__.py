"""A slow interpreter of `docs/semantics.md`, written from the text alone: the engine's second
opinion.

It favours the words of the page over speed. Read it in this order: `world` (a problem as it comes
over the border), `towers` (states), `expressions` (section 2), `effects` and `events` (sections 3
and 4), `settling` (section 6), `motives` (sections 7 and 8).
"""
