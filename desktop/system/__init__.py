"""What the operating system does for a run: stay awake, show notices and progress. wakepy and jeepney live here only."""
