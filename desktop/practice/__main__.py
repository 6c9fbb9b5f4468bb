"""Run the practice CRM in a process of its own, for benches: ``python -m desktop.practice``."""

import argparse
import queue
import signal
import sys
from pathlib import Path

from desktop.practice.practice_crm import PracticeCrm


def main() -> int:
    """Serve until the process gets a signal to end."""
    parser = argparse.ArgumentParser(prog="python -m desktop.practice", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path)
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--cap", type=int, default=25)
    options = parser.parse_args()
    ended = queue.SimpleQueue[None]()  # not an Event: set in a signal handler, its lock may already be held by this thread
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.put(None))
    with PracticeCrm(options.state, options.port) as crm:
        crm.state.set(latency_ms=options.latency_ms, cap=options.cap)
        for key in ("api_url", "accounts_url", "access_token", "client_id", "client_secret", "control_url", "control_secret"):
            print(f"{key}: {getattr(crm, key)}", flush=True)
        ended.get()
    return 0


if __name__ == "__main__":
    sys.exit(main())
