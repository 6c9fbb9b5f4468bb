"""Tests of desktop/qt."""
