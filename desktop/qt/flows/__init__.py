"""What follows on what in the window: each part of the way has a flow of its own, and journey.py is the frame around them."""
