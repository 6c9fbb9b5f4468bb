"""Tests of the update notice."""
