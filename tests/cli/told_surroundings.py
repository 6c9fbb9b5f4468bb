"""``python -m tests.cli.told_surroundings``: tells what a program sees of its own process, and ends with 3."""

import os
import signal
import sys
from pathlib import Path

if __name__ == "__main__":
    qt = any(name.startswith("PySide6") for name in sys.modules)
    interrupts = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    print(os.getpid(), Path.cwd(), os.environ["DELINK_HOME"], sys.argv[1:], sys.stdin.read(), __name__, qt, interrupts)
    sys.exit(3)
