"""CIT: the guidelines on which each side rests."""
