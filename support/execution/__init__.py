"""Behave, started from outside: in several processes, on other machines, again and again, or at each save."""
