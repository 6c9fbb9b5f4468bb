"""Tests of desktop/storage."""
