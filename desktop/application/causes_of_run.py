"""Why links of a run need somebody: the causes of what was refused, is not confirmed or was not sent, commonest first."""

from collections import Counter
from collections.abc import Sequence

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import OPEN_OUTCOMES


def causes_of(ledger: Ledger) -> Sequence[tuple[CauseCode, int]]:
    """Each cause with the number of its links; equally common ones in the order of their codes."""
    if not any(ledger.tally_at_rest[outcome] for outcome in OPEN_OUTCOMES):
        return ()
    counts = Counter(known.cause for known in ledger.outcomes() if known.outcome in OPEN_OUTCOMES)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
