"""What steps are made of: deeds and judgements that take more than one verb of an actor, by topic."""
