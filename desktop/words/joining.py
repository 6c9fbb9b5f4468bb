"""What may be put together outside a catalogue: whole sentences, counts in a row, and facts that stand side by side.

Anything else that is glued together cannot be translated, because another language has another order.
"""

from collections.abc import Iterable
from functools import reduce

from desktop.words.speaking import say


def sentences(*parts: str) -> str:
    """Whole sentences, one after the other; empty ones are left out."""
    return " ".join(part for part in parts if part)


def enumerated(parts: Iterable[str]) -> str:
    """Several counts or clauses of the same kind: ``7 removed, 2 refused``; empty without any."""
    found = [part for part in parts if part]
    return reduce(lambda before, another: say("{before}, {another}", before=before, another=another), found) if found else ""


def side_by_side(*facts: str) -> str:
    """Facts that belong to one thing and make no sentence: ``ACME · EU · ben@acme.example``; empty ones are left out."""
    return " · ".join(fact for fact in facts if fact)
