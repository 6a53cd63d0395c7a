"""Mutation: small mistakes in a reference back end that nobody chose, each against the scenarios that meet it."""
