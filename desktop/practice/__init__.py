"""The practice CRM: a loopback server with Zoho's documented behaviour, faults on request. Imports nothing of ours."""

from desktop.practice.practice_crm import PracticeCrm

__all__ = ["PracticeCrm"]
