"""One scenario: its world, its actors, and the tasks that its steps are made of."""
