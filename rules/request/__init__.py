"""REQ: what is asked for: the title of each disputed item."""
