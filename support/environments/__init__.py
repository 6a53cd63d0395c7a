"""Systems under test: started here, in containers, or not ours; and their faults."""
