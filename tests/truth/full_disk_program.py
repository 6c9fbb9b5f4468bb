"""``python -m tests.truth.full_disk_program BYTES COMMAND…``: the real command line where no file may grow past so many bytes."""

import resource
import sys

from desktop.cli.main import main

if __name__ == "__main__":
    limit = int(sys.argv[1])
    # The system's signal for this is ignored by Python, so that a write fails as it does on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    sys.exit(main(sys.argv[2:]))
