"""Tests of desktop/sheets."""
