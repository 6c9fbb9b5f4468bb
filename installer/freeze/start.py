"""The packaged program starts here."""

import sys

from desktop.__main__ import main

sys.exit(main())
