"""Faults of processes, and how they are undone."""
