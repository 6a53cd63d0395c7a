"""A system that somebody else runs."""
