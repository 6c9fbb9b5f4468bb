"""The bench: whatever fails and wherever the program dies, nothing is lost and nothing is said falsely."""
