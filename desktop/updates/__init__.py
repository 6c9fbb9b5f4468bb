"""News of a newer version: a signed notice is fetched from one address, judged, and told. Nothing is ever downloaded."""
