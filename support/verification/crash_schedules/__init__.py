"""Crashes at seeded moments between the acknowledgement of a message and its delivery, and an account of each."""
