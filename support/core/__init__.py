"""What every room builds on: errors, time, the event loop, events, inboxes, the record and its redaction."""
