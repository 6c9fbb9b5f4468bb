"""What the window has done for it off its own thread: it asks, and hears of the end by a signal."""
