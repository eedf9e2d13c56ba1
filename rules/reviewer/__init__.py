"""REV: who reviewed, and what the letter must say of the reviewer."""
