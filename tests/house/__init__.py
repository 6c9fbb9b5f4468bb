"""Tests of the house itself: pins, prose, forbidden words."""
