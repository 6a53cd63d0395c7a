"""Mutation: small mistakes in a reference back end, made by operators, each against the scenarios that meet it."""
