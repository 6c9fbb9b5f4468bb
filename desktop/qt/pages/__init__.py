"""One file a page; the folder is the window."""
