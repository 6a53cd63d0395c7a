"""The kill matrix: each scenario against each seeded fault, to show that a green means something."""
