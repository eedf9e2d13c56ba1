"""REQ: what is requested, in the title of each disputed item."""
