"""What every implementation of a port promises, tried on all of them alike."""
