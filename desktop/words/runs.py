"""Why something cannot follow on a run: clauses behind a colon (application/undoing.py, application/retrying.py)."""

from collections.abc import Mapping

RUNS: Mapping[str, str] = {
    "a-later-retry": "a later retry",
    "run-put-links-back": "it put links back itself",
    "run-removed-no-link": "it removed no link",
    "run-removed-none-of-these": "it removed none of these links",
    "run-took-no-copy": "it took no safety copy of its links",
    "run-undone-already": "it was undone already, and every link that it removed was put back",
}
