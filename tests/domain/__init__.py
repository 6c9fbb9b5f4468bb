"""Tests of desktop/domain."""
