"""PRI: what a posted letter must not hold: persons and their numbers."""
