"""Findings: what they are, how bad, how they read. Stages make `Diagnostic`s; the catalogue words them; renderers show them."""
