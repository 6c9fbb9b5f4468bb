"""Undo on the practice CRM over real HTTP: what a run removed is there again, fields included."""
