"""The practice CRM: a loopback server that behaves as Zoho documents, with faults on request. It imports nothing of ours."""

from desktop.practice.practice_crm import PracticeCrm

__all__ = ["PracticeCrm"]
