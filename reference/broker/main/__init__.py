"""The main server: keeps messages, users, certificates and the audit log."""
