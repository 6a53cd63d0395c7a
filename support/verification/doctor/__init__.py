"""`earshot doctor`: whether a profile fits the systems it speaks of, and what it lets run."""
