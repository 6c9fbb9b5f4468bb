"""Parts of pages, painted from the theme."""
