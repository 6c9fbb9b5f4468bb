"""How links become calls."""
