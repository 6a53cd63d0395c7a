"""Proofs of the suite and of its profiles: kill matrix, crash schedules, doctor."""
