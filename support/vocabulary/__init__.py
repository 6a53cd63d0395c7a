"""What can be said: parameter types, the step catalogue, Gherkin, and the rules of lint."""
