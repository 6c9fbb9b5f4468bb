"""Carries out runs: one coordinator hands calls to several lanes, and links whose fate is open are read back.

This package imports the domain only.
"""
