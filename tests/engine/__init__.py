"""Tests of desktop/engine."""
