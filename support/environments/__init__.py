"""Systems under test: started here, in containers, or run by somebody else; and their faults."""
