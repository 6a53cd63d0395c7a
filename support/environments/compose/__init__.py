"""A system in a compose project: an external one, whose containers we may handle; see docs/compose.md."""
