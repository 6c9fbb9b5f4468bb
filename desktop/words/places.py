"""Where links are: connections and their environments as sentences call them (domain/connections.py)."""

from collections.abc import Mapping

ENVIRONMENTS: Mapping[str, str] = {
    "environment-developer": "developer",
    "environment-practice": "practice",
    "environment-production": "production",
    "environment-sandbox": "sandbox",
}

PLACES: Mapping[str, str] = {
    **ENVIRONMENTS,
    "another-account": "another account",
    "place-at-address": "{place} ({apart})",
    "place-of-organisation": "{place} (organisation {apart})",
    "place-of-system": "{place} (system {apart})",
    "place-within": "{place}, {within}",
    "system-unknown": "unknown",
}
