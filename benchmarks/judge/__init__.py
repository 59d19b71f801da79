"""A judge of stories for problems in Sabre's syntax: slow, obvious, and no friend of the planner.

It shares nothing with the engine: `problem` makes the syntax tree ground, `states` runs events in
towers of minds, `plans` holds the rules of motives and stories to the letter. `solutions` reads
stories written down with everybody's reasons.
"""
