"""Talks to Zoho CRM over its REST API: addresses, conversations, answers. Only this package imports requests."""
