"""The eighty sheets that every change of the reader must get right: the files, and what must come out of each."""
