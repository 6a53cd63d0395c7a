"""What steps are made of: actions and judgements that take more than one verb of an actor, by topic."""
