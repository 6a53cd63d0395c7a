"""Which branches of a reference back end its scenarios reach: what none of them reaches, none of them can judge."""
