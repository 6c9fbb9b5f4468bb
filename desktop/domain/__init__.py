"""Rules of the job in plain Python: no files, no clock, no threads, no Qt, no HTTP."""
