"""What may stand in the places of a phrase: the closed vocabularies of all books, and their parameter types."""
