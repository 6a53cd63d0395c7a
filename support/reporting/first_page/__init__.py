"""The first page of the reports: where each system stands, what has changed, and what to look at next."""
