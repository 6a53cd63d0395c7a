"""A system that is not ours."""
