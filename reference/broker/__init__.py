"""The reference message broker: a proxy that takes messages in, a main server that keeps them, workers that deliver."""
