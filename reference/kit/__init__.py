"""What all reference back ends share: their command line, how they serve, how they lag, how faults are seeded."""
