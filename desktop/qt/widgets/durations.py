"""Puts lengths of time into words as people say them."""

from desktop.words import say


def duration_words(seconds: float) -> str:
    """Seconds in words that do not flicker."""
    if seconds < 90:
        return say("{seconds} s", seconds=max(1, round(seconds)))
    return (
        say("{minutes} min", minutes=round(seconds / 60)) if seconds < 5400 else say("{hours} h", hours=round(seconds / 3600, 1))
    )
