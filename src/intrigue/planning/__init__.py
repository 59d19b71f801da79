"""Stories that write themselves: from an opening and an ending to the events between, each of which everybody has a motive for.

`plan` is the way in; `goal` reads what is wanted, `planned` is what is found, `text` writes it down, `ranking` says which
of several are the better ones. The search itself is the engine's (`crates/engine/src/search`).
"""
