"""The REST API of the CRM: addresses, sessions, answers. requests lives here only."""
