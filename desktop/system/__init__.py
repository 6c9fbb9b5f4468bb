"""What the operating system does for a run: it stays awake, and tells people at its end. wakepy and jeepney live here only."""
