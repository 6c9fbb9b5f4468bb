"""Times as the clock of this computer shows them."""

from datetime import datetime


def on_this_clock(recorded: str) -> datetime:
    """A time that a journal holds (ISO 8601, UTC), in the zone of this computer."""
    return datetime.fromisoformat(recorded).astimezone()
