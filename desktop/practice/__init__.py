"""The practice CRM: a loopback server with Zoho's documented behaviour. Imports nothing of ours."""
