"""Delink removes links between Zoho CRM records from a spreadsheet."""

__version__ = "0.1.0"
