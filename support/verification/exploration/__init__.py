"""Conversations that nobody wrote: drawn from the vocabulary, judged by a model, shrunk to a scenario if they fail."""
