"""Whole runs through the real window and the real command."""
