"""The worker: delivers what is queued, tries again if it must, and loses nothing when it dies."""
