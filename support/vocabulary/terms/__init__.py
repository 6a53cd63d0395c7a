"""What may stand in the places of a phrase: the closed vocabularies of all specs, and their parameter types."""
