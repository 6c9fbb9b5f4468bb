"""News of a newer version: a signed notice is fetched from one address, checked, and shown. Nothing is ever downloaded."""
