"""Tests of desktop/system."""
