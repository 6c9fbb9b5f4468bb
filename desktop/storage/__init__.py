"""Keeps what survives a restart: journals, settings, connections, secrets, logs. Only this package imports keyring."""
