"""The gate: whether what the last run has shown is enough, by the rules that each document states."""
