"""What a person can do with Delink, once for the window and the command line."""
