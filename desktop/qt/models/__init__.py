"""Item models over the sheet's and the run's own columns."""
