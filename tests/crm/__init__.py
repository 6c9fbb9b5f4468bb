"""Tests of desktop/crm."""
