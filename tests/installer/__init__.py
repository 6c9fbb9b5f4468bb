"""Tests of what builds, checks and describes the packages."""
