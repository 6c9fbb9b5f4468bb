"""The eighty sheets that every change of the reading has to get right: the files, and what must come out of each."""
