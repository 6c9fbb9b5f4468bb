"""The run itself: lanes under one coordinator, settling reads, control. Imports the domain only."""
