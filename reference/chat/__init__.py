"""The reference chat server: the wire of the deployed one, with the behaviour that the STP demands."""
