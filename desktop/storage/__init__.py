"""What survives a restart: journals, settings, connections, secrets, logs. keyring lives here only."""
