"""Times as people say them."""


def duration_words(seconds: float) -> str:
    """Seconds in words that do not flicker."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
