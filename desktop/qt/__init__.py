"""The window: its pages, what follows on what, and work off its thread. PySide6 lives here and in app.py only."""
