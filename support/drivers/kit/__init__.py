"""What every driver needs."""
