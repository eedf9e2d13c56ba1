"""REV: who reviewed, and what the letter must say about the reviewer."""
