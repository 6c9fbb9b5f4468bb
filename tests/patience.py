"""How long a test waits for what must come: so long that only a hang is taken for one, however busy the machine is."""

PATIENCE_S = 240.0
PATIENCE_MS = int(PATIENCE_S * 1000)
